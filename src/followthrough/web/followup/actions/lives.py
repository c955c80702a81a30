"""Decide where a commitment is in its life, against what the rules say, and take that back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.assess.life import LifeState
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.models import LifeDecision
from followthrough.web.kit.errors import EditConflict, InvalidEntry

LONGEST_REASON = 1000


def decide_life(commitment: Commitment, state: str, reason: str, *, by: Actor, seen: str | None) -> LifeDecision:
    """Decide a state, with a reason; a decision that held before is taken back by it.

    Raises ``NotAllowed``; ``InvalidEntry`` without a state or a reason; ``EditConflict`` where somebody else decided.
    """
    require(by, Permission.EDIT, commitment.provision.document)
    problems, said = {}, reason.strip()
    if state not in set(LifeState):
        problems["state"] = _("choose a state")
    if not said or len(said) > LONGEST_REASON:
        problems["reason"] = _("say why, with at most 1,000 characters")
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        held = _lock(commitment, seen)
        if held is not None:
            _end(held, by)
        made = LifeDecision.objects.create(
            commitment=commitment, state=state, reason=said, decided=clock.now(), decided_by=name_of(by)
        )
        about = {"state": state, "reason": said, "before": held.state if held else ""}
        record(name_of(by), EventType.COMMITMENT_LIFE_DECIDED, "commitment", commitment.pk, about)
    return made


def take_back_decision(commitment: Commitment, *, by: Actor, seen: str | None) -> None:
    """Take back the decision that holds: the rules decide again.

    Raises ``NotAllowed``; ``EditConflict`` where none holds, or somebody else decided.
    """
    require(by, Permission.EDIT, commitment.provision.document)
    with transaction.atomic():
        held = _lock(commitment, seen)
        if held is None:
            raise EditConflict(_("no decision holds"))
        _end(held, by)
        record(name_of(by), EventType.COMMITMENT_LIFE_TAKEN_BACK, "commitment", commitment.pk, {"state": held.state})


def decision_stamp(decision: LifeDecision | None) -> str:
    """Return the stamp of the decision that holds, or of there being none."""
    return edit_conflicts.stamp(decision.pk if decision else 0)


def decision_that_holds(commitment: str) -> LifeDecision | None:
    """Return the decision about a commitment that was not taken back."""
    return LifeDecision.objects.filter(commitment=commitment, taken_back=None).first()


def _lock(commitment: Commitment, seen: str | None) -> LifeDecision | None:
    Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
    held = decision_that_holds(commitment.pk)
    stored = [(_("State"), held.state if held else "")]
    edit_conflicts.compare(seen, decision_stamp(held), "commitment", commitment.pk, stored)
    return held


def _end(held: LifeDecision, by: Actor) -> None:
    held.taken_back, held.taken_back_by = clock.now(), name_of(by)
    held.save(update_fields=["taken_back", "taken_back_by"])
