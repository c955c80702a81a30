"""The registry of rating scales: their published values and the arithmetic defined for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from followthrough.errors import InputRefused
from followthrough.io.bounded import read_bounded
from followthrough.model.vocabulary import Arithmetic, PercentFormula

_FORMULAS: dict[str, str] = {PercentFormula.HALF: "(mean + 1)/2 x 100", PercentFormula.PLAIN: "mean x 100"}
LARGEST = 1024 * 1024
"""Maximum size of a file of scales in bytes."""
_DASHES = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "－": "-", "＋": "+"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a scale: its label (``word``), its number or ``None``, and other spellings."""

    word: str
    number: float | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale, its values from best to worst; ``excluded`` are answers that are not ratings."""

    id: str
    version: str
    title: str
    source: str
    arithmetic: Arithmetic
    percent: str
    level: str
    values: tuple[Value, ...]
    excluded: tuple[str, ...]

    @property
    def formula(self) -> str:
        """The formula of the percentage, as it is printed beside one."""
        return _FORMULAS.get(self.percent, "none: values are counted")

    def in_percent(self, mean: float) -> float | None:
        """Return a mean in per cent by the scale's own formula, or ``None`` where it has none."""
        by_formula: dict[str, float] = {PercentFormula.HALF: (mean + 1) / 2 * 100, PercentFormula.PLAIN: mean * 100}
        return by_formula.get(self.percent)


def scale_from(key: str, about: Mapping[str, Any]) -> Scale:
    """Return the scale ``key`` from its TOML table. Raises ``InputRefused`` where the table is not valid."""
    try:
        values = tuple(
            Value(
                str(one["word"]),
                None if one.get("number") is None else float(one["number"]),
                tuple(one.get("also", ())),
            )
            for one in about["values"]
        )
        scale = Scale(
            key,
            str(about["version"]),
            str(about["title"]),
            str(about["source"]),
            about["arithmetic"],
            str(about.get("percent", "")),
            str(about["level"]),
            values,
            tuple(about.get("aside", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputRefused(
            key, f"is no scale ({error})", "give version, title, source, arithmetic, level, values"
        ) from None
    if not Arithmetic.has(scale.arithmetic):
        raise InputRefused(key, f"“{scale.arithmetic}” is no arithmetic", "choose mean, counts or all")
    if scale.arithmetic != Arithmetic.COUNTS and any(one.number is None for one in values):
        raise InputRefused(key, "calculates with values that have no number", "give each a number")
    return scale


@cache
def scales() -> Mapping[str, Scale]:
    """Return the scales that come with the library, by id."""
    with (files(__package__) / "scales.toml").open("rb") as file:
        return {key: scale_from(key, about) for key, about in tomllib.load(file).items()}


def scales_in(path: Path) -> Mapping[str, Scale]:
    """Return the library's scales and those of a TOML file in the form of ``scales.toml``.

    Raises ``InputRefused`` for a file that is not valid, and for a scale with the id of one of the library.
    """
    data = read_bounded(path, LARGEST, "name a file of scales", split="name a file of scales")
    try:
        table = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputRefused(path.name, f"is no TOML ({error})", "mend it") from None
    if taken := sorted(table.keys() & scales().keys()):
        raise InputRefused(path.name, f"takes the id {taken[0]}, which is the library's", "call it something else")
    if odd := [key for key, about in table.items() if not isinstance(about, dict)]:
        raise InputRefused(path.name, f"“{odd[0]}” is no scale", "begin each with its id in brackets")
    return {**scales(), **{key: scale_from(key, about) for key, about in table.items()}}


@cache
def _spellings(scale: Scale) -> Mapping[str, Value]:
    found = {}
    for one in scale.values:
        for text in (one.word, *one.also):
            found[folded(text)] = one
    return found


def is_word(scale: Scale, text: str) -> bool:
    """Return whether a cell is a word of the scale."""
    return folded(text) in _spellings(scale)


def folded(text: str) -> str:
    """Return a cell case-folded, with runs of white space reduced to one space."""
    return " ".join(text.split()).casefold()


def read_value(scale: Scale, text: str) -> Value | None:
    """Return the value of a cell, or ``None`` for an excluded answer.

    A number may have a Unicode minus, a plus sign, a decimal zero and spaces. Raises ``ValueError`` for a text that is
    not a value of the scale.
    """
    said = folded(text)
    if found := _spellings(scale).get(said):
        return found
    if said in {folded(one) for one in scale.excluded}:
        return None
    try:
        number = float(said.translate(_DASHES).replace(" ", ""))
    except ValueError:
        number = None
    for one in scale.values:
        if number is not None and one.number == number:
            return one
    known = ", ".join(f"{one.number:g}" if one.number is not None else one.word for one in scale.values)
    raise ValueError(f"“{text.strip()[:40]}” is no value of {scale.id}; it has {known}")
