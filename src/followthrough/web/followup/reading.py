"""What a report is read with: the questions of its cycle, the report before it, and the evidence on record."""

from __future__ import annotations

from followthrough.web.accounts.policy import Actor
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.evidence.rows import ClaimRow, claims_of
from followthrough.web.followup.answers import Choice, text_of
from followthrough.web.followup.models import Comment, Cycle, Question, Report, Submission
from followthrough.web.followup.policy import visible_comments
from followthrough.web.followup.questions import Asked, QuestionKind
from followthrough.web.links.scope import Scope

ACCEPTED = "accepted"


def asked_of(cycle: str) -> tuple[Asked, ...]:
    """Return the questions of a cycle in their order."""
    rows = Question.objects.filter(cycle=cycle).order_by("position").values_list("key", "kind", "words", "hint")
    return tuple(Asked(key, QuestionKind(kind), words, hint) for key, kind, words, hint in rows)


def accepted_before(report: Report) -> Submission | None:
    """Return the last accepted submission of a report's party on its place, in an earlier cycle of the agreement.

    One that says "no change" points to the one before it, which is returned in its place.
    """
    cycle = Cycle.objects.get(pk=report.cycle_id)
    held = Submission.objects.filter(
        decision=ACCEPTED, report__party=report.party_id, report__provision=report.provision_id,
        report__cycle__document=cycle.document_id, report__cycle__opened__lt=cycle.opened,
        report__cycle__example=cycle.example,
    )  # fmt: skip
    for one in held.select_related("report__cycle").order_by("-sent", "-number"):
        if text_of(one.answers, "answer.choice") != Choice.NO_CHANGE:
            return one
    return None


def members_of(report: Report) -> list[Report]:
    """Return the reports that are answered with this one, and lock them."""
    held = Report.objects.select_for_update(no_key=True).filter(answered_with=report).order_by("pk")
    return list(held)


def claims_naming(report: Report, by: Actor) -> list[ClaimRow]:
    """Return the evidence on record of a report's party on its place, newest first."""
    commitments = report.assignments.values_list("commitment_id", flat=True)
    scope = Scope(places=(report.provision_id, *commitments), by=by)
    named = parties_named(scope)
    found = [one for one in claims_of(scope) if report.party_id in named.get(one.id, ())]
    return found[::-1]


def comments_on(report: Report, by: Actor) -> dict[str, list[Comment]]:
    """Return what secretariat and party said about a report, oldest first, by the key of the question."""
    found: dict[str, list[Comment]] = {}
    for one in visible_comments(by).filter(report=report).order_by("pk"):
        found.setdefault(one.question, []).append(one)
    return found
