"""The Open SDG data repository: its model and its reader.

Source: https://open-sdg.readthedocs.io/en/latest/data-format/ and .../metadata-format/. An indicator is a CSV file
``data/indicator_1-2-1.csv`` that begins with Year and ends with Value, its settings in ``indicator-config`` and
``meta``, in YAML or in Markdown with YAML before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import csv_lines
from followthrough.measure.series import parse_value

YEAR, VALUE, UNITS, SERIES, PROGRESS, GEOCODE = "Year", "Value", "Units", "Series", "Progress", "GeoCode"
CONFIG = "config_data.yml"
LARGEST = 64 * 1024 * 1024
MOST_NAMED = 50
WANTED = "name the folder of an Open SDG data repository"
BASIC = (YEAR, UNITS, SERIES, VALUE, GEOCODE, "Observation status", "Unit multiplier", "Unit measure")
"""Columns that say nothing of a part of the population, unless the repository's settings say otherwise."""
try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - a PyYAML built without libyaml, ten times slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@dataclass(slots=True)
class Indicator:
    """One indicator: ``id`` with hyphens, ``columns`` and ``rows`` as the file has them, ``meta`` its settings."""

    id: str
    columns: list[str]
    rows: list[list[str]]
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Repository:
    """A repository: its settings, and its indicators by id."""

    config: dict[str, Any]
    indicators: dict[str, Indicator]

    @property
    def basic(self) -> frozenset[str]:
        """Columns that are no disaggregation."""
        options = self.config.get("indicator_options")
        named = options.get("non_disaggregation_columns") if isinstance(options, dict) else None
        return frozenset([*(named if isinstance(named, list) else BASIC), YEAR, VALUE, PROGRESS])


def read_repository(root: Path) -> Repository:
    """Read the repository in ``root``.

    Raises ``InputRefused`` where there is none, ``ManyRefused`` with one problem a file and row: a header that does
    not begin with Year and end with Value, blanks around a cell, a value that is no number, an empty row.
    """
    if not (root / "data").is_dir():
        raise InputRefused(str(root), "holds no folder called data", WANTED)
    problems: list[InputRefused] = []
    config = _settings(root / CONFIG, problems) if (root / CONFIG).is_file() else {}
    found = {}
    for path in sorted((root / "data").glob("indicator_*.csv")):
        one = _indicator(path, problems)
        meta = _meta(root, path.stem.removeprefix("indicator_"), problems)
        if one is not None:
            one.meta = meta
            found[one.id] = one
    if problems:
        raise ManyRefused(problems, MOST_NAMED)
    return Repository(config, found)


def _indicator(path: Path, problems: list[InputRefused]) -> Indicator | None:
    try:
        return read_indicator(path.stem.removeprefix("indicator_"), read_bounded(path, LARGEST, WANTED))
    except ManyRefused as error:
        problems += error.problems
    except InputRefused as error:
        problems.append(error)
    return None


def read_indicator(key: str, data: bytes) -> Indicator:
    """Read the CSV file of one indicator. Raises ``InputRefused``, ``ManyRefused`` with one problem a row."""
    file = f"indicator_{key}.csv"
    lines = csv_lines(file, data)
    columns = next(lines, (1, []))[1]
    if says := _bad_header(columns):
        raise InputRefused(file, says, "mend the header", "row 1")
    one, problems = Indicator(key, columns, []), list[InputRefused]()
    for line, cells in lines:
        if says := _bad_row(columns, cells):
            problems.append(InputRefused(file, says, "mend the row", f"row {line}"))
        else:
            one.rows.append(cells)
    if problems:
        raise ManyRefused(problems, MOST_NAMED)
    return one


def _bad_header(columns: list[str]) -> str:
    if not columns or columns[0] != YEAR or columns[-1] != VALUE:
        return f"does not begin with {YEAR} and end with {VALUE}"
    odd = [name for name in columns if name != name.strip() or columns.count(name) > 1]
    return f"has columns with blanks around them, or twice: {', '.join(odd)}" if odd else ""


def _bad_row(columns: list[str], cells: list[str]) -> str:
    if len(cells) != len(columns):
        return f"has {len(cells)} cells instead of {len(columns)}"
    if not any(cells):
        return "is empty"
    odd = next((cell for cell in cells if cell != cell.strip()), None)
    if odd is not None:
        return f"has blanks around “{odd}”"
    try:
        year(cells[0])
        known = parse_value(cells[-1])
    except ValueError as error:
        return str(error)
    return f"has a value that is no plain number: {cells[-1]}" if known and known[1] else ""


def year(text: str) -> int:
    """Return the year of a period, its first four digits, as the builder of such sites takes it: 2002/03-2007/08.

    Raises ``ValueError`` where there are none.
    """
    if not (text[:4].isascii() and text[:4].isdigit()):
        raise ValueError(f"“{text[:40]}” begins with no year")
    return int(text[:4])


def _meta(root: Path, key: str, problems: list[InputRefused]) -> dict[str, Any]:
    """Return the settings of an indicator: those of its configuration, then those of its metadata."""
    found: dict[str, Any] = {}
    for path in _meta_files(root, key):
        found |= _settings(path, problems)
    return found


def _meta_files(root: Path, key: str) -> Iterator[Path]:
    for folder in ("indicator-config", "meta"):
        for ending in (".yml", ".yaml", ".md"):
            path = root / folder / f"{key}{ending}"
            if path.is_file():
                yield path


def _settings(path: Path, problems: list[InputRefused]) -> dict[str, Any]:
    try:
        text = read_bounded(path, LARGEST, WANTED).decode("utf-8-sig")
        body = ""
        if path.suffix == ".md":
            _, _, rest = text.partition("---")
            text, _, body = rest.partition("\n---")
        data = yaml.load(text, Loader) or {}
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        says = " ".join(str(error).split())[:200]
        problems.append(InputRefused(path.name, f"is no YAML ({says})", "mend it"))
        return {}
    if not isinstance(data, dict):
        problems.append(InputRefused(path.name, "is no list of settings", "write one name and one value a line"))
        return {}
    return {
        **{str(key): value for key, value in data.items()},
        **({"page_content": body.strip()} if body.strip() else {}),
    }
