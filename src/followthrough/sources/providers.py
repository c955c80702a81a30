"""The providers, as configured in ``providers.toml``, and the dated table of codes that they have renamed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from followthrough.io.csv import package_rows

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses after which any provider is asked again."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a provider's table in a local file looks: ``header`` identifies it, the other fields name its columns.

    In a ``wide`` table every series has a column of its own, and ``code`` and ``value`` are empty.
    """

    header: tuple[str, ...]
    area: str
    period: str
    code: str = ""
    value: str = ""
    dims: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation or service that publishes series.

    Attributes:
        id: what feeds and environment variables refer to.
        title: as shown to readers.
        connector: id of the connector that reads its responses; ``file`` where it has no service.
        base: address that requests start with; empty where the operator has to set it.
        setting: the environment variable that replaces ``base``.
        terms: licence of its data.
        retry: HTTP statuses that it is known to give while it is busy, beside ``BUSY``.
        layout: how its tables in local files look, if it has any.
    """

    id: str
    title: str
    connector: str
    base: str
    setting: str
    terms: str
    retry: frozenset[int]
    layout: TableLayout | None

    @property
    def busy(self) -> frozenset[int]:
        """HTTP statuses after which it is asked again."""
        return BUSY | self.retry


@dataclass(frozen=True, slots=True)
class RenamedCode:
    """A series code that a provider has renamed, and when that was noted."""

    provider: str
    former: str
    current: str
    noted: str
    says: str


@cache
def providers() -> Mapping[str, Provider]:
    """Return the providers by id; the environment may replace their addresses."""
    with (files(__package__) / "providers.toml").open("rb") as file:
        return {key: _provider(key, settings) for key, settings in tomllib.load(file).items()}


def _provider(key: str, settings: dict[str, object]) -> Provider:
    table, retry = settings.get("table"), settings.get("retry")
    setting = str(settings.get("setting", ""))
    base = (os.environ.get(setting, "") if setting else "") or str(settings["base"])
    return Provider(
        id=key,
        title=str(settings["title"]),
        connector=str(settings["connector"]),
        base=base.rstrip("/"),
        setting=setting,
        terms=str(settings["terms"]),
        retry=frozenset(retry if isinstance(retry, list) else []),
        layout=TableLayout(**{**table, "header": tuple(table["header"])}) if isinstance(table, dict) else None,
    )


@cache
def renamed_codes() -> tuple[RenamedCode, ...]:
    """Return the renamed codes, from ``renamed_codes.csv``."""
    return tuple(RenamedCode(**row) for row in package_rows(__package__, "renamed_codes.csv"))


def known_codes(provider: str, code: str) -> list[str]:
    """Return the codes under which a provider may know a series, the given one first."""
    known = [code]
    for renamed in renamed_codes():
        if renamed.provider == provider and code == renamed.former:
            known.append(renamed.current)
        elif renamed.provider == provider and code == renamed.current:
            known.append(renamed.former)
    return known
