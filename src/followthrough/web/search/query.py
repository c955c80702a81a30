"""Search over everything in the register: what matches, the best first, whatever the query's spelling or language.

Every word must be there, in one of its forms, as something that is treated alike, or as what it means in another
language. Where nothing has them all, a word that nothing holds is taken as a typing error; where that brings nothing
either, things are shown that have some of the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from heapq import nlargest

from django.db import connection

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.search.asking import OF_KIND, Unit, asked_for, words_to_look_up, written_out
from followthrough.web.search.groups import Group, makers
from followthrough.web.search.index import followed
from followthrough.web.search.lexicon import Lexicon, lexicon
from followthrough.web.search.models import KIND, Entry, Word
from followthrough.web.search.ranking import Patterns, patterns_of, score
from followthrough.web.search.spelling import allowed, family, letters, near
from followthrough.web.search.vocabulary import Expansions, expansions, words_near

SHOWN, COUNTED, CHECKED, RANKED, BEST = 50, 1_000, 5_000, 60, 3
"""Of a kind: how many hits are shown, how many are counted, how many are looked at letter by letter, and how many are
ranked. The best of all."""


Closed = Set[int]
"""The entries that a person may not see."""


FEW, MANY = 3, 10
"""Hits with which a query may be mistyped all the same, where a word that is near has so many times more."""


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """The units of a query, and what their tokens are looked up as."""

    units: list[Unit]
    words: Expansions

    def among(self, units: list[Unit]) -> _Asked:
        """Return the same of some of the units."""
        return _Asked(units, self.words)


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
    if len(asked.units) > 1 and telling.units and (keys := _matching(telling, closed, every=False)):
        return replace(_found(meant or q, telling, keys), some=True, instead=meant)
    return Found(units=asked.units)


def _read(q: str, words: Lexicon, *, only: bool = False) -> _Asked:
    further = [] if only else words_to_look_up(q, words)
    known = list(Word.objects.filter(pk__in=further).values_list("word", flat=True)) if further else []
    units = asked_for(q, words, known, only=only)
    return _Asked(units, expansions(units))


def _all_of(asked: _Asked, closed: Closed) -> list[int]:
    """Return the ids of the entries that have every unit, in order."""
    foreign = [unit.written for unit in asked.units if unit.foreign]
    if not foreign:
        return _matching(asked, closed)
    unknown = [unit.written for unit in asked.units if unit.foreign and not unit.alike]
    as_written = _holding(_matching(asked, closed, translated=False, most=CHECKED), foreign)
    if len(unknown) == len(foreign):
        return as_written
    translated = _matching(asked, closed, most=CHECKED if unknown else COUNTED)
    return sorted({*as_written, *(_holding(translated, unknown) if unknown else translated)})


def _meant(q: str, asked: _Asked, words: Lexicon, closed: Closed) -> str:
    """Return the query with every word that nothing holds as what it may be meant for; nothing where there is none."""
    changed = q.casefold()
    for unit in asked.units:
        word = unit.written
        if word.isascii() and word.isalpha() and allowed(word) and not _matching(asked.among([unit]), most=1):
            offered = near(word, words_near(len(word), allowed(word)))
            for one in offered:
                if _matching(_read(one, words, only=True), closed, most=1):
                    changed = changed.replace(word, one)
                    break
    return "" if changed == q.casefold() else changed


def _perhaps(q: str, asked: _Asked, words: Lexicon, closed: Closed) -> str:
    """Return the query with a rare word as one that is near and common; nothing where no word is."""
    for unit in asked.units:
        word = unit.written
        if not (word.isascii() and word.isalpha() and allowed(word)) or unit.alike:
            continue
        mine = len(_matching(asked.among([unit]), closed))
        others = set(words_near(len(word), 1)) - {(word, letters(word))}
        for one in near(word, sorted(others)):
            if one not in family(word) and len(_matching(_read(one, words, only=True), closed)) >= MANY * mine:
                return q.casefold().replace(word, one)
    return ""


def _found(q: str, asked: _Asked, keys: Sequence[int]) -> Found:
    units, by_group = asked.units, _by_group(keys)
    ranked = {at: held[:RANKED] for at, held in by_group.items()}
    if any(unit.alike for unit in units) and any(len(held) > RANKED for held in by_group.values()):
        first = _by_group(_matching(asked, translated=False))
        ranked = {at: _literal_first(held, first.get(at, ())) for at, held in by_group.items()}
    patterns = patterns_of(units)
    rows = _rows([key for held in ranked.values() for key in held])
    groups = {group.number: group for group in makers()}
    scores = {
        key: score(hit.name, f"{hit.text} {hit.about}", hit.id, patterns, q) + groups[key // KIND].weight
        for key, hit in rows.items()
    }
    results = [_results(groups[at], len(by_group[at]), held, rows, scores) for at, held in ranked.items()]
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


def closed_to(by: Actor) -> set[int]:
    """Return the entries that a person may not see: few, beside all that there are.

    Things of their own are asked for by themselves; all others by the document under which they are shown.
    """
    documents = hidden("document", by)
    if documents is None:
        return set()
    alone = [group.number for group in makers() if group.own_page]
    others = f"{_GROUP} NOT IN ({', '.join(['%s'] * len(alone))})"
    asked = [(f"document IN ({documents.sql}) AND {others}", [*documents.params, *alone])]
    for group in makers():
        if group.record and group.hidden:
            ids = hidden(group.record, by) or documents
            asked.append((f"{_GROUP} = %s AND record IN ({ids.sql})", [group.number, *ids.params]))
    sql = " UNION ".join(f"SELECT id FROM {Entry._meta.db_table} WHERE {condition}" for condition, _ in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _, params in asked for param in params])
        return {key for (key,) in cursor.fetchall()}


_GROUP = '"group"'


def _by_group(keys: Sequence[int]) -> dict[int, Sequence[int]]:
    """Cut sorted ids into those of each kind: an id is its kind's number followed by its place in line."""
    bounds = {
        group.number: (bisect_left(keys, group.number * KIND), bisect_left(keys, (group.number + 1) * KIND))
        for group in makers()
    }
    return {number: keys[start:end] for number, (start, end) in bounds.items() if start < end}


