"""Open a round of rating, reassign its open cells, open its reply period, publish it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, may, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, Document, InterpretiveNote, Party
from followthrough.web.assessments.models import PUBLISHED, RATING, REPLY, Assessment, Rating, RatingUnit
from followthrough.web.assessments.stamps import round_stamp
from followthrough.web.assessments.values import all_scales, scale_of
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.ids import create
from followthrough.web.kit.wording import day, listing

MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round covers: commitments by parties, rated by two coders or more, on one scale."""

    title: str
    scale: str
    commitments: tuple[str, ...]
    parties: tuple[str, ...]
    coders: tuple[str, ...]
    example: bool = False


def open_round(document: Document, plan: Plan, *, by: Actor) -> Assessment:
    """Open a round.

    The newest note of each commitment is frozen for it: later versions open later rounds. Raises ``NotAllowed``;
    ``InvalidEntry`` for a commitment without a note, or fewer than two coders.
    """
    require(by, Permission.ASSESS, document)
    problems: dict[str, str] = {}
    commitments = list(
        Commitment.objects.filter(pk__in=plan.commitments, provision__document=document, withdrawn="")
        .order_by("provision__position", "position")
    )  # fmt: skip
    notes = _notes(commitments, problems)
    parties = list(Party.objects.filter(pk__in=plan.parties).order_by("pk"))
    coders = list(User.objects.filter(username__in=plan.coders, is_active=True).order_by("pk"))
    _check_plan(plan, document, commitments, parties, coders, problems)
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        one = create(
            Assessment, stem_of(document, plan.title), document=document, title=plan.title.strip(), scale=plan.scale,
            scale_version=scale_of(plan.scale).version, opened=timezone.now(), opened_by=name_of(by),
            example=plan.example,
        )  # fmt: skip
        cells = RatingUnit.objects.bulk_create(
            RatingUnit(assessment=one, commitment=commitment, party=party, note=notes[commitment.pk], position=at)
            for at, (commitment, party) in enumerate((c, p) for c in commitments for p in parties)
        )
        Rating.objects.bulk_create([Rating(cell=cell, coder=coder) for cell in cells for coder in coders], 500)
        said = {"scale": one.scale, "cells": len(cells), "coders": len(coders)}
        record(name_of(by), EventType.ASSESSMENT_OPENED, "assessment", one.pk, said)
    return one


def _notes(commitments: Sequence[Commitment], problems: dict[str, str]) -> dict[str, InterpretiveNote]:
    found = {
        note.commitment_id: note
        for note in InterpretiveNote.objects.filter(commitment__in=commitments).order_by("version")
    }
    missing = [one.pk for one in commitments if one.pk not in found]
    if missing:
        problems["commitments"] = _("%(missing)s has no interpretive note: write what would count first") % {
            "missing": ", ".join(missing[:5])
        }
    return found


def _check_plan(
    plan: Plan, document: Document, commitments: list[Commitment], parties: list[Party], coders: list[User],
    problems: dict[str, str],
) -> None:  # fmt: skip
    if not plan.title.strip() or len(plan.title) > 200:
        problems["title"] = _("give it a title of at most 200 characters")
    if plan.scale not in (known := all_scales()):
        problems["scale"] = _("choose one of %(known)s") % {"known": ", ".join(known)}
    if not commitments:
        problems["commitments"] = _("choose at least one commitment of this agreement")
    if not parties:
        problems["parties"] = _("choose at least one party")
    if len(commitments) * len(parties) > MOST_CELLS:
        problems["parties"] = _("that is more than %(most_cells)s ratings: make two rounds") % {
            "most_cells": f"{MOST_CELLS:,}"
        }
    unfit = [one.username for one in coders if not may(one, Permission.RATE, document)]
    if len(coders) < 2:
        problems["coders"] = _("name at least two coders: one value has nothing to agree with")
    elif unfit:
        problems["coders"] = _("%(unfit)s may not rate commitments") % {"unfit": ", ".join(unfit)}


def stem_of(document: Document, title: str) -> str:
    """Return what the id of a round begins with."""
    return slugify(f"{document.pk} {title}")[:70].rstrip("-") or "round"


