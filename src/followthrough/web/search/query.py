"""Search over everything in the register: what matches, the best first, whatever the query's spelling or language.

Every word must be there, in one of its forms, as something that is treated alike, or as what it means in another
language. Where nothing has them all, a word that nothing holds is taken as a typing error; where that brings nothing
either, things are shown that have some of the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest

from django.db import connection

from followthrough.web.accounts.policy import Actor
from followthrough.web.search.asking import Unit, asked_for, words_to_look_up
from followthrough.web.search.closed import Closed, closed_to
from followthrough.web.search.groups import Group, makers
from followthrough.web.search.index import followed
from followthrough.web.search.lexicon import Lexicon, lexicon
from followthrough.web.search.matching import COUNTED, Asked, by_group, holds_any, ids_written, matching, saying
from followthrough.web.search.models import KIND, Entry, Word
from followthrough.web.search.ranking import Patterns, patterns_of, score
from followthrough.web.search.spelling import allowed, family, near
from followthrough.web.search.vocabulary import expansions, words_meant, words_near

SHOWN, CHECKED, RANKED, BEST = 50, 5_000, 60, 3
"""Of a kind: how many hits are shown, how many are looked at letter by letter, and how many are ranked. The best of
all."""

FEW, MANY, RARE = 3, 10, 100
"""Hits with which a query may be mistyped all the same, where a word that is near has so many times more; and hits of
a word of it that is not rare, so that none has so many times more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, what it is called, what is said of it."""

    id: str
    link: str
    name: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of one kind; ``count`` is of all, or the least that there are where ``more``; ``hits`` the first."""

    name: str
    count: int
    hits: list[Hit]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        groups: the hits by kind, those of a kind in the order of how well they answer.
        best: the best of all kinds, each with the name of its kind.
        units: what was looked for.
        instead: the query that was looked for in the place of a mistyped one.
        perhaps: the query that may be meant where few things were found, and many with a word that is near.
        some: whether the hits have some of the words alone, since nothing has all.
        patterns: how the words asked for are seen in a text.
    """

    groups: list[Results] = field(default_factory=list)
    best: list[tuple[str, Hit]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    instead: str = ""
    perhaps: str = ""
    some: bool = False
    patterns: list[Patterns] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many things were found, at least."""
        return sum(group.count for group in self.groups)

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return any(group.more for group in self.groups)


def search(by: Actor, q: str, *, only: bool = False) -> Found:
    """Return what matches ``q`` of all that ``by`` may see, by kind; with ``only`` the words just as they are typed."""
    words = lexicon(followed())
    asked = _read(q, words, only=only)
    units = asked.units
    if not units:
        return Found()
    closed = closed_to(by)
    if keys := _all_of(asked, closed):
        perhaps = "" if only or len(keys) > FEW else _perhaps(q, asked, words, closed)
        return replace(_found(q, asked, keys), perhaps=perhaps)
    if only:
        return Found(units=units)
    if (meant := _meant(q, asked, words, closed)) and (keys := _all_of(again := _read(meant, words), closed)):
        return replace(_found(meant, again, keys), instead=meant)
    asked = _read(meant, words) if meant else asked
    telling = asked.among([unit for unit in asked.units if unit.alike or not unit.foreign])
    if len(asked.units) > 1 and telling.units and (keys := matching(telling, closed, every=False)):
        return replace(_found(meant or q, telling, keys), some=True, instead=meant)
    return Found(units=asked.units)


def _read(q: str, words: Lexicon, *, only: bool = False) -> Asked:
    further = [] if only else words_to_look_up(q, words)
    known = list(Word.objects.filter(pk__in=further).values_list("word", flat=True)) if further else []
    units = asked_for(q, words, known, only=only)
    return Asked(units, expansions(units))


def _read_each(some: Sequence[str], words: Lexicon) -> dict[str, Asked]:
    """Read several words, each just as it is, with one question to the index."""
    units = {one: asked_for(one, words, only=True) for one in some}
    known = expansions([unit for read in units.values() for unit in read])
    return {one: Asked(read, known) for one, read in units.items()}


def _all_of(asked: Asked, closed: Closed) -> list[int]:
    """Return the ids of the entries that have every unit, in order."""
    foreign = [unit.written for unit in asked.units if unit.foreign]
    if not foreign:
        return matching(asked, closed)
    unknown = [unit.written for unit in asked.units if unit.foreign and not unit.alike]
    as_written = _holding(matching(asked, closed, translated=False, most=CHECKED), foreign)
    if len(unknown) == len(foreign):
        return as_written
    translated = matching(asked, closed, most=CHECKED if unknown else COUNTED)
    return sorted({*as_written, *(_holding(translated, unknown) if unknown else translated)})


