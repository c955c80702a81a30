"""Figures as people and statistics offices write them: separators, per cent, censored values, marks of footnotes."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_CENSORED = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">="}
_FIGURE = re.compile(
    r"(?P<sign><=|>=|[<>≤≥])?\s?(?P<number>[-+−]?\d[\d.,\s'’]*+)(?P<percent>%)?(?P<mark>(?:[*†‡¹²³⁴⁵]|\s?\(?[a-z]\)?){0,3})"
)
LONGEST = 30


def decimal_of(text: str) -> Decimal | None:
    """Read a number with commas or dots between thousands; a lone sign before three digits separates thousands."""
    plain = re.sub(r"[\s'’]", "", text).replace("−", "-")
    last = max(plain.rfind(","), plain.rfind("."))
    signs = {sign for sign in ",." if sign in plain}
    if len(signs) == 2:
        plain = plain.replace(({",", "."} - {plain[last]}).pop(), "").replace(",", ".")
    elif "," in plain:
        thousands = re.fullmatch(r"-?\d{1,3}(?:,\d{3})+", plain)
        plain = plain.replace(",", "" if thousands else ".")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def figure(text: str) -> tuple[str, str] | None:
    """Return a figure as a series holds it, ``1234.5`` or ``<2.5``, and the mark behind it; ``None`` for no figure."""
    found = _FIGURE.fullmatch(" ".join(text.split()).lower())
    number = decimal_of(found["number"]) if found else None
    if found is None or number is None:
        return None
    value = _CENSORED.get(found["sign"] or "", "") + format(number, "f")
    return (value, found["mark"].strip(" ()")) if len(value) <= LONGEST else None
