"""The lists of documents and of commitments: their filters, their order, and the tables to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from followthrough.model.vocabulary import CommitmentKind
from followthrough.web.agreements.rows import CommitmentRow, DocumentRow, ProvisionRow
from followthrough.web.kit.downloads import Sheet
from followthrough.web.kit.list_state import Choice, Heading, State, choices, headings
from followthrough.web.kit.wording import capital, fold, plain
from followthrough.web.pages.agreement_coverage import Ladder
from followthrough.web.pages.agreement_overview import Heat

STRENGTHS = {str(n): f"{n} of 5" for n in range(1, 6)}
COMMITMENT_COLUMNS = (
    ("ref", "Commitment", ""), ("", "What is undertaken", ""), ("verb", "Verb", ""), ("kind", "Kind", ""),
    ("strength", "Strength", ""), ("", "Instruments named", ""),
)  # fmt: skip
_KINDS: tuple[str, ...] = tuple(CommitmentKind)
ORDERS: dict[str, Callable[[CommitmentRow], Any]] = {
    "verb": lambda row: fold(row.verb),
    "kind": lambda row: _KINDS.index(row.kind) if row.kind in _KINDS else len(_KINDS),
    "strength": lambda row: row.strength,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a form."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Selection:
    """The commitments that a query selects, and the form that shows the query."""

    rows: list[CommitmentRow]
    filters: list[Filter]
    headings: list[Heading]
    q: str
    active: bool


def select(rows: Sequence[CommitmentRow], provisions: Sequence[ProvisionRow], state: State) -> Selection:
    """Apply the filters and the order of a query to the commitments of one document."""
    options = _options(rows, provisions)
    chosen = {name: state.one_of(name, allowed) for name, (_, allowed) in options.items()}
    q = state.text("q")
    found = [row for row in rows if _fits(row, chosen)]
    if q:
        wanted = fold(q).split()
        found = [row for row in found if all(word in _haystack(row) for word in wanted)]
    order = state.order(("ref", *ORDERS))
    if order[0] in ORDERS:
        found.sort(key=ORDERS[order[0]])
    if order[1]:
        found.reverse()
    filters = [Filter(name, label, choices(allowed, chosen[name])) for name, (label, allowed) in options.items()]
    return Selection(found, filters, headings(COMMITMENT_COLUMNS, state, order), q, bool(q or any(chosen.values())))


def _options(
    rows: Sequence[CommitmentRow], provisions: Sequence[ProvisionRow]
) -> dict[str, tuple[str, dict[str, str]]]:
    named = {key: name for row in rows for key, name in row.instruments}
    kinds = {kind: capital(kind) for kind in _KINDS}
    return {
        "section": ("Section", {p.ref: f"{p.num} {p.title}".strip() for p in provisions if p.kind == "section"}),
        "kind": ("Kind", kinds),
        "strength": ("Strength", STRENGTHS),
        "instrument": ("Instrument", dict(sorted(named.items(), key=lambda pair: fold(pair[1])))),
    }


def _fits(row: CommitmentRow, chosen: dict[str, str]) -> bool:
    return (
        chosen["section"] in ("", row.section)
        and chosen["kind"] in ("", row.kind)
        and chosen["strength"] in ("", str(row.strength))
        and (not chosen["instrument"] or any(key == chosen["instrument"] for key, _ in row.instruments))
    )


def _haystack(row: CommitmentRow) -> str:
    names = " ".join(name for _, name in row.instruments)
    return fold(f"{row.ref} {row.title} {row.summary} {row.verb} {row.actors} {names}")


def commitment_sheet(document: str, rows: Sequence[CommitmentRow]) -> Sheet:
    """Return commitments as a table to take away; ids are whole, so that none reads as a number or a date."""
    columns = (
        "id", "provision", "provision_title", "summary", "verb", "kind", "strength", "actors", "instruments", "goals",
        "deadline", "quantity", "missing",
    )  # fmt: skip
    return Sheet(
        f"{document}-commitments",
        columns,
        [
            (
                row.id, row.provision, row.title, row.summary, row.verb, row.kind, row.strength, row.actors,
                "; ".join(name for _, name in row.instruments), "; ".join(row.goals), row.deadline, row.quantity,
                "; ".join(row.missing),
            )
            for row in rows
        ],
    )  # fmt: skip


def commitment_json(row: CommitmentRow) -> dict[str, Any]:
    """Return one commitment for a JSON twin."""
    return {
        "id": row.id,
        "provision": row.provision,
        "num": row.num,
        "spans": row.spans,
        "verb": row.verb,
        "kind": row.kind,
        "strength": row.strength,
        "summary": row.summary,
        "actors": row.actors,
        "instruments": [{"id": key, "name": name} for key, name in row.instruments],
        "goals": row.goals,
        "deadline": row.deadline or None,
        "quantity": row.quantity or None,
        "missing": row.missing,
    }


def provision_json(row: ProvisionRow) -> dict[str, Any]:
    """Return one provision for a JSON twin; its words are null until a verified copy is attached."""
    return {
        "id": row.id,
        "parent": row.parent or None,
        "eid": row.eid,
        "kind": row.kind,
        "num": row.num or None,
        "title": row.title,
        "summary": row.summary,
        "political": row.political,
        "words": row.words or None,
    }


def select_documents(rows: Sequence[DocumentRow], state: State) -> tuple[list[DocumentRow], Filter, str]:
    """Apply the filters of a query to the list of documents."""
    kinds = {kind: capital(plain(kind)) for kind in sorted({row.kind for row in rows})}
    kind, q = state.one_of("kind", kinds), state.text("q")
    wanted = fold(q).split()
    found = [
        row
        for row in rows
        if kind in ("", row.kind)
        and all(word in fold(f"{row.id} {row.title} {row.short_title} {row.place} {row.adopted}") for word in wanted)
    ]
    return found, Filter("kind", "Kind", choices(kinds, kind)), q


DOCUMENT_COLUMNS = (
    "id", "title", "short_title", "kind", "adopted", "place", "period_start", "period_end", "implements", "succeeds",
    "commitments", "publisher", "source",
)  # fmt: skip


def coverage_sheet(doc: str, found: Ladder, heat: Heat | None) -> Sheet:
    """Return what the pictures of an overview show: each place with its rung, and its claims by the year."""
    years = heat.columns if heat else []
    counted = {row.id: row for group in heat.groups for row in group.rows} if heat else {}
    rows: list[list[str | int]] = []
    for key, rung in found.rungs.items():
        row = counted.get(key)
        counts: list[str | int] = [cell.count for cell in row.cells] if row else [""] * len(years)
        about: list[str | int] = [row.title, row.total, row.unfavourable, row.newest] if row else [""] * 4
        rows.append([key, rung.label, *about, *counts])
    columns = ("id", "rung", "title", "claims", "unfavourable", "newest", *(f"claims {year}" for year in years))
    return Sheet(f"{doc}-coverage", columns, rows)


def document_sheet(rows: Sequence[DocumentRow]) -> Sheet:
    """Return documents as a table to take away."""
    return Sheet("agreements", DOCUMENT_COLUMNS, [_document_cells(row) for row in rows])


def document_json(row: DocumentRow) -> dict[str, Any]:
    """Return one document for a JSON twin; what is not known is null."""
    return {
        name: cell if cell != "" else None for name, cell in zip(DOCUMENT_COLUMNS, _document_cells(row), strict=True)
    }


def _document_cells(row: DocumentRow) -> tuple[str | int, ...]:
    return (
        row.id, row.title, row.short_title, row.kind, row.adopted, row.place, row.period_start, row.period_end,
        row.implements, row.succeeds, row.commitments, row.publisher, row.url,
    )  # fmt: skip
