"""Sections and paragraphs as the papers say them: commitments, who leads, activities, stage, evidence, what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from followthrough.assess.dates import Time, side
from followthrough.assess.grading import silent_for
from followthrough.report.record import Act, Dispute, Fact, Goal, Part, Place, Round, Told
from followthrough.web.activities.activity_rows import ActivityRow
from followthrough.web.agreements.rows import ProvisionRow
from followthrough.web.evidence.conflicts import ConflictRow, conflicts_of
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.kit.wording import capital, day, measured, plain
from followthrough.web.pages import agreement_findings
from followthrough.web.pages.agreement_overview import Group, Row
from followthrough.web.pages.current_stage import Line
from followthrough.web.pages.instrument_status import instruments_of
from followthrough.web.papers.ground import Ground
from followthrough.web.papers.words import amounts, origin, period, sentence

L = TypeVar("L", ClaimRow, ActivityRow)
DONE = ("output", "outcome", "agreement", "activity", "funding")
"""Kinds of evidence that say that something was done."""
KEEPERS = ("mechanism", "fund", "institution")
"""Kinds of instruments whose custodian leads what they are for."""
NEXT = 1
"""Targets that a row names as what comes next, the latest."""


def fact(ground: Ground, one: ClaimRow) -> Fact:
    """Return an evidence item."""
    since = side(one.date, ground.facts.begins) is Time.SINCE if one.date and ground.facts.begins else False
    done = since and one.kind in DONE and one.stance != "comparison"
    when = day(one.date) if one.date else _("no date")
    at = ground.at([tie.place for tie in one.ties])
    return Fact(when, at, one.statement, one.unfavourable, origin(one.source), done)


def act(ground: Ground, one: ActivityRow) -> Act:
    """Return an activity."""
    budget = measured(one.budget, one.currency) if one.budget is not None else ""
    state, when = capital(plain(one.state)), period(one.start, one.end)
    return Act(one.title, state, when, budget, ground.at([tie.place for tie in one.ties]), origin(one.source))


def disputes(ground: Ground, rows: Sequence[ConflictRow]) -> tuple[Dispute, ...]:
    """Return questions on which sources disagree, each with the paragraphs that its evidence is linked to."""
    places = {one.id: [tie.place for tie in one.ties] for one in ground.claims}
    return tuple(
        Dispute(
            one.topic, ground.at([place for side_ in one.sides for place in places.get(side_.claim, ())]),
            tuple((side_.says, origin(side_.source)) for side_ in one.sides),
        )
        for one in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of the matrix take from beside their paragraphs; ``sides`` are the items of each dispute."""

    claims: Mapping[str, list[ClaimRow]]
    activities: Mapping[str, list[ActivityRow]]
    conflicts: Mapping[str, ConflictRow]
    sides: Mapping[str, set[str]]
    custodians: Mapping[str, list[str]]
    goals: Sequence[Goal]
    cycle: Round | None

    @property
    def told(self) -> Sequence[Told]:
        """What parties said of themselves."""
        return self.cycle.told if self.cycle else ()

    def answering(self, num: str) -> list[str]:
        """Return the bodies that answer for a paragraph in the reporting cycle."""
        return [body for at, body in self.cycle.leads if at == num] if self.cycle else []


def parts_of(ground: Ground, goals: Sequence[Goal], cycle: Round | None) -> tuple[Part, ...]:
    """Return the sections with their paragraphs; paragraphs in none make one of their own."""
    if ground.heat is None:
        return ()
    conflicts = {one.id: one for one in conflicts_of([one.id for one in ground.known], ground.reader)}
    around = _Around(
        _by_place(ground, ground.claims), _by_place(ground, ground.activities), conflicts,
        {key: {side_.claim for side_ in one.sides} for key, one in conflicts.items()}, _custodians(ground), goals,
        cycle,
    )  # fmt: skip
    return tuple(_part(ground, group, around) for group in ground.heat.groups)


def _part(ground: Ground, group: Group, around: _Around) -> Part:
    by_id = {one.id: one for one in ground.provisions}
    rows = [row for row in group.rows if row.id in ground.ladder.rungs]
    held = {one.id for row in rows for one in around.claims.get(row.id, ())}
    claims = [one for one in ground.claims if one.id in held]
    lines = {row.id: _line(ground, row, around) for row in rows}
    disputed = [one for key, one in around.conflicts.items() if around.sides[key] & held]
    silence = agreement_findings.silence([(row.num, lines[row.id]) for row in rows])
    return Part(
        num=by_id[group.id].num if group.id in by_id else "", name=group.title or ground.facts.short_title,
        finding=_finding(ground, [by_id[row.id] for row in rows]), silence=sentence(silence),
        places=tuple(_place(ground, row, lines[row.id], around) for row in rows),
        facts=tuple(fact(ground, one) for one in claims if _listed(ground, one)),
        disputes=disputes(ground, disputed),
    )  # fmt: skip


