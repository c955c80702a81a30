"""Reporting cycles and published ratings as rows of a pack: of reports what was accepted, of ratings what is public.

Their records have numbers of their own, which differ from register to register, and hold what never leaves one: drafts,
what waits or was returned, comments, values of rounds that are not published, and who did it all. So each table is read
by a function that names what it takes, and an id of a row is made of what the row is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from followthrough.packs.cells import Row, clean
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import PartyEvent
from followthrough.web.assessments.models import PUBLISHED, Assessment, RatingUnit
from followthrough.web.assessments.rows import RatingUnitRow, cells_of
from followthrough.web.evidence.models import Claim
from followthrough.web.followup.models import Assignment, Cycle, Question, RecordCheck, Report, Submission
from followthrough.web.followup.party_record import ACTIVITY, CLAIM, FIELDS, FIGURE, STEP, as_fields, newest_figures
from followthrough.web.followup.states import ACCEPTED, RIGHT


@dataclass(frozen=True, slots=True)
class Reach:
    """Which cycles, reports, accepted versions, confirmations and published rounds are read."""

    cycles: QuerySet[Cycle]
    reports: QuerySet[Report]
    versions: QuerySet[Submission]
    checks: QuerySet[RecordCheck]
    rounds: QuerySet[Assessment]


def everything() -> Reach:
    """Return the reach of an export of the whole register: all that leaves it at all."""
    return Reach(
        Cycle.objects.all(), Report.objects.all(), Submission.objects.filter(decision=ACCEPTED),
        RecordCheck.objects.filter(answer=RIGHT, replaced=False), Assessment.objects.filter(state=PUBLISHED),
    )  # fmt: skip


def moment(at: datetime | None) -> str:
    """Return a moment as a cell holds it, in whole seconds of universal time; empty for none."""
    return "" if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def report_id(cycle: str, party: str, place: str) -> str:
    """Return the id of what a cycle asks of a party about a place."""
    return f"{cycle}/{party}/{place}"


def cell_id(round_: str, commitment: str, party: str) -> str:
    """Return the id of one commitment of one party in a round."""
    return f"{round_}/{commitment}/{party}"


def _cycles(reach: Reach) -> Iterator[Row]:
    for one in reach.cycles:
        yield {
            "id": one.pk, "document": one.document_id, "title": clean(one.title), "period_start": one.period_start,
            "period_end": one.period_end, "opened": moment(one.opened), "due": moment(one.due),
            "late_until": moment(one.late_until), "zone": one.zone, "shown": one.shown, "closed": moment(one.closed),
            "example": one.example, "previous": one.previous_id,
        }  # fmt: skip


def _questions(reach: Reach) -> Iterator[Row]:
    for one in Question.objects.filter(cycle__in=reach.cycles.order_by().values("pk")):
        yield {
            "id": f"{one.cycle_id}/{one.key}", "cycle": one.cycle_id, "key": one.key, "kind": one.kind,
            "words": clean(one.words), "hint": clean(one.hint), "position": one.position,
        }  # fmt: skip


_ASKED = ("cycle_id", "party_id", "provision_id")


def _of_report(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}__{name}" for name in _ASKED)


def _reports(reach: Reach) -> Iterator[Row]:
    accepted = set(reach.versions.order_by().values_list("report", flat=True))
    rows: Any = reach.reports.order_by("pk").values_list("pk", *_ASKED, "position", *_of_report("answered_with"))
    for pk, cycle, party, place, position, *head in rows:
        yield {
            "id": report_id(cycle, party, place), "cycle": cycle, "party": party, "provision": place,
            "position": position, "answered_with": report_id(*head) if head[0] and pk in accepted else None,
        }  # fmt: skip


def _commitments(reach: Reach) -> Iterator[Row]:
    held = Assignment.objects.filter(report__in=reach.reports.order_by().values("pk")).order_by("pk")
    rows: Any = held.values_list(*_of_report("report"), "commitment", "lead")
    for *asked, commitment, lead in rows:
        report = report_id(*asked)
        yield {"id": f"{report}/{commitment}", "report": report, "commitment": commitment, "lead": clean(lead)}


def _versions(reach: Reach) -> Iterator[Row]:
    columns = ("number", "report__first_sent", "sent", "late", "decided", "published")
    rows: Any = reach.versions.order_by("pk").values_list(*_of_report("report"), *columns)
    for cycle, party, place, number, first, sent, late, decided, published in rows:
        report = report_id(cycle, party, place)
        yield {
            "id": f"{report}/v{number}", "report": report, "number": number, "first_sent": moment(first or sent),
            "sent": moment(sent), "late": late, "accepted": moment(decided), "published": moment(published),
        }  # fmt: skip


def _answers(reach: Reach) -> Iterator[Row]:
    rows: Any = reach.versions.order_by("pk").values_list(*_of_report("report"), "number", "answers")
    for *asked, number, answers in rows:
        version = f"{report_id(*asked)}/v{number}"
        for field, said in answers.items():
            several = isinstance(said, list)
            if words := clean("; ".join(said) if several else said):
                yield {"id": f"{version}/{field}", "version": version, "field": field, "words": words,
                       "several": several}  # fmt: skip


OF_RECORD = {"claim": CLAIM, "activity": ACTIVITY, "party_event": STEP, "indicator": FIGURE}
"""The kinds of records that can be confirmed, by their column."""


def standing_fields(indicators: Iterable[str]) -> Callable[[str, str, str], dict[str, str] | None]:
    """Return what tells what is confirmed of a record of a kind, by its id and the party, as it stands; or nothing.

    ``indicators`` are those of which figures are asked about.
    """
    held: Mapping[str, QuerySet[Any]] = {
        CLAIM: Claim.objects.all(), ACTIVITY: Activity.objects.all(), STEP: PartyEvent.objects.all()
    }  # fmt: skip
    rows = {kind: {row.pop("pk"): as_fields(row) for row in every.values("pk", *FIELDS[kind])}
            for kind, every in held.items()}  # fmt: skip
    figures = newest_figures(indicators)

    def stands(kind: str, record: str, party: str) -> dict[str, str] | None:
        return figures.get((record, party)) if kind == FIGURE else rows[kind].get(record)

    return stands


def _confirmations(reach: Reach) -> Iterator[Row]:
    stands = standing_fields(set(reach.checks.filter(kind=FIGURE).values_list("record", flat=True)))
    for one in reach.checks.order_by("pk"):
        if stands(one.kind, one.record, one.party_id) != one.before:
            continue  # it was corrected since, and what stands now was confirmed by nobody
        yield {
            "id": f"{one.cycle_id}/{one.party_id}/{one.record}", "cycle": one.cycle_id, "party": one.party_id,
            "confirmed": moment(one.at),
            **{column: one.record if one.kind == kind else None for column, kind in OF_RECORD.items()},
        }  # fmt: skip


def _rounds(reach: Reach) -> Iterator[Row]:
    for one in reach.rounds:
        yield {
            "id": one.pk, "document": one.document_id, "title": clean(one.title), "scale": one.scale,
            "scale_version": one.scale_version, "na": one.na, "opened": moment(one.opened),
            "reply_until": one.reply_until.isoformat() if one.reply_until else "", "published": moment(one.published),
            "example": one.example, "imported": clean(one.imported),
        }  # fmt: skip


def _cells(reach: Reach) -> Iterator[Row]:
    for one in RatingUnit.objects.filter(assessment__in=reach.rounds.order_by().values("pk")):
        yield {
            "id": cell_id(one.assessment_id, one.commitment_id, one.party_id), "round": one.assessment_id,
            "commitment": one.commitment_id, "party": one.party_id, "note": one.note_id, "position": one.position,
        }  # fmt: skip


def _rated(reach: Reach) -> Iterator[tuple[str, RatingUnitRow]]:
    for one in reach.rounds:
        for cell in cells_of(one):
            yield cell_id(one.pk, cell.commitment, cell.party), cell


def _final(reach: Reach) -> Iterator[Row]:
    for key, cell in _rated(reach):
        for one in cell.verdicts:
            yield {
                "id": f"{key}/v{one.number}", "cell": key, "number": one.number, "value": one.value,
                "why": clean(one.why), "reason": one.reason, "claims": list(one.claims), "made": moment(one.at),
            }  # fmt: skip


def _coded(reach: Reach) -> Iterator[Row]:
    for key, cell in _rated(reach):
        for letter, one in cell.ratings:
            yield {
                "id": f"{key}/coder-{letter}", "cell": key, "coder": letter, "value": one.value, "why": clean(one.why),
                "sure": one.sure, "claims": list(one.claims), "submitted": moment(one.submitted),
            }  # fmt: skip


def _replies(reach: Reach) -> Iterator[Row]:
    for key, cell in _rated(reach):
        for number, one in enumerate(cell.replies, start=1):
            yield {"id": f"{key}/reply-{number}", "cell": key, "words": clean(one.text), "at": moment(one.at)}


READERS: Mapping[str, Callable[[Reach], Iterable[Row]]] = {
    "rounds": _rounds, "round_cells": _cells, "final_ratings": _final, "coder_ratings": _coded,
    "rating_replies": _replies, "cycles": _cycles, "cycle_questions": _questions, "reports": _reports,
    "report_commitments": _commitments, "report_versions": _versions, "report_answers": _answers,
    "confirmations": _confirmations,
}  # fmt: skip
"""How each of these tables is read."""


def reported_rows(table: str, reach: Reach) -> dict[str, Row]:
    """Return the rows of one of these tables by id."""
    return {str(row["id"]): row for row in READERS[table](reach)}
