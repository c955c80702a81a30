"""Keep what a coder gives. No event holds a value before all coders are in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.assessments.actions.rounds import lock_round
from followthrough.web.assessments.models import RATING, Rating, RatingUnit
from followthrough.web.assessments.stamps import rating_stamp
from followthrough.web.assessments.values import SILENT, SURE, known_words, scale_of
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.links.models import Link

LONGEST_WHY = 1000


@dataclass(frozen=True, slots=True)
class RatingInput:
    """What a coder, or who settles, says of a cell."""

    value: str
    why: str
    claims: tuple[str, ...] = ()
    sure: str = ""


def rate(cell: RatingUnit, answer: RatingInput, *, by: User, submit: bool = True, seen: str | None = None) -> None:
    """Keep a coder's value of a cell; once submitted it is not changed any more.

    Raises ``NotAllowed`` for who is no coder of it; ``EditConflict`` where it was submitted before, the round is over
    or the coder saved it in another window; ``InvalidEntry`` for a value that the scale has not, a missing reason, a
    rating without evidence.
    """
    document = cell.assessment.document
    require(by, Permission.RATE, document)
    with transaction.atomic():
        state = lock_round(cell.assessment).state
        held = Rating.objects.select_for_update(no_key=True).filter(cell=cell, coder=by).first()
        if held is None:
            said = _("%(by)s is no coder of %(cell)s") % {"by": by, "cell": cell}
            raise NotAllowed(said, Permission.RATE)
        if held.submitted or state != RATING:
            raise EditConflict(_("this value was submitted before; it is changed by nobody now"))
        _compare_rating(seen, held)
        check_rating(cell, answer, draft=not submit)
        held.value, held.why, held.claims, held.sure = answer.value, answer.why, list(answer.claims), answer.sure
        held.submitted = timezone.now() if submit else None
        held.save()
        if submit:
            # the value stays out of the record: it is the coder's alone until all are in
            record(by.username, EventType.RATING_SUBMITTED, "cell", str(cell.pk), {"assessment": cell.assessment_id})


def _compare_rating(seen: str | None, held: Rating) -> None:
    """Raise ``EditConflict`` where the coder saved it in another window. No event may hold a value."""
    if seen is not None and seen != rating_stamp(held):
        stored = [("Your rating", held.value), ("Why?", held.why), ("Evidence", ", ".join(held.claims))]
        raise EditConflict(_("You changed this in another window since you opened the page."), stored=stored)


def check_rating(cell: RatingUnit, answer: RatingInput, *, draft: bool = False) -> None:
    """Raise ``InvalidEntry`` where an answer cannot stand: its value, its reason or its evidence.

    A draft may lack any of them; what it holds must stand.
    """
    problems: dict[str, str] = {}
    scale = scale_of(cell.assessment.scale)
    if answer.value not in known_words(scale) and (answer.value or not draft):
        problems["value"] = _("choose one of the values")
    if len(answer.why) > LONGEST_WHY:
        problems["why"] = _("write at most %(longest_why)s characters") % {"longest_why": LONGEST_WHY}
    elif not draft and not answer.why.strip():
        problems["why"] = _("say why, in a sentence that another coder could check")
    if answer.sure and answer.sure not in SURE:
        problems["sure"] = _("choose one of the answers")
    held = set(claims_of(cell)) if answer.claims else set()
    if missing := [one for one in answer.claims if one not in held]:
        problems["claims"] = _("%(missing)s is not linked to this commitment") % {"missing": ", ".join(missing[:5])}
    elif not draft and not answer.claims and answer.value not in SILENT:
        problems["claims"] = _(
            "tick at least one evidence item; only a value that says there is no evidence needs none"
        )
    if problems:
        raise InvalidEntry(problems)


def claims_of(cell: RatingUnit) -> list[str]:
    """Return the ids of the claims that are tied to a cell's commitment or its paragraph, and stand."""
    held = Link.objects.filter(claim__withdrawn="", claim__isnull=False)
    ids = held.filter(commitment=cell.commitment_id) | held.filter(provision=cell.commitment.provision_id)
    return sorted(set(ids.values_list("claim_id", flat=True)))