def reassign(assessment: Assessment, leaving: str, coming: str, *, by: User, seen: str | None = None) -> int:
    """Give what a coder has not submitted to another, unread; return how many cells. What was submitted stays.

    Raises ``NotAllowed``, ``EditConflict`` where the round is over, ``InvalidEntry`` for people who cannot.
    """
    require(by, Permission.ASSESS, assessment.document)
    people = {one.username: one for one in User.objects.filter(username__in=[leaving, coming], is_active=True)}
    new = people.get(coming)
    with transaction.atomic():
        if lock_as_seen(assessment, seen).state != RATING:
            raise EditConflict(_("the round is over"))
        open_ = Rating.objects.select_for_update(no_key=True).filter(
            cell__assessment=assessment, coder__username=leaving, submitted=None
        )
        cells = list(open_.values_list("cell_id", flat=True))
        problems = {}
        if not cells:
            problems["leaving"] = _("%(leaving)s has nothing open in this round") % {"leaving": leaving or "nobody"}
        if new is None or not may(new, Permission.RATE, assessment.document):
            problems["coming"] = _("%(coming)s may not rate commitments") % {"coming": coming or "nobody"}
        elif Rating.objects.filter(cell__in=cells, coder=new).exists():
            problems["coming"] = _("%(coming)s rates some of these already") % {"coming": coming}
        if problems or new is None:
            raise InvalidEntry(problems)
        open_.update(coder=new, value="", why="", sure="", claims=[])
        said = {"from": leaving, "to": coming, "cells": len(cells)}
        record(by.username, EventType.ASSESSMENT_HANDED_OVER, "assessment", assessment.pk, said)
    return len(cells)


def lock_as_seen(assessment: Assessment, seen: str | None) -> Assessment:
    held = lock_round(assessment)
    until = [("Replies until", day(held.reply_until.isoformat()))] if held.reply_until else []
    settled = f"{held.cells.filter(verdicts__number=1).count()} of {held.cells.count()}"
    stored = [("State", held.state), ("Final ratings", settled), *until]
    edit_conflicts.compare(seen, round_stamp(held), "assessment", held.pk, stored)
    return held


def lock_round(assessment: Assessment) -> Assessment:
    """Lock a round and return it as it stands: every action asks its state here, not of what was read before."""
    return Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)


def open_reply(assessment: Assessment, days: int, *, by: User, seen: str | None = None) -> None:
    """Open the period in which the parties concerned may reply. Raises ``EditConflict`` while a cell is not settled."""
    require(by, Permission.ASSESS, assessment.document)
    if not 0 <= days <= 365:
        raise InvalidEntry({"days": _("give 0 to 365 days")})
    with transaction.atomic():
        held = lock_as_seen(assessment, seen)
        left = held.cells.filter(verdicts__isnull=True).count()
        if held.state != RATING or left:
            raise EditConflict(
                _("%(left)s ratings are not final yet") % {"left": left}
                if left
                else _("the reply period was opened before")
            )
        held.state, held.reply_until = REPLY, timezone.localdate() + timedelta(days=days)
        held.save()
        record(by.username, EventType.ASSESSMENT_REPLY_OPENED, "assessment", held.pk, {"until": str(held.reply_until)})


def waiting_for(assessment: Assessment, today: date | None = None) -> list[str]:
    """Return the names of the parties that may still reply and have not: while there is one, nothing is published."""
    until = assessment.reply_until
    if assessment.state != REPLY or until is None or (today or timezone.localdate()) >= until:
        return []
    replied = assessment.cells.filter(replies__isnull=False).values("party")
    names = Party.objects.filter(cells__assessment=assessment).exclude(pk__in=replied).values_list("name", flat=True)
    return sorted(set(names))


def publish(assessment: Assessment, *, by: User, today: date | None = None, seen: str | None = None) -> None:
    """Publish a round: after its reply period, or before it where every party of it has replied.

    Raises ``NotAllowed``, ``EditConflict``.
    """
    require(by, Permission.ASSESS, assessment.document)
    with transaction.atomic():
        held = lock_as_seen(assessment, seen)
        if held.state != REPLY or held.reply_until is None:
            raise EditConflict(
                _("it is published already") if held.state == PUBLISHED else _("open the reply period first")
            )
        if waiting := waiting_for(held, today):
            raise EditConflict(
                _("not yet: %(waiting)s may reply until %(value)s")
                % {"waiting": listing(waiting), "value": day(held.reply_until.isoformat())}
            )
        held.state, held.published = PUBLISHED, timezone.now()
        held.save()
        record(by.username, EventType.ASSESSMENT_PUBLISHED, "assessment", held.pk, {"cells": held.cells.count()})
