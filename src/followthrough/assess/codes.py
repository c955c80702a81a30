"""Reader for CSV tables of coded values, the input of ``agreement.alpha``; errors are reported by row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from followthrough.assess.agreement import Level
from followthrough.assess.scales import folded
from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import complete_rows, csv_lines
from followthrough.measure.series import Floats, parse_value
from followthrough.model.missing import is_missing
from followthrough.model.values import Censor

COLUMNS = ("unit", "coder", "value")
LARGEST = 256 * 1024 * 1024
MOST_NAMED = 20
Codes = list[tuple[str, str, int]]


def read_codes(path: Path, level: Level, order: Sequence[str] = ()) -> tuple[Codes, Floats]:
    """Return the codes of a long table ``unit,coder,value`` and its distinct values in ascending order.

    ``order`` lists the labels from lowest to highest, for values that are not numbers. Blanks and "n/a" are missing.
    Raises ``InputRefused`` for a file that is not such a table, ``ManyRefused`` with one problem per row: a duplicate
    value of one coder for one unit, a label where a number or an order is required.
    """
    rows, problems = _rows(path)
    ranks = {_folded(word): float(at) for at, word in enumerate(order)}
    keys: dict[str, float | str] = {}
    for line, _, _, text in rows:
        try:
            keys[text] = keys.get(text) or _key(text, level, ranks)
        except ValueError as error:
            do = "write a number, or name the order of the words with --order"
            problems.append(InputRefused(path.name, str(error), do, f"row {line}"))
    if problems:
        raise ManyRefused(problems, MOST_NAMED)
    distinct = sorted({*keys.values()}, key=lambda one: (isinstance(one, str), one))
    place = {key: at for at, key in enumerate(distinct)}
    values = np.array([one if isinstance(one, float) else at for at, one in enumerate(distinct)], dtype=np.float64)
    return [(unit, coder, place[keys[text]]) for _, unit, coder, text in rows], values


def _rows(path: Path) -> tuple[list[tuple[int, str, str, str]], list[InputRefused]]:
    lines = csv_lines(path.name, read_bounded(path, LARGEST, "name a CSV file"), COLUMNS)
    names = [cell.strip().lower() for cell in next(lines, (1, []))[1]]
    if not set(COLUMNS) <= set(names):
        raise InputRefused(path.name, "is no table of codes", f"begin with {','.join(COLUMNS)}", "row 1")
    places = [names.index(name) for name in COLUMNS]
    rows, problems, seen = list[tuple[int, str, str, str]](), list[InputRefused](), dict[tuple[str, str], int]()

    def wrong(line: int, what: str, do: str = "check its commas") -> None:
        problems.append(InputRefused(path.name, what, do, f"row {line}"))

    for line, cells in complete_rows(lines, len(names), wrong):
        unit, coder, text = (cells[at] for at in places)
        first = seen.setdefault((unit, coder), line)
        if not unit or not coder:
            wrong(line, "has no unit or no coder", "fill both")
        elif first != line:
            wrong(line, f"gives {coder}'s value for {unit} a second time", f"keep this row or row {first}")
        elif not is_missing(text):
            rows.append((line, unit, coder, _folded(text)))
    return rows, problems


def _key(text: str, level: Level, ranks: dict[str, float]) -> float | str:
    """Return what identifies a value: its rank, its number (1 equals 1.0) or, at nominal level, its label."""
    if ranks:
        if text not in ranks:
            raise ValueError(f"“{text[:40]}” is none of {', '.join(ranks)}")
        return ranks[text]
    try:
        known = parse_value(text)
    except ValueError:
        known = None
    if known is not None and known[1] == Censor.EXACT:
        return known[0]
    if level != "nominal":
        raise ValueError(f"“{text[:40]}” is no number")
    return text


def _folded(text: str) -> str:
    return folded(text.replace("−", "-"))
