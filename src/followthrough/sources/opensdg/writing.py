"""Writes an Open SDG data repository that the site builder accepts, as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_folder
from followthrough.io.csv import csv_text
from followthrough.sources.opensdg.repository import CONFIG, Indicator, Repository

try:
    from yaml import CSafeDumper as Dumper
except ImportError:  # pragma: no cover - a PyYAML built without libyaml
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]

SCHEMA = "metadata_schema.yml"


def write_repository(repository: Repository, root: Path) -> None:
    """Write a repository into a new folder ``root``, which appears when all of it is written.

    Raises ``InputRefused`` where ``root`` is there already.
    """
    if root.exists():
        raise InputRefused(str(root), "is there already", "name a folder that is not")
    with atomic_folder(root) as new:
        for folder in ("data", "meta"):
            (new / folder).mkdir()
        _dump(new / CONFIG, repository.config or {"languages": ["en"]})
        _dump(new / SCHEMA, _schema(repository.indicators.values()))
        for one in repository.indicators.values():
            _write_indicator(new, one)


def _write_indicator(root: Path, one: Indicator) -> None:
    (root / "data" / f"indicator_{one.id}.csv").write_bytes(csv_text([one.columns, *one.rows]).encode())
    settings = {name: value for name, value in one.meta.items() if name != "page_content"}
    with (root / "meta" / f"{one.id}.md").open("w", encoding="utf-8") as file:
        file.write("---\n")
        file.write(_yaml(settings))
        file.write(f"---\n{one.meta.get('page_content', '')}")


def _schema(indicators: Iterable[Indicator]) -> dict[str, Any]:
    """Return the schema of the settings: every name that an indicator uses, as a text field."""
    names = sorted({name for one in indicators for name in one.meta})
    fields = [{"name": name, "field": {"element": "text", "label": name, "scope": "national"}} for name in names]
    return {"prose": {"metadata": {"meta": fields}}}


def _dump(path: Path, data: dict[str, Any]) -> None:
    path.write_text(_yaml(data), encoding="utf-8")


def _yaml(data: dict[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120))
