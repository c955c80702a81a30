"""The party brief: what is on record of one party, where nothing names it, and what is open between it and us."""

from __future__ import annotations

from followthrough.report.document import (
    Block,
    Cell,
    Column,
    Counts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Run,
    Table,
    Words,
    cell,
    plain,
)
from followthrough.report.papers.common import Draft, Parts
from followthrough.report.papers.progress import answers
from followthrough.report.record import PartyRecord, Register

SHOWN = 6
ASKED = 2
"""Adverse items of which the brief asks whether they still hold, the newest."""


def brief(register: Register) -> Paper:
    """Return the brief on the party of ``register``. Raises ``ValueError`` where it has none."""
    held = register.party
    if held is None:
        raise ValueError("a party brief needs a party")
    draft = Draft("brief", register)
    parts: Parts = {
        "finding": lambda: _finding(draft, held), "record": lambda: _record(draft, held),
        "facts": lambda: _facts(draft, held), "contested": lambda: _contested(draft, held),
        "projects": lambda: _projects(draft, held),
        "treaties": lambda: _treaties(draft, held), "due": lambda: _due(draft, held),
        "open": lambda: _open(draft, held), "round": lambda: _round(draft, held),
    }  # fmt: skip
    return draft.finished(draft.say("title", party=held.name), register.over, draft.body(parts))


def _finding(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    counts = (
        (str(held.noted), say("noted")), (f"{held.covered} of {held.paragraphs}", say("covered")),
        (str(held.adverse), say("adverse")), (str(len(held.acts)), say("acts")),
    )  # fmt: skip
    return [Paragraph(plain(f"{held.headline}."), "finding"), Counts(counts), Paragraph(plain(held.lead))]


def _record(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    columns = (Column(say("section"), 2.4), Column(say("items"), 1, numeric=True), Column(say("newest"), 1.2),
               Column(say("quiet"), 3))  # fmt: skip
    none = say("none")
    rows = tuple(
        (cell(name, "strong"), cell(count), cell(newest) if newest else cell(none, "missing"),
         cell(", ".join(quiet)) if quiet else cell(none))
        for name, count, newest, quiet in held.sections
    )  # fmt: skip
    return [Heading(say("record")), Table(say("record_caption"), columns, rows)]


def _facts(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    return [
        Heading(say("facts")),
        *draft.listed(say("adverse_title"), map(draft.fact, held.adverse_facts[:SHOWN])),
        *draft.listed(say("newest_title"), map(draft.fact, held.facts[:SHOWN]), say("no_facts")),
    ]


def _contested(draft: Draft, held: PartyRecord) -> list[Block]:
    return draft.listed(draft.say("contested"), map(draft.dispute, held.disputes), level=2)


def _projects(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    if not held.acts:
        return []
    columns = (Column(say("project"), 3.6), Column(say("state"), 1.3), Column(say("when"), 1.5),
               Column(say("budget"), 1.2, numeric=True),
               Column(say("places"), 1))  # fmt: skip
    rows = tuple(
        (Cell(((Run(one.title, cites=draft.cites(one.origin)),),)), cell(one.state),
         *(cell(text) if text else cell(say("unknown"), "missing") for text in (one.when, one.budget)),
         cell(", ".join(one.at)))
        for one in held.acts
    )  # fmt: skip
    return [Heading(say("projects")), Table(say("projects_caption"), columns, rows, dense=True)]


def _treaties(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    if not held.treaties:
        return []
    columns = (Column(say("instrument"), 4), Column(say("step"), 1.4), Column(say("date"), 1.2))
    rows = tuple(
        (cell(one.name), cell(one.step) if one.step else Cell(((Run(say("unknown"), "missing", mark="silent"),),)),
         cell(one.date) if one.date else cell(say("none"), "missing"))
        for one in held.treaties
    )  # fmt: skip
    return [Heading(say("treaties")), Table(say("treaties_caption"), columns, rows)]


def _due(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    if not held.due:
        return []
    columns = (Column(say("target"), 4), Column(say("due_date"), 0.9), Column(say("state"), 1.3),
               Column(say("says"), 2.6))  # fmt: skip
    rows = tuple(
        (Cell(((Run(one.says, cites=draft.cites(one.origin)),),)),
         cell(one.due) if one.due else cell(say("none"), "missing"), cell(one.state, "strong"), cell(one.figures))
        for one in held.due
    )  # fmt: skip
    return [Heading(say("due")), Table(say("due_caption"), columns, rows, dense=True)]


def _open(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    unknown = [one.name for one in held.treaties if not one.step]
    quiet = held.paragraphs - held.covered
    asked: list[Words] = []
    if unknown:
        asked.append(plain(say("open_treaties", names="; ".join(unknown))))
    if quiet:
        asked.append(plain(say("open_quiet", count=quiet)))
    asked += [
        plain(say("open_adverse", when=one.when, places=", ".join(one.at), says=one.says))
        for one in held.adverse_facts[:ASKED]
    ]
    return [Heading(say("open")), Items(tuple(asked)) if asked else Paragraph(plain(say("open_none")))]


def _round(draft: Draft, held: PartyRecord) -> list[Block]:
    say = draft.say
    if not held.answers:
        return []
    return [Heading(say("round")), *draft.example(), answers(draft, say("round_caption"), say("section"), held.answers)]
