"""A table of ratings that was made elsewhere, brought into the register as a published round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.assess.ratings import MISSING, Ratings
from followthrough.assess.scales import Scale
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, Document, Party
from followthrough.web.assessments.actions.rounds import stem_of
from followthrough.web.assessments.models import PUBLISHED, AdjudicatedRating, Assessment, RatingUnit, Reply
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.ids import create


@dataclass(frozen=True, slots=True)
class RatedRound:
    """A round that was rated elsewhere: its cells as (commitment, party, value, why), ``value`` empty for none.

    ``source`` says where it is from.
    """

    title: str
    scale: Scale
    source: str
    cells: Sequence[tuple[Commitment, Party, str, str]]


def import_ratings(
    document: Document, title: str, ratings: Ratings, scale: Scale, source: str, *, by: Actor
) -> Assessment:  # fmt: skip
    """Bring a table that was rated elsewhere into the register as a published round, with the word of where it is from.

    A commitment is named by its id or its number, 4.3b. It has no coders here, so no agreement is known. Raises
    ``NotAllowed``, ``InvalidEntry`` for commitments and parties that the register has not.
    """
    require(by, Permission.ASSESS, document)
    held, parties = _rated(document, title, ratings, source)
    rows = zip(ratings.commitment.tolist(), ratings.party.tolist(), ratings.value.tolist(), strict=True)
    words = [one.word for one in scale.values]
    cells = [
        (held[commitment], parties[party], "" if value == MISSING else words[value], "")
        for commitment, party, value in rows
    ]
    with transaction.atomic():
        return import_round(document, RatedRound(title, scale, source, cells), by=by)


def import_round(document: Document, given: RatedRound, *, by: Actor) -> Assessment:
    """Write a round that was rated elsewhere, published, with an event for it and one for each adjudicated cell.

    Called in the transaction of the file that it is from. Raises ``NotAllowed``.
    """
    require(by, Permission.ASSESS, document)
    now = timezone.now()
    title, source = given.title.strip()[:200], given.source.strip()[:300]
    one = create(
        Assessment, stem_of(document, title), document=document, title=title, scale=given.scale.id,
        scale_version=given.scale.version, opened=now, opened_by=name_of(by), published=now, state=PUBLISHED,
        imported=source,
    )  # fmt: skip
    cells = RatingUnit.objects.bulk_create(
        (
            RatingUnit(assessment=one, commitment=commitment, party=party, position=at)
            for at, (commitment, party, _value, _why) in enumerate(given.cells)
        ),
        500,
    )
    settled = [
        AdjudicatedRating(
            cell=cell, number=1, value=value, by=name_of(by), at=now,
            why=f"Imported: {source}" + (f". Given: {why}" if why else ""),
        )
        for cell, (_commitment, _party, value, why) in zip(cells, given.cells, strict=True)
        if value
    ]  # fmt: skip
    AdjudicatedRating.objects.bulk_create(settled, 500)
    said = {"cells": len(cells), "source": source}
    record(name_of(by), EventType.ASSESSMENT_IMPORTED, "assessment", one.pk, said)
    record_all(
        name_of(by), ((EventType.CELL_SETTLED, "cell", str(one.cell.pk), {"value": one.value}) for one in settled)
    )
    return one


def remove_imported(key: str, *, by: Actor) -> None:
    """Take a round that was imported off the register, in the transaction of what takes its import back.

    Raises ``NotAllowed``; ``EditConflict`` where it is no such round, or a cell was adjudicated anew or replied to.
    """
    one = Assessment.objects.select_for_update(of=("self",), no_key=True).filter(pk=key).exclude(imported="").first()
    if one is None:
        raise EditConflict(_("There is no such round that was imported."))
    require(by, Permission.ASSESS, one.document)
    later = AdjudicatedRating.objects.filter(cell__assessment=one, number__gt=1).exists()
    if later or Reply.objects.filter(cell__assessment=one).exists():
        raise EditConflict(
            _("Somebody adjudicated a cell of this round anew, or replied. Nothing was taken back."),
            stored=[(one.pk, one.title)],
        )
    cells = RatingUnit.objects.filter(assessment=one)
    events = [
        (EventType.CELL_REMOVED, "cell", str(cell), {"round": key}) for cell in cells.values_list("pk", flat=True)
    ]
    AdjudicatedRating.objects.filter(cell__assessment=one).delete()
    cells.delete()
    one.delete()
    record(name_of(by), EventType.ASSESSMENT_REMOVED, "assessment", key, {"title": one.title, "source": one.imported})
    record_all(name_of(by), events)


def _rated(
    document: Document, title: str, ratings: Ratings, source: str
) -> tuple[list[Commitment], list[Party]]:  # fmt: skip
    """Return the commitments and parties of a table, in its order. Raises ``InvalidEntry`` for those not there."""
    keys = [key if "/" in key else f"{document.pk}/{key}" for key in ratings.commitments]
    held = {one.pk: one for one in Commitment.objects.filter(pk__in=keys, provision__document=document)}
    parties = {one.pk: one for one in Party.objects.filter(pk__in=ratings.parties)}
    problems = {}
    if missing := [key for key in keys if key not in held]:
        problems["commitments"] = _("the agreement has no commitment %(missing)s") % {
            "missing": ", ".join(missing[:10])
        }
    if missing := [key for key in ratings.parties if key not in parties]:
        problems["parties"] = _("the register holds no party %(missing)s") % {"missing": ", ".join(missing[:10])}
    if not source.strip() or not title.strip():
        problems["source"] = _("say where it is from, and give it a title")
    if problems:
        raise InvalidEntry(problems)
    return [held[key] for key in keys], [parties[key] for key in ratings.parties]
