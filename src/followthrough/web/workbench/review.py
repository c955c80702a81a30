"""What a person should look at first in a draft, and what people changed of it as a set for tests."""

from __future__ import annotations

from dataclasses import dataclass

from followthrough.register.editing import Item
from followthrough.web.kit.downloads import Sheet
from followthrough.web.workbench.models import ProvisionDraft, loaded

_COLUMNS = (
    "provision", "start", "end", "kind", "strength", "instruments", "actors", "state", "origin", "reason",
    "proposed_start", "proposed_end", "proposed_kind", "proposed_strength", "rules", "doubts",
)  # fmt: skip
_WORDS = 70
"""Characters of an undertaking by which it is known in a list."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A suggestion to look at first: where it stands, its first words, and what makes it doubtful."""

    page: int
    field: str
    words: str
    doubts: tuple[str, ...]


def doubtful(draft: str) -> list[Doubtful]:
    """Return the suggestions that wait and are doubtful, those with the most doubts first, then as in the text."""
    asked = ProvisionDraft.objects.filter(draft=draft).order_by("provision__position")
    found = [
        Doubtful(page, f"{pk}.{item.key}", _first_words(words, item), item.doubts)
        for pk, page, words, items in asked.values_list("pk", "page", "provision__words", "items")
        for item in loaded(items)
        if item.state == "suggested" and item.doubts
    ]
    return sorted(found, key=lambda one: -len(one.doubts))


def _first_words(words: str, item: Item) -> str:
    said = words[item.start : item.end]
    return said if len(said) <= _WORDS else f"{said[:_WORDS].rsplit(' ', 1)[0]} …"


def corrections(draft: str) -> Sheet:
    """Return what people decided beside what was proposed, by places in the text and without its words."""
    asked = ProvisionDraft.objects.filter(draft=draft).order_by("provision__position")
    rows: list[tuple[str | int, ...]] = []
    for provision, offset, proposal, items in asked.values_list("provision__pk", "start", "proposal", "items"):
        before = {item.key: item for item in loaded(proposal)}
        decided = sorted(loaded(items), key=lambda item: item.spans)
        rows += [_row(provision, offset, item, before.get(item.key)) for item in decided]
    return Sheet(f"{draft}-corrections", _COLUMNS, rows)


def _row(provision: str, offset: int, item: Item, before: Item | None) -> tuple[str | int, ...]:
    proposed: tuple[str | int, ...] = ("", "", "", "")
    if before is not None:
        proposed = (offset + before.start, offset + before.end, before.kind, before.strength)
    instruments = "; ".join(item.instruments)
    said = (item.kind, item.strength, instruments, item.actors, item.state, item.origin, item.reason)
    return provision, offset + item.start, offset + item.end, *said, *proposed, item.why, "; ".join(item.doubts)
