"""Who may see which rounds of ratings.

A round is seen once it is published, before by those who adjudicate it and by its coders; what a coder gave is the
coder's alone until all coders of the cell have submitted (``assessments.rows.cells_of``).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import ids
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import documents_where, visible_documents
from followthrough.web.assessments.models import PUBLISHED, RATING, Assessment, Rating, RatingUnit


def visible_assessments(by: Actor) -> QuerySet[Assessment]:
    """Return the rounds of ratings that ``by`` may see."""
    published = Q(state=PUBLISHED, document__in=ids(visible_documents(by)))
    run = Q(document__in=ids(documents_where(by, Permission.ADJUDICATE)))
    return Assessment.objects.filter(published | run | Q(pk__in=own_ratings(by).values("cell__assessment")))


def visible_cells(by: Actor) -> QuerySet[RatingUnit]:
    """Return the cells of rounds over agreements that ``by`` may see; a round may still be closed to them."""
    return RatingUnit.objects.filter(assessment__document__in=ids(visible_documents(by)))


def own_ratings(by: Actor) -> QuerySet[Rating]:
    """Return the ratings that ``by`` gives as a coder, and nobody else's."""
    whose = by.pk if isinstance(by, User) and by.is_active else None
    return Rating.objects.filter(coder=whose, coder__isnull=False).order_by()


def open_ratings(coder: User) -> QuerySet[Rating]:
    """Return the ratings that a coder has still to submit: what they submitted stays their own."""
    held = Rating.objects.filter(coder=coder, submitted=None, cell__assessment__state=RATING)
    return held.select_related("cell__assessment").order_by("pk")


def rating_in_words(one: Rating) -> str:
    """Return what is to be rated, in a line."""
    return f"{one.cell.commitment_id}, {one.cell.party_id}: {one.cell.assessment.title}"
