"""Number formats and fills of Office Open XML: which numbers are dates, and how precise each of them is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple

_DAYS = {*range(14, 17), 22, *range(27, 32), 36, *range(50, 59)}
_MONTHS = {17}
_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}
_QUOTED = re.compile(r'"[^"]*+"|\\.|_.|\*.|\[(?![hms]{1,9}\])[^\[\]]*+\]')
_WHITE = frozenset({"", "FFFFFFFF", "00FFFFFF"})


class Style(NamedTuple):
    """How a cell is shown: ``dates`` is ``day``, ``month``, ``year``, ``time`` or empty; ``fill`` a colour or empty."""

    dates: str
    fill: str


PLAIN = Style("", "")


def styles(sheet: Any) -> list[Style]:
    """Return the style of each cell format of a parsed ``styles.xml``."""
    groups = {str(one.tag).rpartition("}")[2]: one for one in sheet}
    own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in groups.get("numFmts", ())}
    fills = [_colour(one) for one in groups.get("fills", ())]
    return [
        Style(
            _dates(number := int(one.get("numFmtId", 0)), own.get(number, "")),
            fills[fill] if (fill := int(one.get("fillId", 0))) < len(fills) else "",
        )
        for one in groups.get("cellXfs", ())
    ]


def _colour(fill: Any) -> str:
    """Return the colour of a solid fill as AARRGGBB, or the number of its theme colour; empty for white."""
    for pattern in fill:
        if pattern.get("patternType") != "solid":
            continue
        for one in pattern:
            if str(one.tag).rpartition("}")[2] == "fgColor":
                colour = one.get("rgb") or (f"theme {one.get('theme')}" if one.get("theme", "0") != "0" else "")
                return "" if colour in _WHITE else colour
    return ""


def _dates(number: int, code: str) -> str:
    if not code:
        found = (("day", _DAYS), ("month", _MONTHS), ("time", _TIMES))
        return next((what for what, numbers in found if number in numbers), "")
    letters = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "general" in letters or not re.search(r"[ymdhs]", letters) or re.search(r"[0#?]", letters.replace("s.0", "")):
        return ""
    if "d" in letters:
        return "day"
    if "y" in letters:
        return "month" if "m" in letters else "year"
    return "time" if re.search(r"[hs]", letters) else "day"


def number(value: float) -> str:
    """Return a number as a spreadsheet shows it: 15 digits, no exponent below 10^15, no point behind an integer."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def dated(serial: float, precision: str, *, since_1904: bool = False) -> tuple[str, str]:
    """Return the text and the kind of a date cell: ``2024-03-01``, or ``2024-03`` where only the month is shown."""
    if precision == "time" and serial < 1:
        seconds = round(serial * 86_400) % 86_400
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}", "text"
    days = serial + 1_462 if since_1904 else serial
    if not 1 <= days < 2_958_466:
        return number(serial), "number"
    # Spreadsheets count a 29 February 1900 that did not exist.
    day = (datetime(1899, 12, 31 if days < 60 else 30) + timedelta(days=int(days))).date()  # noqa: DTZ001 - no zone
    return day.isoformat()[: {"month": 7, "year": 4}.get(precision, 10)], "date"
