"""From a query to what the index is asked for: units that must all be there, each in one of several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from followthrough.register.word_lists import word_set
from followthrough.web.kit.findable import LONG
from followthrough.web.kit.wording import fold
from followthrough.web.search.lexicon import MOST, Lexicon
from followthrough.web.search.spelling import family, one_spelling
from followthrough.web.search.tokens import FOREIGN, LONGEST, NUMBER, PLACE, SEPARATORS, pairs_of

STOP = word_set("search_words", "of_questions")
"""Words of a question that say nothing of what is asked for; where a query has no other, they are looked for."""
LEAST = 4
_LETTER_APART = re.compile(r"(?<![\w.])(\d+(?:\.\d+)+)[ (]+([a-z])\)?(?![\w.])")
_NO = re.compile(r"\b(?:no|para|paragraph|article)\.? ?(?=\d)")
_LOOKED = 0.6
"""The part of a foreign word that known phrases must cover to stand for it; the rest are particles."""
OF_KIND = "~"
"""Stands before every word of a query of PostgreSQL, which knows words with the number of their kind and this sign."""
Slot = tuple[str, ...]
"""Tokens of which an entry holds one; a star ends the beginning of one."""
Way = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is asked for.

    Attributes:
        written: the word or words as they were typed, folded.
        ways: how an entry can hold it: as it is written, in other forms, or as what is treated alike.
        own: how many of the ways, the first, are of the word itself.
        alike: the phrases that are treated like it.
        language: the language of a word that is known in another one.
        foreign: whether it has letters beyond ASCII, whose order is looked at in the text.
    """

    written: str
    ways: tuple[Way, ...]
    own: int
    alike: tuple[str, ...] = ()
    language: str = ""
    foreign: bool = False


def asked_for(q: str, words: Lexicon, known: Sequence[str] = (), *, only: bool = False) -> list[Unit]:
    """Return the units of a query. ``known`` words of the index may be its words joined or parted.

    With ``only`` the words alone, and nothing that is treated alike.
    """
    found = list(_units(_words(q), words, frozenset(known), only=only))
    telling = [unit for unit in found if unit.written not in STOP]
    return telling or found


def words_to_look_up(q: str, words: Lexicon) -> list[str]:
    """Return the words that pairs of the query's words would make, and the halves of its long ones.

    What the lexicon knows needs no halves: it says itself what is alike.
    """
    plain = [word for word in _words(q) if word.isascii() and word.isalpha()]
    joined = [one + other for one, other in pairwise(plain) if len(one + other) >= LONG]
    halves = [
        half for word in plain if len(word) >= LONG and not words.of(word) for pair in _parted(word) for half in pair
    ]
    return [*joined, *halves]


def _words(q: str) -> list[str]:
    """Return the folded words of a query; a hyphen or an apostrophe does not end one."""
    folded = _LETTER_APART.sub(r"\1\2", _NO.sub("", fold(q)))
    apart = re.split(r"[\s\"“”(),;:!?/]+", folded)
    return [word for one in apart if (word := one.strip("._-'")) and any(map(str.isalnum, word))]


def _parted(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(LEAST, len(word) - LEAST + 1)]


def _units(typed: Sequence[str], words: Lexicon, known: frozenset[str], *, only: bool) -> Iterator[Unit]:
    at = 0
    while at < len(typed):
        size = 1 if only else _longest_phrase(typed, at, words)
        taken = typed[at : at + size]
        if only or size > 1 or words.of(taken[0]) or taken[0].isascii():
            joined = "" if at + size >= len(typed) else taken[-1] + typed[at + size]
            before = typed[at - 1] + taken[0] if at else ""
            yield _unit(taken, words, [one for one in (joined, before) if one in known], known, only=only)
        else:
            yield from _foreign(taken[0], words)
        at += size


def _longest_phrase(typed: Sequence[str], at: int, words: Lexicon) -> int:
    for size in range(min(MOST, len(typed) - at), 1, -1):
        if words.of(" ".join(typed[at : at + size])):
            return size
    return 1


def _unit(
    taken: Sequence[str], words: Lexicon, joined: Sequence[str], known: frozenset[str], *, only: bool = False
) -> Unit:
    written = " ".join(taken)
    own: list[Way] = [tuple(slot for word in taken for slot in _slots(word))]
    if len(taken) == 1:
        own += _otherwise(taken[0], known)
        own += [((f"{one}*",),) for one in joined]
    held = None if only else words.of(written) or words.of(_in_one(written))
    alike = held.alike if held else ()
    ways = [*own, *(_way(one) for one in alike)]
    language = held.language if held and held.language != "en" else ""
    return Unit(written, tuple(ways), len(own), alike, language, not written.isascii())


