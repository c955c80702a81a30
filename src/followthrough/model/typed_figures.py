"""A figure as a person types it into a form or a cell."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation


def read_figure(text: str) -> Decimal:
    """Return the number that ``text`` writes, with commas or spaces between thousands. Raises ``ValueError``."""
    plain = re.sub(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite():
        raise ValueError(text)
    return value