def _holding(keys: Sequence[int], parts: Sequence[str]) -> list[int]:
    """Return the entries whose text holds every part as it is written, of the first of each kind."""
    looked = [key for held in _by_group(keys).values() for key in held[:CHECKED]]
    texts = Entry.objects.filter(pk__in=looked).order_by("id").values_list("id", "exact")
    return [key for key, text in texts if all(part in text for part in parts)]


def _rows(keys: Sequence[int]) -> dict[int, Hit]:
    if not keys:
        return {}
    table, places = Entry._meta.db_table, ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, record, link, name, says, about FROM {table} WHERE id IN ({places})", list(keys))  # noqa: S608 - numbers go in as parameters
        return {key: Hit(*cells) for key, *cells in cursor.fetchall()}


def _matching(
    asked: _Asked, closed: Closed = frozenset(), *, every: bool = True, translated: bool = True, most: int = COUNTED + 1
) -> list[int]:
    """Return the ids of the entries that hold ``every`` unit or one of them, in order.

    Of each kind about ``most`` are looked for, and none of ``closed`` is among them.
    """
    vendor = connection.vendor
    written = written_out(asked.units, asked.words, every=every, translated=translated, vendor=vendor)
    if not written:
        return []
    closed_of = Counter(key // KIND for key in closed)
    params = list[str | int]()
    for number in (group.number for group in makers()):
        of_kind = (
            [written.replace(f"'{OF_KIND}", f"'{number}{OF_KIND}")]
            if vendor == "postgresql"
            else [written, number * KIND, (number + 1) * KIND]
        )
        params += [*of_kind, most + closed_of[number]]
    with connection.cursor() as cursor:
        cursor.execute(_of_kinds(len(makers())), params)
        return sorted(key for (key,) in cursor.fetchall() if key not in closed)


def _of_kinds(kinds: int) -> str:
    """Return the statement that asks for the entries of each kind by themselves, as many of each as its limit says."""
    if connection.vendor == "postgresql":
        asked = ", ".join(["(%s::tsquery, %s)"] * kinds)
        held = "SELECT id FROM search_entry WHERE vector @@ asked.words LIMIT asked.most"
        return f"SELECT found.id FROM (VALUES {asked}) AS asked (words, most), LATERAL ({held}) AS found"  # noqa: S608
    one = "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid >= %s AND rowid < %s LIMIT %s"
    return " UNION ALL ".join([f"SELECT * FROM ({one})"] * kinds)  # noqa: S608
