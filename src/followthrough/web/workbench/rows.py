"""Plain rows of the workbench for its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.safestring import SafeString

from followthrough.model.vocabulary import CommitmentKind
from followthrough.pipeline.layout import commitment_id
from followthrough.register.editing import Item, Items, before, draft_of, letters, tokens
from followthrough.register.machine_agreement import Agreement, compare
from followthrough.web.agreements.marking import marked
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.rows import tail
from followthrough.web.workbench.actions.drafts import typed_over
from followthrough.web.workbench.forms import NOTHING_KEPT, Kept
from followthrough.web.workbench.models import Draft, ProvisionDraft, loaded

_FIELDS = ("summary", "verb", "kind", "strength", "actors", "deadline", "quantity", "instruments", "missing", "note")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list: how many of its commitments wait, and what it is called."""

    id: str
    title: str
    filename: str
    opened: datetime
    opened_by: str
    published: datetime | None
    discarded: datetime | None
    counts: Counter[str]

    @property
    def decided(self) -> int:
        """How many commitments were accepted or rejected."""
        return self.counts["accepted"] + self.counts["rejected"]

    @property
    def total(self) -> int:
        """All that were ever proposed or added."""
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class Spot:
    """One commitment as the page shows it: ``places`` are the words at which its ends may be set, when it is open."""

    id: str
    ref: str
    field: str
    item: Item
    spans: tuple[tuple[int, int], ...]
    offset: int
    merges_with: str = ""
    open: bool = False
    drafted: bool = False
    starts: Sequence[tuple[int, str]] = ()
    ends: Sequence[tuple[int, str]] = ()
    typed: Mapping[str, Any] = made(default_factory=dict)
    wrong: Mapping[str, str] = made(default_factory=dict)

    @property
    def shown(self) -> Item:
        """The commitment with what was typed and not saved in the place of what stands."""
        names = {name: value for name, value in self.typed.items() if name in _FIELDS}
        return replace(self.item, **names)

    @property
    def begin(self) -> int:
        """The place at which its first word is set in the form."""
        return int(self.typed.get("start", self.item.start))

    @property
    def finish(self) -> int:
        """The place at which its last word is set in the form."""
        return int(self.typed.get("end", self.item.end))

    @property
    def start(self) -> int:
        """Where it begins, counted in the whole text."""
        return self.offset + self.item.start

    @property
    def end(self) -> int:
        """Where it ends, counted in the whole text."""
        return self.offset + self.item.end


