"""The day by which an undertaking is due, and never a year inside an instrument's name (D1, S10)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from followthrough.register.spans import is_free

_MONTHS = {name: at for at, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_DUE = re.compile(
    rf"\b(?:by|before|until|no later than|not later than|prior to)\s+(?:or before\s+|around\s+|at the latest\s+)?"
    rf"(?:the\s+)?(?P<edge>(?:very\s+)?(?:end|middle|beginning|start)(?:\s+of)?\s+|late\s+|early\s+|mid-?\s?)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\s+)?(?:(?P<month>{_MONTH})\s+)?(?:(?P<day2>\d{{1,2}}),\s+)?(?P<year>20\d\d|19\d\d)\b(?![-–/]\d)"
)
_NOT_AFTER = re.compile(
    r"\s+(?:Agenda|Vision|Summit|Review|Conference|Plan|Framework|Convention|Treaty|Strategy|Accord"
    r"|levels?|baseline)\b"
)


def deadline(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> str | None:
    """Return the day by which ``text[start:end]`` is due, ISO 8601, or ``None``.

    A year alone is its last day and a month its last; ``taken`` holds the ranges of instruments, which bind nothing.
    """
    for match in _DUE.finditer(text, start, end):
        if not is_free(match.span("year"), taken) or _NOT_AFTER.match(text, match.end(), end):
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
