"""The sets of words that a search treats alike, as their page shows them."""

from __future__ import annotations

from typing import NamedTuple

from followthrough.register.alike_words import Words, packaged_sets, read_set, write_set
from followthrough.web.kit.locales import language_name
from followthrough.web.search.models import AlikeWords


class SetRow(NamedTuple):
    """A set: its words by the names of their languages, on one line, as packaged where that differs, and its state."""

    key: str
    words: list[tuple[str, str, str]]
    written: str
    packaged: str
    state: str


def set_rows() -> list[SetRow]:
    """Return every set by its key: packaged, changed, added or removed."""
    held = dict(AlikeWords.objects.values_list("pk", "words"))
    shipped = packaged_sets()
    return [_row(key, shipped.get(key, {}), held.get(key)) for key in sorted({*shipped, *held})]


def _row(key: str, shipped: Words, held: str | None) -> SetRow:
    packaged = write_set(shipped)
    written = packaged if held is None else held
    if packaged and written == packaged:
        state = "packaged"
    elif not written:
        state = "removed"
    else:
        state = "changed" if packaged else "added"
    words = read_set(written or packaged)
    shown = [(language, language_name(language), ", ".join(some)) for language, some in words.items()]
    return SetRow(key, shown, written, packaged if state in ("changed", "removed") else "", state)
