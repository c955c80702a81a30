"""The amount that an undertaking sets, and never a number inside an instrument's name (D1, S10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from followthrough.register.spans import is_free
from followthrough.register.words import word_set

_RUN = r"(?:(?<![\d,])|(?<=[^\d,],))"
"""Before the first digit of a run of digits and commas: one run is tried once, and not from each of its digits."""
_MONEY = re.compile(
    r"(?P<unit>US\$|USD|EUR|GBP|JPY|KRW|[$€£¥])\s?(?P<value>\d[\d,]*+(?:\.\d++)?)(?:\s*+(?P<scale>thousand"
    r"|million|billion|trillion|m|bn)\b)?"
    rf"|{_RUN}(?P<value2>\d[\d,]*+(?:\.\d++)?)\s++(?P<scale2>thousand|million|billion|trillion)\s+(?P<unit2>dollars"
    r"|euros|pounds|United States dollars|US dollars|won|yen)"
)
_SHARE = re.compile(r"(?<!\d)(?P<value>\d++(?:\.\d++)?)\s?(?P<unit>%|per\s?cent|percentage points)")
_COUNT = re.compile(
    r"(?<![\w.,/-])(?P<value>\d{1,3}(?:,\d{3})++|\d++(?:\.\d++)?)(?:\s+(?P<scale>thousand|million|billion"
    r"|trillion))?\s+(?:additional\s+|new\s+)?(?P<unit>[a-z]{4,}s|people|children|women|GW|MW|hectares|tonnes|tons)\b"
)
_SCALES = {"thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_NO_COUNT = word_set("years months days weeks decades anniversary times paragraphs articles members degrees")


def quantity(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
    """Return the first amount that ``text[start:end]`` sets: ``value`` (a decimal as a string), ``unit``, ``text``.

    Money and shares come before counts; numbers inside the ranges ``taken`` are passed over.
    """
    for pattern in (_MONEY, _SHARE, _COUNT):
        for match in pattern.finditer(text, start, end):
            part = match.groupdict()
            unit = " ".join((part.get("unit") or part.get("unit2") or "").split())
            if not is_free(match.span(), taken) or unit in _NO_COUNT:
                continue
            value = part.get("value") or part.get("value2") or "0"
            return {"value": _number(value, part), "unit": unit, "text": " ".join(match.group().split())}
    return None


def _number(value: str, part: dict[str, str | None]) -> str:
    scale = _SCALES.get(part.get("scale") or part.get("scale2") or "", 1)
    total = Decimal(value.replace(",", "")) * scale
    return format(total.normalize() if total != total.to_integral_value() else total.quantize(Decimal(1)), "f")
