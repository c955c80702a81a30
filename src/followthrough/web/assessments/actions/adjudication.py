"""Adjudicate what coders rated: agreed values at once, others one by one; a later change has a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.assessments.actions.ratings import RatingInput, check_rating
from followthrough.web.assessments.actions.rounds import lock_as_seen, lock_round
from followthrough.web.assessments.models import AdjudicatedRating, Assessment, Rating, RatingUnit
from followthrough.web.assessments.stamps import verdict_stamp
from followthrough.web.assessments.values import REASONS
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.kit.errors import EditConflict, InvalidEntry


def adjudicate_agreed(assessment: Assessment, *, by: User, seen: str | None = None) -> int:
    """Settle every cell on which all coders gave the same value; return how many."""
    require(by, Permission.ADJUDICATE, assessment.document)
    settled = []
    with transaction.atomic():
        for cell, ratings in complete(lock_as_seen(assessment, seen)):
            values = {one.value for one in ratings}
            if len(values) == 1 and not any(one.coder_id == by.pk for one in ratings):
                claims = sorted({claim for one in ratings for claim in one.claims})
                why = "Both coders gave it." if len(ratings) == 2 else f"All {len(ratings)} coders gave it."
                settled.append(AdjudicatedRating(cell=cell, number=1, value=values.pop(), why=why, claims=claims,
                                       by=by.username, at=timezone.now()))  # fmt: skip
        AdjudicatedRating.objects.bulk_create(settled, 500)
        record_all(
            by.username, ((EventType.CELL_SETTLED, "cell", str(one.cell_id), {"value": one.value}) for one in settled)
        )
    return len(settled)


def complete(assessment: Assessment) -> list[tuple[RatingUnit, list[Rating]]]:
    """Return the cells without a verdict for which every coder has submitted, with their ratings."""
    open_cells = assessment.cells.filter(verdicts__isnull=True).prefetch_related("ratings")
    found = [(cell, list(cell.ratings.all())) for cell in open_cells]
    return [(cell, ratings) for cell, ratings in found if ratings and all(one.submitted for one in ratings)]


def adjudicate(
    cell: RatingUnit, answer: RatingInput, *, by: User, reason: str = "", seen: str | None = None
) -> AdjudicatedRating:
    """Settle a cell, or, once it is published, change it with a code for the reason; the earlier verdict stays.

    Raises ``NotAllowed`` (also for a coder of the cell), ``EditConflict`` while a coder is still out, ``InvalidEntry``.
    """
    assessment = cell.assessment
    require(by, Permission.ADJUDICATE, assessment.document)
    if cell.ratings.filter(coder=by).exists():
        why_not = _("%(by)s rated %(cell)s and may not adjudicate it") % {"by": by, "cell": cell}
        raise NotAllowed(why_not, Permission.ADJUDICATE)
    with transaction.atomic():
        lock_round(assessment)
        last = cell.verdicts.order_by("-number").first()
        stored = [("Value", last.value), ("Why", last.why)] if last else []
        edit_conflicts.compare(seen, verdict_stamp(last), "cell", str(cell.pk), stored)
        if cell.ratings.filter(submitted=None).exists():
            raise EditConflict(_("a coder has not submitted yet; nothing is adjudicated before all are in"))
        check_rating(cell, answer)
        if last and reason not in REASONS:
            raise InvalidEntry(
                {"reason": _("choose why it changes: %(value)s") % {"value": ", ".join(REASONS.values())}}
            )
        number = last.number + 1 if last else 1
        verdict = AdjudicatedRating.objects.create(
            cell=cell, number=number, value=answer.value, why=answer.why.strip(), reason=reason if last else "",
            claims=list(answer.claims), by=by.username, at=timezone.now(),
        )  # fmt: skip
        said = {"value": answer.value, "before": last.value if last else "", "reason": verdict.reason}
        record(by.username, EventType.CELL_CHANGED if last else EventType.CELL_SETTLED, "cell", str(cell.pk), said)
    return verdict
