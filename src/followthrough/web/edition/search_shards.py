"""The search of an edition: the entries of the site's own index, cut into scripts that a page loads as it needs them.

A browser that opens a folder may load scripts and fetch nothing else. A shard of words holds those that begin with the
same two letters, each with the numbers of its entries; a shard of entries holds what is shown of so many of them. The
rules by which the site folds words and joins their spellings go along as data, so that both find the same.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser

from followthrough.web.edition.markup import Place
from followthrough.web.edition.names import between
from followthrough.web.kit.wording import COMBINING, LIKE
from followthrough.web.search.asking import STOP
from followthrough.web.search.closed import closed_to
from followthrough.web.search.groups import makers
from followthrough.web.search.index import followed
from followthrough.web.search.lexicon import lexicon
from followthrough.web.search.models import KIND, Entry
from followthrough.web.search.spelling import ONE_SPELLING
from followthrough.web.search.tokens import PLACE

CHUNK = 200
"""Entries in one script."""
SAID = 400
"""Letters of what an entry says that a result shows."""
SEARCH_PAGE = "search/index.html"
_CORRECTED = re.compile(r"[a-z]{3,60}")
"""Words that a mistyped one may be meant for: a script of their own, which is loaded for a word that nothing holds."""
Find = Callable[[str, str], Place | None]
Named = tuple[str, str, str]
"""A name, the kind of thing it is of, and the address of the file where that stands."""


@dataclass(slots=True)
class Shards:
    """The scripts of the index in the making, handed to ``write``; ``named`` is what the page from A to Z lists."""

    write: Callable[[str, bytes], None]
    named: list[Named] = field(default_factory=list)
    _words: dict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("I")))

    def fill(self, find: Find) -> None:
        """Write everything that a stranger finds and that stands in the edition."""
        groups = {group.number: (at, group) for at, group in enumerate(makers())}
        chunk: list[list[Any]] = []
        closed = closed_to(AnonymousUser())
        rows = Entry.objects.order_by("id").values_list("id", "record", "words", "link", "name", "says", "about")
        for key, record, words, link, name, says, about in rows.iterator(chunk_size=2_000):
            file = _file(link, find)
            if key in closed or not file:
                continue
            at, group = groups[key // KIND]
            for word in words.split():
                self._words[word].append(len(self.named))
            self.named.append((name, str(group.name), link))
            chunk.append([at, between(SEARCH_PAGE, file[0]) + file[1], record, name, says[:SAID], about])
            if len(chunk) == CHUNK:
                self._entries(chunk)
                chunk = []
        self._entries(chunk)
        self._words_and_rules([[str(group.name), group.weight] for group in makers()])

    def _entries(self, chunk: list[list[Any]]) -> None:
        if chunk:
            self._write(f"e-{(len(self.named) - 1) // CHUNK}", chunk)

    def _words_and_rules(self, groups: list[list[Any]]) -> None:
        by_letters: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for word in sorted(self._words):
            by_letters[_letters(word)][word] = _steps(self._words[word])
        for letters, words in by_letters.items():
            self._write(f"w-{letters}", words)
        self._write("near", [word for word in sorted(self._words) if _CORRECTED.fullmatch(word)])
        alike: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for written, known in sorted(lexicon(followed()).known.items()):
            if known.alike:
                alike[_letters(written)][written] = known.alike
        for letters, held in alike.items():
            self._write(f"a-{letters}", held)
        rules = {
            "words": sorted(by_letters), "alike": sorted(alike), "groups": groups, "chunk": CHUNK, "place": PLACE,
            "like": {chr(code): to or "" for code, to in LIKE.items()}, "combining": COMBINING.pattern,
            "folded": _folded(), "spelling": [[one.pattern, to] for one, to in ONE_SPELLING], "stop": sorted(STOP),
        }  # fmt: skip
        self._write("rules", rules)

    def _write(self, name: str, value: object) -> None:
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.write(f"{name}.js", f'followthroughShard("{name}",{said});\n'.encode())


def found_links() -> Iterator[str]:
    """Yield the addresses that a stranger finds by searching: of some of them no other page knows."""
    closed = closed_to(AnonymousUser())
    for key, link in Entry.objects.order_by("id").values_list("id", "link").iterator(chunk_size=2_000):
        if link and key not in closed:
            yield urlsplit(link).path


def _file(link: str, find: Find) -> tuple[str, str] | None:
    """Return the file that an entry leads to, and the place on it; nothing where it stands on no page."""
    parts = urlsplit(link)
    place = find(parts.path, parts.query) if link else None
    return (place.file, f"#{parts.fragment}" if parts.fragment else "") if place else None


def _letters(word: str) -> str:
    """Return the name of the shard of a word: its first two letters, or where its first stands beyond ASCII."""
    if word[:1].isascii():
        return "-".join(f"{ord(letter):x}" for letter in word[:2])
    return f"x{ord(word[0]) >> 6:x}"


def _steps(numbers: array[int]) -> list[int]:
    """Return ascending numbers as the steps between them, which are shorter."""
    return [number - before for number, before in zip(numbers, [0, *numbers[:-1]], strict=True)]


def _folded() -> dict[str, str]:
    """Return the letters whose case is folded otherwise than to small ones, with what they become."""
    every = map(chr, range(sys.maxunicode + 1))
    return {letter: letter.casefold() for letter in every if letter.casefold() != letter.lower()}
