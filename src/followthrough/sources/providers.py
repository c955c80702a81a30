"""The registry of providers, and the dated table of codes that they have renamed."""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses after which any provider is asked again."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a provider's local table looks: ``header`` identifies it, the others name the column that is what."""

    header: tuple[str, ...]
    area: str
    period: str
    code: str = ""
    value: str = ""
    dims: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, from ``providers.toml``."""

    id: str
    title: str
    connector: str
    base: str
    setting: str
    terms: str
    retry: frozenset[int]
    shape: Shape | None

    @property
    def busy(self) -> frozenset[int]:
        """HTTP statuses after which it is asked again."""
        return BUSY | self.retry


@dataclass(frozen=True, slots=True)
class Alias:
    """A code that was renamed, and when that was noted."""

    provider: str
    former: str
    current: str
    noted: str
    says: str


@cache
def providers() -> Mapping[str, Provider]:
    """Return the providers by id; the environment may replace their addresses."""
    with (files(__package__) / "providers.toml").open("rb") as file:
        return {key: _provider(key, about) for key, about in tomllib.load(file).items()}


def _provider(key: str, about: dict[str, object]) -> Provider:
    table = about.get("table")
    shape = None
    if isinstance(table, dict):
        shape = Shape(**{**table, "header": tuple(table["header"])})
    retry = about.get("retry", [])
    setting = str(about.get("setting", ""))
    base = (os.environ.get(setting, "") if setting else "") or str(about["base"])
    return Provider(
        key, str(about["title"]), str(about["connector"]), base.rstrip("/"), setting,
        str(about["terms"]),
        frozenset(retry if isinstance(retry, list) else []), shape,
    )  # fmt: skip


@cache
def aliases() -> tuple[Alias, ...]:
    """Return the renamed codes, from ``aliases.csv``."""
    with (files(__package__) / "aliases.csv").open(encoding="utf-8") as lines:
        return tuple(Alias(**row) for row in csv.DictReader(lines))


def names(provider: str, code: str) -> list[str]:
    """Return the names under which a code may be known, the given one first."""
    found = [code]
    for one in aliases():
        if one.provider == provider:
            found += [other for this, other in ((one.former, one.current), (one.current, one.former)) if this == code]
    return found