def _meant(q: str, asked: Asked, words: Lexicon, closed: Closed) -> str:
    """Return the query with every word that nothing holds as what it may be meant for; nothing where there is none."""
    changed = q.casefold()
    for unit in asked.units:
        word = unit.written
        if word.isascii() and word.isalpha() and allowed(word) and not holds_any(asked.among([unit])):
            near_ones = _read_each(words_meant(word), words)
            found = next((one for one, read in near_ones.items() if holds_any(read, closed)), word)
            changed = changed.replace(word, found)
    return "" if changed == q.casefold() else changed


def _perhaps(q: str, asked: Asked, words: Lexicon, closed: Closed) -> str:
    """Return the query with a rare word as one that is near and common; nothing where no word is."""
    for unit in asked.units:
        word = unit.written
        if not (word.isascii() and word.isalpha() and allowed(word)) or unit.alike:
            continue
        mine = len(matching(asked.among([unit]), closed, most=RARE))
        if mine >= RARE:
            continue
        others = [pair for pair in words_near(word, 1) if pair[0] != word]
        for one in near(word, others, 1):
            if one not in family(word) and _has(one, words, closed, MANY * mine):
                return q.casefold().replace(word, one)
    return ""


def _has(word: str, words: Lexicon, closed: Closed, least: int) -> bool:
    """Tell whether at least so many entries have a word."""
    return len(matching(_read(word, words, only=True), closed, most=least)) >= least


def _found(q: str, asked: Asked, keys: Sequence[int]) -> Found:
    units, kinds = asked.units, by_group(keys)
    ranked = {at: held[:RANKED] for at, held in kinds.items()}
    many = {at: held for at, held in kinds.items() if len(held) > RANKED}
    if many and any(unit.alike for unit in units):
        first = by_group(saying(asked, many, RANKED))
        ranked |= {at: _literal_first(held, first.get(at, ())) for at, held in many.items()}
    patterns = patterns_of(units)
    rows = _rows([key for held in ranked.values() for key in held])
    groups = {group.number: group for group in makers()}
    scores = {
        key: score(hit.name, f"{hit.text} {hit.about}", hit.id, patterns, q) + groups[key // KIND].weight
        for key, hit in rows.items()
    }
    results = [_results(groups[at], len(kinds[at]), held, rows, scores) for at, held in ranked.items()]
    best = nlargest(BEST, scores, key=lambda key: (scores[key], -key))
    named = [(str(groups[key // KIND].name), rows[key]) for key in best]
    return Found(results, named, units, patterns=patterns)


def _literal_first(held: Sequence[int], literal: Sequence[int]) -> list[int]:
    """Return the first of a kind to be ranked: those that hold the words themselves before what is treated alike."""
    among = set(held)
    first = [key for key in literal if key in among][:RANKED]
    chosen = set(first)
    return first + [key for key in held[: 2 * RANKED] if key not in chosen][: RANKED - len(first)]


def _results(
    group: Group, count: int, held: Sequence[int], rows: Mapping[int, Hit], scores: Mapping[int, float]
) -> Results:
    ordered = sorted(held, key=lambda key: (-scores[key], key))
    return Results(str(group.name), min(count, COUNTED), [rows[key] for key in ordered[:SHOWN]], count > COUNTED)


def _holding(keys: Sequence[int], parts: Sequence[str]) -> list[int]:
    """Return the entries whose text holds every part as it is written, of the first of each kind."""
    looked = [key for held in by_group(keys).values() for key in held[:CHECKED]]
    texts = Entry.objects.filter(pk__in=looked).order_by("id").values_list("id", "exact")
    return [key for key, text in texts if all(part in text for part in parts)]


def _rows(keys: Sequence[int]) -> dict[int, Hit]:
    if not keys:
        return {}
    ours = f"SELECT id, record, link, name, says, about FROM {Entry._meta.db_table} WHERE id"  # noqa: S608
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # psycopg takes longer to write each id into the statement
            cursor.execute(f"{ours} = ANY (%s::bigint[])", [ids_written(keys)])
        else:
            cursor.execute(f"{ours} IN ({', '.join(['%s'] * len(keys))})", list(keys))
        return {key: Hit(*cells) for key, *cells in cursor.fetchall()}
