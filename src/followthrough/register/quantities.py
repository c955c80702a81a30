"""The amount that an undertaking sets, and never a number inside an instrument's name (D1, S10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from followthrough.register.spans import is_free
from followthrough.register.word_lists import alternation, word_set

_RUN = r"(?:(?<![\d,])|(?<=[^\d,],))"
"""Before the first digit of a run of digits and commas: one run is tried once, and not from each of its digits."""
_VALUE = r"\d[\d,]*+(?:\.\d++)?"
_SCALE = alternation("quantities", "scales")
_MONEY = re.compile(
    rf"(?P<unit>{alternation('quantities', 'currency_signs')})\s?(?P<value>{_VALUE})"
    rf"(?:\s*+(?P<scale>{alternation('quantities', 'scales', 'short_scales')})\b)?"
    rf"|{_RUN}(?P<value2>{_VALUE})\s++(?P<scale2>{_SCALE})\s+(?P<unit2>{alternation('quantities', 'currency_words')})"
)
_SHARE = re.compile(r"(?<!\d)(?P<value>\d++(?:\.\d++)?)\s?(?P<unit>%|per\s?cent|percentage points)")
_COUNT = re.compile(
    rf"(?<![\w.,/-])(?P<value>\d{{1,3}}(?>(?:,\d{{3}})+)|\d++(?:\.\d++)?)(?:\s+(?P<scale>{_SCALE}))?\s+"
    rf"(?:{alternation('quantities', 'count_adjectives')}\s+)?"
    rf"(?P<unit>[a-z]{{4,}}s|{alternation('quantities', 'count_nouns')})\b"
)
_DIGIT = re.compile(r"\d")
_FACTORS = {"thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_NO_COUNTS = word_set("quantities", "no_counts")


def quantity(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
    """Return the first amount that ``text[start:end]`` sets: ``value`` (a decimal as a string), ``unit``, ``text``.

    Money and shares come before counts; numbers inside the ranges ``taken`` are passed over.
    """
    if _DIGIT.search(text, start, end) is None:
        return None  # most undertakings set no amount
    for pattern in (_MONEY, _SHARE, _COUNT):
        for match in pattern.finditer(text, start, end):
            part = match.groupdict()
            unit = " ".join((part.get("unit") or part.get("unit2") or "").split())
            if not is_free(match.span(), taken) or unit in _NO_COUNTS:
                continue
            value = part.get("value") or part.get("value2") or "0"
            return {"value": _number(value, part), "unit": unit, "text": " ".join(match.group().split())}
    return None


def _number(value: str, part: dict[str, str | None]) -> str:
    scale = _FACTORS.get(part.get("scale") or part.get("scale2") or "", 1)
    total = Decimal(value.replace(",", "")) * scale
    return format(total.normalize() if total != total.to_integral_value() else total.quantize(Decimal(1)), "f")
