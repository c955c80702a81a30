"""Invented declarations for the negative controls: no word of them is from a text that anybody adopted."""

from __future__ import annotations

from dataclasses import dataclass

_VERBS = ("mend", "paint", "measure", "widen", "light", "count", "drain", "plant", "survey", "sweep", "rebuild")
_THINGS = ("weirs", "jetties", "lock gates", "towpaths", "reed beds", "ferry stages", "gauges", "culverts", "sluices")
_PLACES = ("Upper Arrow", "Lower Arrow", "the Tarn", "Greyport", "the Salt Marsh", "Oldbridge", "the Heron Delta")
_HELPERS = ("lock keepers", "pilots", "millers", "surveyors", "ferrymen", "harbour masters", "dyke wardens")
_REASONS = (
    "so that no barge waits longer than a morning",
    "with particular care for the villages below the dam",
    "and tell the assembly of the towns each spring what it cost",
    "as far as the ice on the lake allows it",
    "without raising the tolls of those who carry grain",
)
_NOTE = "Measured in cubic metres per second at the gauge of {place} in {year}."
FOREIGN = (
    "Die Parteien erneuern ihre Zusage, die Schleusen am Oberlauf instand zu setzen und den Fährleuten jedes Jahr "
    "Bericht zu geben, soweit das Eis auf dem See es erlaubt."
)
"""A page of another language that slipped in between."""


@dataclass(frozen=True, slots=True)
class Text:
    """One declaration: its title, the words of its numbered paragraphs, two items of the last one, and a note."""

    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    note: str


def text(seed: int) -> Text:
    """Return the declaration number ``seed``; the same number gives the same text."""
    place = _of(_PLACES, seed)
    paragraphs = tuple(_paragraph(seed, at) for at in range(6))
    lead = f"We will also train {seed + 20} {_of(_HELPERS, seed + 1)} a year for:"
    items = (
        f"reading the {_of(_THINGS, seed + 4)} at night and in fog;",
        f"the rescue of {_of(_HELPERS, seed + 3)} who have not come home by dusk.",
    )
    note = _NOTE.format(place=place, year=2011 + seed % 13)
    return Text(f"Declaration of {place} on Quiet Waters, No. {seed + 1}", (*paragraphs, lead), items, note)


def _of(words: tuple[str, ...], at: int) -> str:
    return words[at % len(words)]


def _paragraph(seed: int, at: int) -> str:
    n = seed * 5 + at * 3
    first = f"We will {_of(_VERBS, n)} the {_of(_THINGS, n + at)} of {_of(_PLACES, n + 2)} by {2030 + n % 15}"
    second = f"We will not {_of(_VERBS, n + 5)} the {_of(_THINGS, n + 1)} before {n + 12} {_of(_HELPERS, n)} agree"
    return f"{first}, {_of(_REASONS, seed + at)}. {second}, {_of(_REASONS, seed + at + 2)}."