@dataclass(frozen=True, slots=True)
class Pair:
    """One provision and its commitments, side by side; ``adding`` holds its words while one is being added."""

    provision_draft: int
    revision: int
    ref: str
    num: str
    kind: str
    title: str
    words: str
    marked: SafeString
    live: list[Spot]
    rejected: list[Spot]
    adding: Sequence[tuple[int, int, str]] = ()
    typed: Mapping[str, str] = made(default_factory=dict)
    wrong: Mapping[str, str] = made(default_factory=dict)

    @property
    def name(self) -> str:
        """``paragraph 4.3``, or the kind alone where the text prints no number."""
        return f"{self.kind} {self.num}".strip()


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the workbench in the list of pages."""

    number: int
    label: str
    name: str
    total: int
    waiting: int


def draft_rows(documents: QuerySet[Document]) -> list[DraftRow]:
    """Return the drafts over ``documents``, newest first."""
    asked: Any = Draft.objects.filter(document__in=documents).order_by(F("discarded").asc(nulls_first=True), "-opened")
    columns = ("document_id", "document__title", "filename", "opened", "opened_by", "published", "discarded")
    found: Any = list(asked.values_list(*columns))
    counts: dict[str, Counter[str]] = {row[0]: Counter() for row in found}
    for draft, items in ProvisionDraft.objects.filter(draft__in=list(counts)).values_list("draft_id", "items"):
        counts[draft].update(item["state"] for item in items)
    return [DraftRow(*[*row, counts[row[0]]]) for row in found]


def page_rows(draft: str) -> list[PageRow]:
    """Return the pages of a draft: each with the section it begins with, and how much of it waits."""
    pages: dict[int, list[tuple[str, str, str, Any]]] = {}
    columns = ("page", "provision__kind", "provision__num", "provision__title", "items")
    for page, *row in ProvisionDraft.objects.filter(draft=draft).order_by("provision__position").values_list(*columns):
        pages.setdefault(page, []).append((row[0], row[1], row[2], row[3]))
    return [_page_row(number, rows) for number, rows in pages.items()]


def _page_row(number: int, rows: list[tuple[str, str, str, Any]]) -> PageRow:
    section = next((row for row in rows if row[0] == "section"), None)
    states = Counter(item["state"] for row in rows for item in row[3])
    numbers = [row[1] for row in rows if row[1] and row[0] != "section"]
    between = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else "".join(numbers)
    name = f"{section[1]} {section[2]}".strip() if section else between or rows[0][2]
    preamble = section is None and not numbers and any(row[0] == "preamble" for row in rows)
    label = "Preamble" if preamble else section[1] if section and section[1] else between or str(number)
    live = states["suggested"] + states["accepted"]
    return PageRow(number, label, "Preamble" if preamble else name, live, states["suggested"])


def pairs(
    draft: str, page: int, opened: tuple[int, int], adding: int, kept: Kept = NOTHING_KEPT
) -> list[Pair]:  # fmt: skip
    """Return the provisions of a page; the commitment ``opened`` (provision, key) comes with the words around it.

    What was typed and not saved stands in the place of what is saved. A form that was wrong keeps the revisions that it
    came with, so that it is still told of what others did; one that was overtaken has been told, and gets new ones.
    """
    asked = (
        ProvisionDraft.objects.filter(draft=draft, page=page)
        .select_related("provision")
        .order_by("provision__position")
    )
    return [_pair(one, opened, adding, kept) for one in asked]


def _pair(one: ProvisionDraft, opened: tuple[int, int], adding: int, kept: Kept) -> Pair:
    pk, place, held = one.pk, one.provision, one.held
    provision, num, kind, title, words = place.pk, place.num, place.kind, place.title, place.words
    revision = kept.revisions.get(pk, one.revision) if kept.problem else one.revision
    given, typed = letters(held), typed_over(one, kept.revisions.get(pk, one.revision), kept.typed.get(pk, {}))
    loose = {name.partition(".")[0]: value for name, value in kept.loose.items() if name.endswith(f".{pk}")}
    spots = [
        replace(
            _spot(pk, provision, one.start, held, item, given, words, opened),
            typed=typed.get(item.key, {}) | _loose(kept, f"{pk}.{item.key}"), wrong=kept.wrong(pk, item.key),
        )
        for item in _ordered(held)
    ]  # fmt: skip
    live = [spot for spot in spots if spot.item.live]
    here = next((spot.id for spot in live if spot.open), "")
    places = [(a, b, words[a:b]) for a, b in tokens(words)] if adding == pk else ()
    shown = marked(words, live, here, together=True)
    gone = [spot for spot in spots if not spot.item.live]
    wrong = kept.wrong(pk, 0)
    return Pair(pk, revision, tail(provision), num, kind, title, words, shown, live, gone, places, loose, wrong)


def _loose(kept: Kept, field: str) -> dict[str, str]:
    """Return what was typed for the buttons of one commitment: why it is rejected, where it is split."""
    return {name: kept.loose[f"{name}.{field}"] for name in ("why", "at") if f"{name}.{field}" in kept.loose}


def _ordered(items: Items) -> Iterable[Item]:
    return sorted(items, key=lambda item: item.spans)


def _spot(
    pk: int, provision: str, offset: int, held: Items, item: Item, given: dict[int, str], words: str,
    opened: tuple[int, int],
) -> Spot:  # fmt: skip
    key = commitment_id(provision, given.get(item.key, item.letter) or f"x{item.key}")
    is_open = opened == (pk, item.key)
    previous = before(held, item.key) if is_open else None
    merges = tail(commitment_id(provision, given[previous.key])) if previous else ""
    drafted = item.state == "suggested" and item.summary == draft_of(item, words)
    starts: list[tuple[int, str]] = []
    ends: list[tuple[int, str]] = []
    if is_open:
        places = tokens(words)
        starts = _with(item.start, [(a, words[a:b]) for a, b in places], words)
        ends = _with(item.end, [(b, words[a:b]) for a, b in places], words)
    return Spot(key, tail(key), f"{pk}.{item.key}", item, item.spans, offset, merges, is_open, drafted, starts, ends)


def _with(at: int, places: list[tuple[int, str]], words: str) -> list[tuple[int, str]]:
    """Return the places, with ``at`` among them even where it stands inside a word."""
    if at in {place for place, _ in places}:
        return places
    return sorted([*places, (at, words[max(0, at - 8) : at + 8])])


def kind_counts(draft: str) -> tuple[dict[str, int], Counter[str]]:
    """Return how many live commitments a draft has by kind, and how many items by state."""
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for items in ProvisionDraft.objects.filter(draft=draft).values_list("items", flat=True):
        kinds.update(item["kind"] for item in items if item["state"] != "rejected")
        states.update(item["state"] for item in items)
    return {kind: kinds[kind] for kind in CommitmentKind if kinds[kind]}, states


def agreement() -> tuple[Agreement, int]:
    """Return how published catalogues agree with what the machine proposed for them, and how many there are."""
    by_draft: dict[str, list[tuple[Any, Any]]] = {}
    asked = ProvisionDraft.objects.filter(draft__published__isnull=False, draft__document__public=True)
    for draft, proposal, items in asked.values_list("draft_id", "proposal", "items"):
        by_draft.setdefault(draft, []).append((proposal, items))
    # A catalogue that was opened from the register had no proposals: it says nothing of the machine.
    told = [rows for rows in by_draft.values() if any(proposal for proposal, _ in rows)]
    counts = [compare(loaded(proposal), loaded(items)) for rows in told for proposal, items in rows]
    return sum(counts, Agreement()), len(told)


def unsummarised(draft: str) -> int:
    """Return how many live commitments have no summary in our words yet."""
    held = ProvisionDraft.objects.filter(draft=draft).values_list("items", flat=True)
    return sum(item["state"] != "rejected" and not item["summary"] for items in held for item in items)
