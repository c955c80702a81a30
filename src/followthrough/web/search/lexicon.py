"""What a search treats alike: words of the field, names of parties, and both in other languages.

The words are data (``register/search_words.toml``), and the register's own where an editor changed them; the parties
come from the register, through whoever keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from followthrough.register.alike_words import ENGLISH, packaged_sets, read_set
from followthrough.register.word_lists import tables
from followthrough.web.search.models import AlikeWords
from followthrough.web.search.spelling import one_spelling
from followthrough.web.search.tokens import spaced

MOST = 5
"""Words of the longest phrase that is looked for."""
Names = Mapping[str, Iterable[str]]
"""Words or names that are alike, by language."""
name_sources: list[Callable[[], Iterable[Names]]] = []
"""What gives the names that the register itself holds; the apps that keep them add theirs."""


@dataclass(frozen=True, slots=True)
class Known:
    """A phrase that is known: its language, and the English phrases that are searched in its place or beside it."""

    language: str
    alike: tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """Phrases by their folded words; ``foreign`` are those with letters beyond ASCII, the longest first."""

    known: dict[str, Known] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)

    def add(self, names: Names) -> None:
        """Add words that are alike."""
        english = tuple(dict.fromkeys(phrase(name) for name in names.get(ENGLISH, ())))
        for language, held in names.items():
            for name in held:
                folded = phrase(name)
                if folded and key_of(folded) not in self.known:
                    alike = tuple(one for one in english if one and one != folded)
                    self.known[key_of(folded)] = Known(language, alike)

    def of(self, written: str) -> Known | None:
        """Return what is known of a phrase, in either spelling and number."""
        return self.known.get(key_of(phrase(written)))

    def sort(self) -> None:
        """Put the foreign phrases in order, once all are there."""
        self.foreign = sorted((one for one in self.known if not one.isascii()), key=len, reverse=True)


def phrase(text: str) -> str:
    """Return a phrase as the lexicon keeps it."""
    return spaced(text).strip()


def key_of(folded: str) -> str:
    """Return a folded phrase in one spelling, and in the singular as far as an s is concerned."""
    return " ".join(one_spelling(word.removesuffix("s")) if word.isascii() else word for word in folded.split())


def sets_in_use() -> dict[str, Names]:
    """Return the sets of words of the field: the packaged ones, with what the register has in their place or beside."""
    held = {key: read_set(words) for key, words in AlikeWords.objects.order_by("pk").values_list("pk", "words")}
    return {key: words for key, words in {**packaged_sets(), **held}.items() if words}


@cache
def further_names() -> dict[str, dict[str, list[str]]]:
    """Return the short and former names of states and organisations that CLDR lacks, by their code and language."""
    held = tables("search_words", "name")
    return {one["of"]: {key: names for key, names in one.items() if key != "of"} for one in held}


_kept: dict[int, Lexicon] = {}


def lexicon(event: int) -> Lexicon:
    """Return what is treated alike in the register as it stands after ``event``; names are read anew where it moved."""
    if event not in _kept:
        found = Lexicon()
        for source in name_sources:
            for names in source():
                found.add(names)
        for names in sets_in_use().values():
            found.add(names)
        found.sort()
        _kept.clear()
        _kept[event] = found
    return _kept[event]
