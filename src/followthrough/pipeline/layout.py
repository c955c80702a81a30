"""Lays a reading out as a register has it: what its provisions are called, and where their words stand when folded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from followthrough.model.document import Provision as Place
from followthrough.packs.folding import squeeze
from followthrough.register.summaries import opening_words
from followthrough.register.titles import in_title_case

_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?")
_MARK = re.compile(r"\(?([a-z]{1,6}|[A-Z]{1,6}|\d{1,3})\)?\.?")
_SECTION = re.compile(r"[A-Za-z0-9]{1,8}")


def places_of(text: str, place: Place) -> list[int]:
    """Map each offset from the provision's body to its offset in the squeezed words; the body itself comes first."""
    body = text[place.body : place.end]
    lead = len(body) - len(body.lstrip())
    length = len(squeeze(body))
    mapped, kept, waiting = [place.body], 0, False
    for at, character in enumerate(body):
        if at < lead or not squeeze(character):
            waiting = waiting or (character.isspace() and kept > 0)
            mapped.append(min(kept, length))
            continue
        kept += waiting
        waiting = False
        mapped.append(min(kept, length))
        kept += 1
    return [*mapped, min(kept, length)]


def title_of(place: Place, words: str, text: str) -> str:
    """Return what lists call a provision: its heading or, without one, how its words begin."""
    return in_title_case(place.heading, text)[:200] if place.heading else opening_words(words)


def references(places: Sequence[Place]) -> dict[str, str]:
    """Return the last part of each provision's address, as people cite it.

    A paragraph has its number, ``9``, where that is printed once, else that of its section before it, ``section-II-9``;
    an item the number of its paragraph with its own, ``9(a)``. What prints no number is named by its place.
    """
    numbers = Counter((place.num or "").rstrip(".") for place in places if place.kind == "paragraph")
    refs: dict[str, str] = {}
    given: set[str] = set()
    for place in places:
        ref = _reference(place, refs.get(place.parent or "", ""), numbers)[:60]
        refs[place.eid] = ref if ref not in given else f"{ref[:50]}-{len(refs)}"
        given.add(refs[place.eid])
    return refs


def _reference(place: Place, parent: str, numbers: Counter[str]) -> str:
    num = (place.num or "").rstrip(".")
    if place.kind == "paragraph" and _NUMBER.fullmatch(num) and (parent or numbers[num] == 1):
        return num if numbers[num] == 1 else f"{parent}-{num}"
    mark = _MARK.fullmatch(num)
    if mark and place.kind not in ("section", "paragraph") and parent:
        return f"{parent}({mark[1]})"
    last = place.eid.rpartition("__")[2].replace("_", "-")
    if place.kind == "section":
        return f"section-{num}" if _SECTION.fullmatch(num) else last.replace("sec-", "section-", 1)
    return f"{parent}-{last}" if parent else last


def number_of(place: Place, refs: dict[str, str]) -> str:
    """Return what a provision is called by its number: an item has that of its paragraph before its own, ``9(a)``."""
    num = place.num or ""
    cited = refs[place.eid]
    return (cited if cited.endswith(")") else num)[:20]


def commitment_id(provision: str, letter: str) -> str:
    """Return the id of a commitment: ``x/4.3`` and ``a`` give ``x/4.3a``, ``x/9(b)`` and ``a`` give ``x/9(b)a``.

    Behind a letter a hyphen keeps them apart.
    """
    return f"{provision}{letter}" if provision[-1:].isdigit() or provision.endswith(")") else f"{provision}-{letter}"
