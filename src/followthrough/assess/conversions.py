"""Declared conversions of ratings from one scale to another, each with the information that it loses."""

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
    """A conversion: ``words`` maps each value of ``source`` to one of ``target``; unmapped values become missing."""

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
    """Return ratings converted to another scale, with a warning that names the information lost.

    Raises ``InputRefused`` where no conversion between the two is declared.
    """
    declared = [one for one in conversions().values() if (one.source.id, one.target.id) == (source, target)]
    if not declared:
        known = ", ".join(f"{one.source.id} to {one.target.id}" for one in conversions().values())
        raise InputRefused(source, f"has no declared conversion to {target}", f"there are {known}")
    conversion = declared[0]
    places = {value.word: index for index, value in enumerate(conversion.target.values)}
    words = [conversion.words[value.word] for value in conversion.source.values]
    table = np.array([*(places.get(word, MISSING) for word in words), MISSING])
    warning = ("converted", f"read from {source} on {target}: {conversion.loses}")
    return replace(ratings, value=table[ratings.value], warnings=[*ratings.warnings, warning], published={})
