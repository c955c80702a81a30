"""Matters arising: every earlier decision with what was last heard of it, and whose turn it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from followthrough.report.document import (
    Block,
    Cell,
    Column,
    Counts,
    Heading,
    Note,
    Paper,
    Paragraph,
    Run,
    Table,
    cell,
    plain,
)
from followthrough.report.papers.common import Draft
from followthrough.report.record import Decision, Register

GROUPS = ("unreported", "open", "concluded")
"""The groups of decisions, in their order."""
MARKS = {"unreported": "silent", "open": "waiting"}
WIDTHS = {"number": 0.4, "decision": 3.6, "state": 3.4, "since": 1.3, "turn": 2.2}


def matters(register: Register) -> Paper:
    """Return the matters arising for a meeting."""
    draft = Draft("matters", register)
    numbered = _numbered(register)
    parts: dict[str, Callable[[], list[Block]]] = {
        "finding": lambda: _finding(draft), "method": lambda: _method(draft),
        **{group: partial(_group, draft, group, numbered) for group in GROUPS},
    }  # fmt: skip
    over = register.over
    if register.meeting:
        over = f"{over} · {draft.say('for_meeting', meeting=register.meeting)}"
    return draft.finished(draft.say("title"), over, draft.body(parts))


def _numbered(register: Register) -> list[tuple[int, Decision]]:
    """Return the decisions with their numbers, unreported ones first, and of each group the longest silence first."""
    held = sorted(register.decisions, key=lambda one: (GROUPS.index(one.group), one.order, one.says))
    return list(enumerate(held, start=1))


def _finding(draft: Draft) -> list[Block]:
    held = Counter(one.group for one in draft.register.decisions)
    if not held:
        return [Paragraph(plain(draft.say("finding_none")), "finding")]
    says = draft.say("finding", total=sum(held.values()), **{group: held[group] for group in GROUPS})
    counts = tuple((str(held[group]), draft.say(f"{group}_count")) for group in GROUPS)
    return [Paragraph(plain(says), "finding"), Counts(counts)]


def _group(draft: Draft, group: str, numbered: list[tuple[int, Decision]]) -> list[Block]:
    say = draft.say
    rows = [(at, one) for at, one in numbered if one.group == group]
    heading = Heading(say(group))
    if not rows:
        return [heading, Paragraph(plain(say(f"no_{group}")))]
    names = say.list("columns")
    columns = tuple(Column(say(name), WIDTHS[name]) for name in names)
    cells = tuple(tuple(_CELLS[name](draft, at, one) for name in names) for at, one in rows)
    table = Table(say("caption", group=say(group)), columns, cells, dense=True)
    return [heading, Paragraph(plain(say(f"{group}_says"))), table]


def _method(draft: Draft) -> list[Block]:
    return [Note(draft.say("method"), plain(draft.say("method_says")))]


def _number(_draft: Draft, at: int, _one: Decision) -> Cell:
    return cell(at, "strong")


def _decision(draft: Draft, _at: int, one: Decision) -> Cell:
    return Cell((plain(one.says), (Run(one.where, "dim", cites=draft.cites(*one.origins[:1])),)))


def _state(draft: Draft, _at: int, one: Decision) -> Cell:
    cites = draft.cites(*one.origins[1:])
    mark = MARKS.get(one.group, one.state.lower())
    return Cell(((Run(f"{one.state}.", "strong", mark=mark), *([Run(one.heard, cites=cites)] if one.heard else ())),))


def _since(_draft: Draft, _at: int, one: Decision) -> Cell:
    return cell(one.since)


def _turn(_draft: Draft, _at: int, one: Decision) -> Cell:
    return Cell((plain(one.turn, "strong"), *([plain(one.ask)] if one.ask else [])))


_CELLS: dict[str, Callable[[Draft, int, Decision], Cell]] = {
    "number": _number, "decision": _decision, "state": _state, "since": _since, "turn": _turn,
}  # fmt: skip
