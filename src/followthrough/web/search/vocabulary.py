"""The words of the index: what a beginning stands for, so that a database looks up words and no beginnings.

A database that is asked for a beginning reads everything of every word that begins so, for each kind of thing again;
whole words it leaves as soon as it has found enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection

from followthrough.web.search.asking import Unit
from followthrough.web.search.models import Word
from followthrough.web.search.spelling import allowed, ends_kept, letters, near

MOST = 40
"""Words that a beginning stands for at most, the commonest."""
SHORT = 2
"""Letters of a word that is looked for as it is: what else begins so is something else."""
KEPT = re.compile(r"[a-z]{3}[a-z0-9._]{0,57}|[0-9]{3,4}")
"""Words that are kept, years among them; other numbers and ids are many, and each is in few entries."""
SIGNS = 1 << 26
"""The bit of ``letters`` that words with digits or signs have."""
Expansions = Mapping[str, Sequence[str]]
"""Tokens, as ``asking`` gives them, with the words that are looked up in their place."""


def count_words(texts: Iterable[str], counts: Counter[str]) -> None:
    """Count in how many texts, each with every word once, a word is that is kept."""
    for text in texts:
        counts.update(word for word in text.split() if KEPT.fullmatch(word))


def keep_words(counts: Mapping[str, int]) -> None:
    """Add words to those of the index, each with the number of entries that were written with it."""
    rows = [(word, len(word), letters(word), entries) for word, entries in sorted(counts.items())]
    table = Word._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (word, size, letters, entries) VALUES (%s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (word) DO UPDATE SET entries = {table}.entries + excluded.entries",
            rows,
        )


def expansions(units: Sequence[Unit]) -> Expansions:
    """Return what the tokens of ``units`` stand for: words that the index has, none where it has none.

    Tokens that are not kept as words, such as ids and pairs of foreign letters, stand for themselves and are left out.
    """
    tokens = {token for unit in units for way in unit.ways for slot in way for token in slot}
    found: dict[str, tuple[str, ...]] = {
        token: (token[:-1],) for token in tokens if token.endswith("*") and len(token) <= SHORT + 1
    }
    begun = sorted(token[:-1] for token in tokens - found.keys() if token.endswith("*") and KEPT.fullmatch(token[:-1]))
    whole = [token for token in tokens if KEPT.fullmatch(token)]
    known = set(Word.objects.filter(pk__in=whole).values_list("word", flat=True)) if whole else set()
    found |= {token: (token,) if token in known else () for token in whole}
    found |= {f"{start}*": () for start in begun}
    for start, word in _beginning(begun):
        found[f"{start}*"] += (word,)
    return found


def _beginning(begun: Sequence[str]) -> list[tuple[str, str]]:
    """Return the commonest words with each beginning."""
    if not begun:
        return []
    table = Word._meta.db_table
    above, below = ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
    one = (
        f"SELECT * FROM (SELECT CAST(%s AS text), word FROM {table} WHERE word {above} %s AND word {below} %s "  # noqa: S608
        f"ORDER BY word = %s DESC, entries DESC, word LIMIT {MOST}) AS held"
    )
    ends = {start: f"{start[:-1]}{chr(ord(start[-1]) + 1)}" for start in begun}
    params = [param for start in begun for param in (start, start, ends[start], start)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(begun)), params)
        return [(start, word) for start, word in cursor.fetchall()]


def entries_with(words: Collection[str]) -> dict[str, int]:
    """Return of each of ``words`` that is kept how many entries were written with it."""
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(words)) or "NULL"
        cursor.execute(f"SELECT word, entries FROM {Word._meta.db_table} WHERE word IN ({places})", list(words))  # noqa: S608
        return dict(cursor.fetchall())


def words_meant(word: str) -> list[str]:
    """Return the words of letters that a ``word`` which nothing holds may be meant for, the nearest first."""
    levels = (near(word, words_near(word, errors), errors) for errors in range(1, allowed(word) + 1))
    return next((found for found in levels if found), [])


def words_near(word: str, errors: int) -> list[tuple[str, int]]:
    """Return the words of letters, each with its letters, among which are those that so many errors make of ``word``.

    One error leaves the first or the last letters as they are. Where there may be more, PostgreSQL, which is slow to
    hand words out, leaves out those whose letters differ too much.
    """
    wanted = f"SELECT word, letters FROM {Word._meta.db_table} WHERE size BETWEEN %s AND %s AND letters < %s"  # noqa: S608
    params: list[str | int] = [len(word) - errors, len(word) + errors, SIGNS]
    if errors == 1:
        begun, ended = ends_kept(word)
        wanted += " AND (word LIKE %s OR word LIKE %s)"
        params += [f"{begun}%", f"%{ended}"]
    elif connection.vendor == "postgresql":
        wanted += " AND bit_count((letters # %s)::bit(27)) <= %s"
        params += [letters(word), 2 * errors]
    with connection.cursor() as cursor:
        cursor.execute(wanted, params)
        found: list[tuple[str, int]] = cursor.fetchall()
    return found
