"""The implementation matrix: a row a paragraph."""

from __future__ import annotations

from collections.abc import Callable

from followthrough.report.document import Block, Cell, Column, Heading, Paper, Paragraph, Run, Table, cell, lines, plain
from followthrough.report.papers.common import Draft, Parts
from followthrough.report.record import Part, Place, Register

NAMED = 2
"""Activities that a row names; of more it says how many."""
WIDTHS = {
    "num": 0.55, "commitments": 2.8, "lead": 1.9, "activities": 2.9, "stage": 1.4, "evidence": 3.1, "next": 2.5,
    "remarks": 2.1,
}  # fmt: skip


def matrix(register: Register) -> Paper:
    """Return the implementation matrix of an agreement, or of one of its sections."""
    draft = Draft("matrix", register)
    return draft.finished(draft.say("title"), register.over, draft.body(parts_of(draft)), wide=True)


def parts_of(draft: Draft) -> Parts:
    """Return the parts of the matrix, by their names."""
    return {"finding": lambda: _finding(draft), "sections": lambda: _sections(draft)}


def _finding(draft: Draft) -> list[Block]:
    held = draft.register
    confirmed, links = held.links
    key = draft.say("key", confirmed=confirmed, links=links)
    says = plain(f"{held.finding} {held.gaps}".strip())
    return [Paragraph(says, "finding"), *draft.example(), Paragraph(plain(key), "small")]


def _sections(draft: Draft) -> list[Block]:
    found: list[Block] = []
    for part in draft.register.parts:
        found += [Heading(part.name), Paragraph(plain(f"{part.finding} {part.silence}".strip()))]
        found.append(_table(draft, part))
    return found


def _table(draft: Draft, part: Part) -> Table:
    names = draft.say.list("columns")
    columns = tuple(Column(draft.say(name), WIDTHS[name]) for name in names)
    rows = tuple(tuple(_CELLS[name](draft, place) for name in names) for place in part.places)
    return Table(draft.say("caption", section=part.name), columns, rows, dense=True)


def _num(_draft: Draft, place: Place) -> Cell:
    return cell(place.num, "strong")


def _commitments(_draft: Draft, place: Place) -> Cell:
    many = len(place.commitments) > 1
    texts = [f"({at}) {one}" if many else one for at, one in enumerate(place.commitments, start=1)]
    return Cell((plain(place.title, "strong"), *lines(texts)))


def _lead(draft: Draft, place: Place) -> Cell:
    return Cell(lines(place.lead)) if place.lead else cell(draft.say("no_lead"), "missing")


def _activities(draft: Draft, place: Place) -> Cell:
    count = len(place.acts)
    if not count:
        return cell(draft.say("nothing"), "missing")
    words = draft.say("activity" if count == 1 else "activity_many", count=count)
    named = "; ".join(one.title for one in place.acts[:NAMED])
    more = f"; {draft.say('more', count=count - NAMED)}" if count > NAMED else ""
    cites = draft.cites(*(one.origin for one in place.acts[:NAMED]))
    budgets = lines([draft.say("budgets", budgets=place.budgets)] if place.budgets else [], "dim")
    return Cell(((Run(words, "strong"), Run(f"{named}{more}.", cites=cites)), *budgets))


def _stage(_draft: Draft, place: Place) -> Cell:
    return Cell(((Run(place.stage_word, mark=f"stage-{place.stage}"),),))


def _evidence(draft: Draft, place: Place) -> Cell:
    if place.newest is None:
        return cell(draft.say("nothing"), "missing")
    one = place.newest
    return Cell(((Run(f"{one.when}:", "strong"), Run(one.says, cites=draft.cites(one.origin))),))


def _next(draft: Draft, place: Place) -> Cell:
    return Cell(lines(place.next)) if place.next else cell(draft.say("no_next"), "missing")


def _remarks(draft: Draft, place: Place) -> Cell:
    found = []
    if place.adverse:
        found.append(Run(draft.say("adverse", adverse=place.adverse, noted=place.noted), "dim", mark="down"))
    if place.disputes:
        word = "dispute" if place.disputes == 1 else "disputes"
        found.append(Run(draft.say(word, count=place.disputes), "dim", mark="split"))
    if place.silence:
        found.append(Run(place.silence, "dim", mark="silent"))
    return Cell(tuple((one,) for one in found))


_CELLS: dict[str, Callable[[Draft, Place], Cell]] = {
    "num": _num, "commitments": _commitments, "lead": _lead, "activities": _activities, "stage": _stage,
    "evidence": _evidence, "next": _next, "remarks": _remarks,
}  # fmt: skip