def _by_place(ground: Ground, found: Iterable[L]) -> dict[str, list[L]]:
    """Return what is linked to each paragraph, each once, in its order."""
    held: dict[str, list[L]] = {}
    for one in found:
        for place in dict.fromkeys(_home(ground, tie.place) for tie in one.ties):
            held.setdefault(place, []).append(one)
    return held


def _home(ground: Ground, place: str) -> str:
    return ground.homes.get(place, place)


def _listed(ground: Ground, one: ClaimRow) -> bool:
    """Say whether an item stands in the lists of a paper: of its period, where it has one."""
    return not ground.asked.since or (bool(one.date) and side(one.date, ground.asked.since) is Time.SINCE)


def _line(ground: Ground, row: Row, around: _Around) -> Line:
    silent = silent_for([one.date for one in around.claims.get(row.id, ())], ground.asked.as_of)
    return Line(ground.ladder.rungs[row.id], row.total, row.unfavourable, row.newest, silent)


def _finding(ground: Ground, among: Sequence[ProvisionRow]) -> str:
    """Say what came of a section, as its page does."""
    part = ground.ladder.only({one.id for one in among})
    said = agreement_findings.stages(part, "") if ground.known else agreement_findings.nothing(part.total)
    return sentence(said)


def silence(line: Line) -> str:
    """Say for how long nothing dated is on record, where that is a year or more."""
    if line.silent is None:
        return _("nothing dated on record")
    if line.silent < agreement_findings.YEAR:
        return ""
    return _("silent for %(months)s months") % {"months": line.silent}


def _place(ground: Ground, row: Row, line: Line, around: _Around) -> Place:
    claims, acts = around.claims.get(row.id, []), around.activities.get(row.id, [])
    newest = next((one for one in claims if one.date and one.date == row.newest), None)
    ids = {one.id for one in claims}
    mine = [one for one in ground.commitments if _home(ground, one.id) == row.id]
    heat = ground.heat.years if ground.heat else []
    largest = sorted(acts, key=lambda one: (-(one.budget or 0), one.title))
    return Place(
        num=row.num, title=row.title, stage=int(line.stage), stage_word=capital(line.stage.label),
        commitments=tuple(one.said for one in mine),
        lead=_lead(acts, around.answering(row.num), around.custodians.get(row.id, ())),
        acts=tuple(act(ground, one) for one in largest),
        budgets=amounts((one.currency, one.budget) for one in acts if not one.parent),
        newest=fact(ground, newest) if newest else None, newest_date=day(row.newest) if row.newest else "",
        noted=row.total, adverse=row.unfavourable, silence=silence(line),
        disputes=sum(bool(held & ids) for held in around.sides.values()),
        next=_next(row.num, around.goals, around.told),
        years=tuple(cell.count for cell in row.within(heat)),
    )  # fmt: skip


def _lead(acts: Iterable[ActivityRow], answering: list[str], custodians: Iterable[str]) -> tuple[str, ...]:
    """Return who leads: who answers for it in the cycle, else who leads most activities; and who keeps the fund."""
    bodies = Counter(one.lead_body for one in acts if one.lead_body)
    most = [body for body, _count in sorted(bodies.items(), key=lambda pair: (-pair[1], pair[0]))[:1]]
    return tuple(dict.fromkeys([*(answering or most), *list(custodians)[:1]]))


def _custodians(ground: Ground) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in instruments_of(ground.facts.id, ground.reader, ground.asked.past):
        if one.kind in KEEPERS and one.custodian:
            for place in one.places:
                found.setdefault(_home(ground, place), []).append(one.custodian)
    return found


def _next(num: str, goals: Sequence[Goal], told: Sequence[Told]) -> tuple[str, ...]:
    """Return what comes next: the latest targets that are still open, and the next steps that parties reported."""
    still = [one for one in goals if num in one.at and one.open]
    due = _("%(target)s Due %(due)s.")
    named = [
        due % {"target": one.says, "due": one.due} if one.due and one.due not in one.says else one.says
        for one in still[-NEXT:]
    ]
    steps = [f"{one.party}: {one.next}" for one in told if one.num == num and one.next]
    return (*named[::-1], *steps)
