"""Values as sources print them: a number, or a censored one such as ``<2.5``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import IntEnum

_PRINTED = re.compile(r"([<>≤≥]=?)?\s*+([-+−]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?)")


class Censor(IntEnum):
    """What a printed value says of the true one: below its number, equal to it, above it."""

    BELOW = -1
    EXACT = 0
    ABOVE = 1


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A number with its censor; ``inclusive`` where a censored value may also equal the number, as in ``≤2.5``."""

    number: Decimal
    censor: Censor = Censor.EXACT
    inclusive: bool = False

    @classmethod
    def parse(cls, text: str) -> PrintedValue:
        """Return the value that ``text`` prints. Raises ``ValueError`` for no number: 1,234 and n/a are none."""
        sign, number = split_sign(text)
        try:
            return cls(Decimal(number), censor_of(sign), sign[:1] in ("≤", "≥") or sign.endswith("="))
        except InvalidOperation:
            raise ValueError(f"“{text.strip()[:40]}” is too large") from None

    def __str__(self) -> str:
        sign = {Censor.BELOW: "<≤", Censor.EXACT: "", Censor.ABOVE: ">≥"}[self.censor]
        return f"{sign[self.inclusive] if sign else ''}{self.number}"

    def reaches(self, wanted: Decimal) -> bool | None:
        """Say whether the true value is at least ``wanted``; nothing where the censor leaves it open."""
        if self.censor is Censor.BELOW:
            below = self.number < wanted or (self.number == wanted and not self.inclusive)
            return False if below else None
        if self.censor is Censor.ABOVE:
            return True if self.number >= wanted else None
        return self.number >= wanted


def split_sign(text: str) -> tuple[str, str]:
    """Return the sign of comparison before a printed value, empty where it has none, and its number as ASCII text.

    Raises ``ValueError`` for what is no number.
    """
    found = _PRINTED.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text.strip()[:40]}” is no number")
    return found[1] or "", found[2].replace("−", "-")


def censor_of(sign: str) -> Censor:
    """Return the censor that a sign of comparison means."""
    return Censor.EXACT if not sign else Censor.BELOW if sign[0] in "<≤" else Censor.ABOVE
