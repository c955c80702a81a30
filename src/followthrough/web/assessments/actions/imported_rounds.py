"""A table of ratings that was made elsewhere, brought into the register as a published round."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.assess.ratings import MISSING, Ratings
from followthrough.assess.scales import Scale
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, Document, Party
from followthrough.web.assessments.actions.rounds import stem_of
from followthrough.web.assessments.models import PUBLISHED, AdjudicatedRating, Assessment, RatingUnit
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.ids import create


def import_ratings(
    document: Document, title: str, ratings: Ratings, scale: Scale, source: str, *, by: Actor
) -> Assessment:  # fmt: skip
    """Bring a table that was rated elsewhere into the register as a published round, with the word of where it is from.

    A commitment is named by its id or its number, 4.3b. It has no coders here, so no agreement is known. Raises
    ``NotAllowed``, ``InvalidEntry`` for commitments and parties that the register has not.
    """
    require(by, Permission.IMPORT)
    held, parties = _rated(document, title, ratings, source)
    with transaction.atomic():
        now = timezone.now()
        one = create(
            Assessment, stem_of(document, title), document=document, title=title.strip()[:200], scale=scale.id,
            scale_version=scale.version, opened=now, opened_by=name_of(by), published=now, state=PUBLISHED,
            imported=source.strip()[:300],
        )  # fmt: skip
        rows = zip(ratings.commitment.tolist(), ratings.party.tolist(), ratings.value.tolist(), strict=True)
        cells, verdicts = list[RatingUnit](), list[AdjudicatedRating]()
        for at, (commitment, party, value) in enumerate(rows):
            cells.append(RatingUnit(assessment=one, commitment=held[commitment], party=parties[party], position=at))
            if value != MISSING:
                word, why = scale.values[value].word, f"Imported: {one.imported}"
                verdicts.append(
                    AdjudicatedRating(cell=cells[-1], number=1, value=word, why=why, by=name_of(by), at=now)
                )
        RatingUnit.objects.bulk_create(cells, 500)
        AdjudicatedRating.objects.bulk_create(verdicts, 500)
        record(
            name_of(by),
            EventType.ASSESSMENT_IMPORTED,
            "assessment",
            one.pk,
            {"cells": len(cells), "source": one.imported},
        )
    return one


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
