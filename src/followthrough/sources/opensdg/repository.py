"""The Open SDG data repository: its model and its reader.

Source: https://open-sdg.readthedocs.io/en/latest/data-format/ and .../metadata-format/. An indicator is a CSV file
``data/indicator_1-2-1.csv`` with the columns Year and Value, its settings in ``indicator-config`` and
``meta``, in YAML or in Markdown with YAML before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from followthrough.errors import InputRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import csv_lines
from followthrough.measure.series import parse_value

YEAR, VALUE, UNITS, SERIES, PROGRESS, GEOCODE = "Year", "Value", "Units", "Series", "Progress", "GeoCode"
CONFIG = "config_data.yml"
LARGEST = 64 * 1024 * 1024
MOST_NAMED = 50
INDICATOR = "indicator_*.csv"
KINDS = {
    ".csv": "CSV of other names", ".xlsx": "workbooks", ".xls": "workbooks", ".xml": "SDMX or other XML",
    ".json": "SDMX or other JSON",
}  # fmt: skip
REMARKS = frozenset({"comment", "comments", "note", "notes", "remark", "remarks", "footnote", "footnotes"})
"""Columns that, after Value, say nothing of a part of the population."""
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
    """A repository: its settings, its indicators by id, and what of its files could not be taken."""

    config: dict[str, Any]
    indicators: dict[str, Indicator]
    problems: list[InputRefused] = field(default_factory=list)

    @property
    def basic(self) -> frozenset[str]:
        """Columns that are no disaggregation."""
        options = self.config.get("indicator_options")
        named = options.get("non_disaggregation_columns") if isinstance(options, dict) else None
        return frozenset([*(named if isinstance(named, list) else BASIC), YEAR, VALUE, PROGRESS])


def read_repository(root: Path) -> Repository:
    """Read the repository in ``root``; a file or a row that cannot be taken is a problem, and the others are read.

    Raises ``InputRefused`` where there is no repository, or none with tables of that name, ``ManyRefused`` where no
    file can be read.
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
    if not found and not problems:
        raise InputRefused(
            str(root / "data"), _seen(root / "data"), f"name its tables {INDICATOR}, with Year and Value"
        )
    return Repository(config, found, problems)


def _seen(folder: Path) -> str:
    """Return what a folder without data of indicators holds instead."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not paths:
        return f"holds no {INDICATOR}, and nothing else"
    counts = Counter(KINDS.get(path.suffix.lower(), path.suffix.lower() or "no ending") for path in paths)
    kinds = ", ".join(f"{count} of {kind}" for kind, count in counts.most_common(5))
    named = ", ".join(path.relative_to(folder).as_posix() for path in paths[:5])
    more = ", ..." if len(paths) > 5 else ""
    return f"holds no {INDICATOR}; it has {kinds} ({named}{more})"


def _indicator(path: Path, problems: list[InputRefused]) -> Indicator | None:
    try:
        data = read_bounded(path, LARGEST, WANTED)
        return read_indicator(path.stem.removeprefix("indicator_"), data, problems)
    except InputRefused as error:
        problems.append(error)
    return None


def read_indicator(key: str, data: bytes, problems: list[InputRefused]) -> Indicator:
    """Read the CSV file of one indicator, its columns put in order: Year first and Value last.

    What cannot be taken of a row is added to ``problems``. Raises ``InputRefused`` where no row can be read.
    """
    file = f"indicator_{key}.csv"
    lines = csv_lines(file, data)
    places, columns = _columns(file, next(lines, (1, []))[1])
    one = Indicator(key, columns, [])
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row, odd = _row(places, cells)
        except ValueError as error:
            problems.append(InputRefused(file, str(error), "mend the row; it is left out", f"row {line}"))
            continue
        one.rows.append(row)
        if odd:
            do = "take them away; they are read as if they were"
            problems.append(InputRefused(file, f"has blanks around “{odd}”", do, f"row {line}"))
    return one


def _columns(file: str, header: list[str]) -> tuple[list[int], list[str]]:
    """Return the places and names of the columns in order. Columns without a name and remarks after Value are left out.

    Raises ``InputRefused`` where Year or Value is not there, or a column is there twice.
    """
    names = [name.strip() for name in header]
    absent = [name for name in (YEAR, VALUE) if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if absent or twice:
        says = f"has no column {' or '.join(absent)}" if absent else f"has the column {', '.join(twice)} twice"
        raise InputRefused(file, says, "mend the header", "row 1")
    value = names.index(VALUE)
    left_out = {at for at, name in enumerate(names) if at > value and name.lower() in REMARKS}
    between = [at for at, name in enumerate(names) if name and name not in (YEAR, VALUE) and at not in left_out]
    places = [names.index(YEAR), *between, value]
    return places, [names[at] for at in places]


def _row(places: list[int], cells: list[str]) -> tuple[list[str], str]:
    """Return the cells of a row in the order of ``places``, and the first that has blanks around it.

    Raises ``ValueError`` for a row that is too short, or has no year or no plain number.
    """
    if len(cells) <= max(places):
        raise ValueError(f"has {len(cells)} cells instead of {max(places) + 1}")
    held = [cells[at] for at in places]
    row = [cell.strip() for cell in held]
    year(row[0])
    known = parse_value(row[-1])
    if known and known[1]:
        raise ValueError(f"has a value that is no plain number: {row[-1]}")
    return row, next((cell for cell, bare in zip(held, row, strict=True) if cell != bare), "")


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
