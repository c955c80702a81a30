"""Reader for CSV tables of ratings, wide or long; detects the errors that are common in published tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from followthrough.assess.scales import Scale, Value, read_value
from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import complete_rows, csv_lines
from followthrough.measure.series import Floats, Ints
from followthrough.model.missing import is_missing

LARGEST = 256 * 1024 * 1024
MOST_NAMED = 20
LONG = ("commitment", "party", "value")
_PUBLISHED = re.compile(
    r"(?:(?:country|commitment|party|member|summit|overall|total|final|issue|compliance)\s+)*"
    r"(?:means?|averages?|avg\.?|scores?|overall|total)(?:\s+(?:score|compliance|average))?",
    re.IGNORECASE,
)
"""Names of columns and rows that contain a published aggregate, not ratings."""
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATES = re.compile(
    rf"(?:\d{{1,4}}[-/ ](?:{_MONTHS})[a-z]*(?:[-/ ]\d{{2,4}})?|(?:{_MONTHS})[a-z]*[-/ ]\d{{1,4}}"
    r"|\d{4}-\d{2}-\d{2}(?:[ T][\d:.]+)?|\d{1,2}/\d{1,2}/\d{2,4})",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Ratings:
    """Ratings in columnar form.

    Attributes:
        commitments, parties: ids in the order of the table.
        commitment, party, value: indices into ``commitments``, ``parties`` and the scale's values, each of shape
            (ratings,); ``value`` is -1 for a missing rating.
        excluded: number of answers that are not ratings.
        published: means printed in the table, by commitment.
        warnings: pairs of code and message for irregularities that do not prevent reading.
    """

    commitments: list[str]
    parties: list[str]
    commitment: Ints
    party: Ints
    value: Ints
    excluded: int = 0
    published: dict[str, float] = field(default_factory=dict)
    warnings: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    file: str
    scale: Scale
    commitments: dict[str, int] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, int, int]] = field(default_factory=list)
    seen: dict[tuple[int, int], int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    excluded: int = 0
    dates: list[str] = field(default_factory=list)
    problems: list[InputRefused] = field(default_factory=list)

    def wrong(self, line: int, what: str, do: str) -> None:
        self.problems.append(InputRefused(self.file, what, do, f"row {line}"))

    def commitment(self, name: str) -> int:
        if name not in self.commitments and _DATES.fullmatch(name):
            self.dates.append(name)
        return self.commitments.setdefault(name, len(self.commitments))

    def take(self, line: int, commitment: int, party: str, text: str) -> None:
        place = self.parties.setdefault(party, len(self.parties))
        if (first := self.seen.setdefault((commitment, place), line)) != line:
            name = next(key for key, at in self.commitments.items() if at == commitment)
            self.wrong(line, f"rates {party} on {name} a second time", f"keep this row or row {first}")
            return
        if text not in self.known:
            try:
                self.known[text] = self._value(text)
            except ValueError as error:
                self.wrong(line, f"{error}", "correct it, or leave the cell empty")
                return
        self.rows.append((commitment, place, self.known[text]))
        self.excluded += self.known[text] == EXCLUDED

    def _value(self, text: str) -> int:
        if is_missing(text):
            return MISSING
        value = read_value(self.scale, text)
        return EXCLUDED if value is None else self.scale.values.index(value)


MISSING, EXCLUDED = -1, -2


def read_ratings(path: Path, scale: Scale) -> Ratings:
    """Read a table of ratings: wide (``commitment``, then a column a party) or long (``commitment,party,value``).

    Blanks and "n/a" are missing; "not verifiable" and the like are excluded. Raises ``InputRefused`` for a file that
    is not such a table, ``ManyRefused`` with one problem per row: a value not on the scale, a duplicate rating.
    """
    reading = _Reading(path.name, scale)
    lines = csv_lines(path.name, read_bounded(path, LARGEST, "name a CSV file"), LONG)
    header = [cell.strip() for cell in next(lines, (1, []))[1]]
    names = [name.lower() for name in header]
    published: dict[str, float] = {}
    warnings: list[tuple[str, str]] = []
    if set(LONG) <= set(names):
        _long(reading, lines, names)
    else:
        published = _wide(reading, lines, header, warnings)
    if reading.problems:
        raise ManyRefused(reading.problems, MOST_NAMED)
    if reading.dates:
        says = f"a spreadsheet seems to have turned {len(reading.dates)} ids into dates: {', '.join(reading.dates[:5])}"
        warnings.append(("id_is_a_date", says))
    columns = np.array(reading.rows, dtype=np.int64).reshape(-1, 3)
    return Ratings(
        list(reading.commitments),
        list(reading.parties),
        columns[:, 0],
        columns[:, 1],
        np.where(columns[:, 2] == EXCLUDED, MISSING, columns[:, 2]),
        reading.excluded,
        published,
        warnings,
    )


def _long(reading: _Reading, lines: Iterator[tuple[int, list[str]]], names: list[str]) -> None:
    places = [names.index(name) for name in LONG]
    for line, cells in complete_rows(
        lines, len(names), lambda line, says: reading.wrong(line, says, "check its commas")
    ):
        commitment, party, value = (cells[at] for at in places)
        if commitment and party:
            reading.take(line, reading.commitment(commitment), party, value)
        else:
            reading.wrong(line, "has no commitment or no party", "fill both")


def _wide(
    reading: _Reading, lines: Iterator[tuple[int, list[str]]], header: list[str], warnings: list[tuple[str, str]]
) -> dict[str, float]:
    twice = sorted({name for name in header if header.count(name) > 1})
    if len(header) < 2 or not header[0].lower().startswith("commitment") or not all(header) or twice:
        says = f"has the column {twice[0]} twice" if twice and twice[0] else "is no table of ratings"
        do = "begin with commitment and a column for each party, or with commitment,party,value"
        raise InputRefused(reading.file, says, do, "row 1")
    excluded = [at for at, name in enumerate(header) if at and _PUBLISHED.fullmatch(name)]
    if excluded:
        warnings.append(
            ("published_figures", f"{', '.join(header[at] for at in excluded)}: set aside, no party's rating")
        )
    published: dict[str, float] = {}
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        name = cells[0].strip()
        if _PUBLISHED.fullmatch(name):
            warnings.append(("published_row", f"row {line}, {name}: set aside, no commitment"))
            continue
        if len(cells) != len(header) or not name or name in reading.commitments:
            says = (
                f"has {len(cells)} cells instead of {len(header)}"
                if len(cells) != len(header)
                else f"names {name} a second time"
                if name
                else "has no commitment"
            )
            reading.wrong(line, says, "keep one row a commitment, with a cell for each party")
            continue
        at = reading.commitment(name)
        for place in range(1, len(header)):
            if place not in excluded:
                reading.take(line, at, header[place], cells[place].strip())
        _published(published, name, [cells[place] for place in excluded])
    return published


def _published(means: dict[str, float], name: str, cells: list[str]) -> None:
    for cell in cells[:1]:
        text = cell.strip().replace("−", "-").rstrip("%")
        try:
            means[name] = float(text)
        except ValueError:
            continue


def numbers(scale: Scale, value: Ints) -> Floats:
    """Return the numbers of values, in the shape of ``value``; NaN for missing ratings and values without a number."""
    table = np.array([_number(of_scale) for of_scale in scale.values] + [np.nan])
    selected: Floats = table[value]
    return selected


def _number(value: Value) -> float:
    return np.nan if value.number is None else value.number
