"""What every picture of figures is made of: dots, and scales with round steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure; a censored one is hollow."""

    x: float
    y: float
    title: str
    hollow: bool


def round_step(size: float) -> float:
    """Return the smallest round step that is no less than ``size``, which is above zero."""
    power: float = 10.0 ** math.floor(math.log10(size))
    return next(power * step for step in STEPS if power * step >= size - 1e-12)
