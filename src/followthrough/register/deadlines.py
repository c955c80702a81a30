"""The day by which an undertaking is due, and never a year inside an instrument's name (D1, S10)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from followthrough.register.spans import is_free
from followthrough.register.word_lists import alternation

_MONTHS = {name: at for at, name in enumerate(calendar.month_name) if name}
_DUE = re.compile(
    rf"\b(?i:{alternation('deadlines', 'limits')})\s+(?:{alternation('deadlines', 'softeners')}\s+)?"
    rf"(?:the\s+)?(?P<edge>(?:very\s+)?{alternation('deadlines', 'edges')}(?:\s+of)?\s+|late\s+|early\s+|mid-?\s?)?"
    rf"(?:(?P<day>\d{{1,2}}){alternation('deadlines', 'ordinals')}?\s+)?(?:(?P<month>{'|'.join(_MONTHS)})\s+)?"
    rf"(?:(?P<day2>\d{{1,2}}),\s+)?(?P<year>20\d\d|19\d\d)\b(?![-–/]\d)"
)
_PART_OF_A_NAME = re.compile(rf"\s+{alternation('deadlines', 'named_by_year')}\b")


def deadline(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> str | None:
    """Return the day by which ``text[start:end]`` is due, ISO 8601, or ``None``.

    A year alone is its last day and a month its last; ``taken`` holds the ranges of instruments, which bind nothing.
    """
    for match in _DUE.finditer(text, start, end):
        if not is_free(match.span("year"), taken) or _PART_OF_A_NAME.match(text, match.end(), end):
            continue
        part = match.groupdict()
        year, month = int(part["year"]), _MONTHS.get(part["month"] or "", 12)
        last = calendar.monthrange(year, month)[1]
        day = int(part["day"] or part["day2"] or last)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None
