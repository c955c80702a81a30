"""Names of parties as people write them: codes, short, official and own-language names, several in one cell.

The names are those of ``model/countries.csv``. A name that several countries have (``ambiguous_names.csv``) is asked
about, never taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from followthrough.io.csv import package_rows
from followthrough.model.countries import countries
from followthrough.spreadsheets.folding import folded
from followthrough.spreadsheets.known import KnownParty

_SEVERAL = re.compile(
    r"(?<!\s)(?:[^\S\n]*+\n\s*+|\s*+(?:[,;/&+]|\band\b|\bet\b|\by\b|\bdan\b|、|，)\s*+)", re.IGNORECASE
)
_ALL = frozenset(
    map(folded, ("all", "all parties", "all members", "all member states", "members", "member states", "all countries"))
)


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """What a cell names: ``ids`` of parties (alpha-3 codes where the register does not know them), or a question.

    ``choices`` are the ids between which the question asks.
    """

    ids: tuple[str, ...] = ()
    question: str = ""
    choices: tuple[str, ...] = ()


@cache
def _countries() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """Return folded name or code -> alpha-3, and folded name -> the countries that share it."""
    ambiguous = package_rows(__package__, "ambiguous_names.csv")
    shared = {folded(row["name"]): tuple(row["iso3"].split("|")) for row in ambiguous}
    found: dict[str, set[str]] = {}
    for one in countries():
        for name in (*one.names, *one.other_names) if one.coded else ():
            found.setdefault(folded(name), set()).add(one.iso3)
    single = {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and name not in shared}
    for one in countries():
        single |= {code.lower(): one.iso3 for code in (one.iso3, one.iso2) if code}
    several = {name: tuple(sorted(ids)) for name, ids in found.items() if len(ids) > 1} | shared
    return single, several


def match_party(text: str, parties: tuple[KnownParty, ...] = ()) -> PartyMatch:
    """Return the one party, or the several, that a cell names. An empty cell names none and asks nothing."""
    text = " ".join(text.split()).strip(" .*")
    if not text:
        return PartyMatch()
    whole = _one(text, parties)
    if whole.ids or whole.choices:
        return whole
    if folded(text) in _ALL:
        states = tuple(party.id for party in parties if not party.organisation)
        return PartyMatch(question=f"“{text}”: does it mean each of the {len(states)} parties?", choices=states)
    pieces = [piece for piece in _SEVERAL.split(text) if piece.strip()]
    if len(pieces) < 2:
        return whole
    found = [_one(piece, parties) for piece in pieces]
    asked = next((one for one in found if not one.ids), None)
    if asked:
        return asked
    return PartyMatch(tuple(dict.fromkeys(key for one in found for key in one.ids)))


def _one(text: str, parties: tuple[KnownParty, ...]) -> PartyMatch:
    key = folded(text)
    own = [party.id for party in parties if key in {folded(party.id), *map(folded, party.names)}]
    if len(own) == 1:
        return PartyMatch((own[0],))
    single, several = _countries()
    if key in several:
        choices = several[key]
        return PartyMatch(question=f"“{text}” is the name of {' and of '.join(choices)}: which one?", choices=choices)
    if key in single:
        return PartyMatch((single[key],))
    return PartyMatch(question=f"“{text}” is no party that we know: which one is it?")