def _slots(word: str) -> list[Slot]:
    """Return what an entry must hold of a word as it is typed, or of a form of it."""
    if NUMBER.fullmatch(word) and not word.isdigit():
        return [(f"{PLACE}{word}",)]
    if not word.isascii():
        begun = [part for part in FOREIGN.split(word) if part]
        return [*((token,) for token in pairs_of(word)), *((f"{part[:LONGEST]}*",) for part in begun)]
    word = _in_one(word)
    forms = family(word)[1:]
    return [tuple(dict.fromkeys((f"{word[:LONGEST]}*", f"{one_spelling(word)[:LONGEST]}*", *forms)))]


def _in_one(word: str) -> str:
    """Return a word without the hyphens and other signs in it."""
    return "".join(SEPARATORS.split(word)) if " " not in word else word


def _otherwise(word: str, known: frozenset[str]) -> list[Way]:
    """Return a word with a hyphen in its parts, and a long one parted where the index knows both halves."""
    parts = SEPARATORS.split(word)
    if len(parts) == 2 and len(parts[0]) >= LEAST - 1 and all(part.isalpha() for part in parts):
        return [((f"{parts[0]}",), (f"{parts[1]}*",))]
    if word.isalpha() and len(word) >= LONG:
        return [((one,), (f"{other}*",)) for one, other in _parted(word) if one in known and other in known]
    return []


def _way(alike: str) -> Way:
    """Return how an entry holds a phrase that is treated alike: each word in its singular or its plural."""
    return tuple(
        (word, word + "s", word[:-1] + "ies") if word.endswith("y") else (word, word + "s")
        for word in alike.split()
        if word not in STOP
    )


def _foreign(word: str, words: Lexicon) -> Iterator[Unit]:
    """Yield a word that is written without spaces: as the known phrases in it, where they are most of it."""
    rest, pieces = word, []
    for phrase in words.foreign:
        if phrase in rest:
            pieces.append((word.index(phrase), phrase))
            rest = rest.replace(phrase, "\n", 1)
    covered = sum(len(phrase) for _, phrase in pieces)
    if pieces and covered >= _LOOKED * len(word):
        for _, phrase in sorted(pieces):
            yield _unit([phrase], words, (), frozenset())
    else:
        yield _unit([word], words, (), frozenset())


def written_out(
    units: Sequence[Unit], words: Mapping[str, Sequence[str]], *, every: bool, translated: bool, vendor: str
) -> str:
    """Return the query for the index: ``every`` unit, or one of them; nothing where the index has none that holds it.

    ``words`` has what tokens are looked up as: a beginning as the words that begin so. What needs a word that the index
    lacks is left out. With ``translated`` a unit in letters beyond ASCII is looked for as what it means, where that is
    known.
    """
    both, one_of = (" & ", " | ") if vendor == "postgresql" else (" AND ", " OR ")

    def token(written: str) -> str:
        word, begun = SEPARATORS.sub("", written), written.endswith("*")
        if vendor == "postgresql":
            return f"'{OF_KIND}{word}'" + (":*" if begun else "")
        return f'"{word}"' + ("*" if begun else "")

    def joined(parts: Sequence[str], sign: str) -> str:
        return f"({sign.join(parts)})" if parts else ""

    def way(slots: Way) -> str:
        held = [joined([token(one) for one in looked_up(slot, words)], one_of) for slot in slots if slot]
        return joined(held, both) if all(held) else ""

    def unit(one: Unit) -> str:
        return joined([written for slots in ways_of(one, translated=translated) if (written := way(slots))], one_of)

    asked = [unit(one) for one in units]
    return (both if every else one_of).join(filter(None, asked)) if all(asked) or not every else ""


def ways_of(unit: Unit, *, translated: bool) -> tuple[Way, ...]:
    """Return the ways in which a unit is looked for: without ``translated`` as the word itself alone."""
    if not translated:
        return unit.ways[: unit.own]
    return unit.ways[unit.own :] if unit.foreign and unit.alike else unit.ways


def looked_up(slot: Slot, words: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what the tokens of a slot are looked up as, each once; nothing where the index has none of them."""
    return list(dict.fromkeys(one for written in slot for one in words.get(written, (written,))))
