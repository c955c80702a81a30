"""Values of one scale read on another: only by the conversions that are declared, each with what it loses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from followthrough.assess.ratings import MISSING, Ratings
from followthrough.assess.scales import Scale, scales
from followthrough.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Conversion:
    """A conversion: ``words`` maps every value of the first scale to one of the second, or to none."""

    id: str
    source: Scale
    target: Scale
    words: Mapping[str, str]
    loses: str


@cache
def conversions() -> Mapping[str, Conversion]:
    """Return the declared conversions, by id."""
    with (files(__package__) / "conversions.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        key: Conversion(key, scales()[one["from"]], scales()[one["to"]], one["map"], one["loses"])
        for key, one in table.items()
    }


def convert(ratings: Ratings, source: str, target: str) -> Ratings:
    """Return ratings on another scale, with a warning that says what was lost.

    Raises ``InputRefused`` where no conversion between the two is declared.
    """
    held = [one for one in conversions().values() if (one.source.id, one.target.id) == (source, target)]
    if not held:
        known = ", ".join(f"{one.source.id} to {one.target.id}" for one in conversions().values())
        raise InputRefused(source, f"has no declared conversion to {target}", f"there are {known}")
    one = held[0]
    places = {value.word: at for at, value in enumerate(one.target.values)}
    table = np.array([*(places.get(one.words[value.word], MISSING) for value in one.source.values), MISSING])
    warning = ("converted", f"read from {source} on {target}: {one.loses}")
    return replace(ratings, value=table[ratings.value], warnings=[*ratings.warnings, warning], published={})
