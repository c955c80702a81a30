"""The stamps of what the pages of a round show: see ``audit.edit_conflicts``."""

from __future__ import annotations

from followthrough.web.agreements.models import Commitment
from followthrough.web.assessments.models import AdjudicatedRating, Assessment, Rating
from followthrough.web.audit import edit_conflicts


def note_stamp(commitment: Commitment) -> str:
    """Return the stamp of the note of a commitment: its newest version."""
    return edit_conflicts.stamp(commitment.notes.order_by("-version").values_list("version", flat=True).first())


def rating_stamp(rating: Rating) -> str:
    """Return the stamp of a coder's own value of a cell."""
    return edit_conflicts.stamp(rating.value, rating.why, rating.sure, rating.claims, rating.submitted)


def round_stamp(assessment: Assessment) -> str:
    """Return the stamp of how far a round is: its state, and how many values, verdicts and replies are in."""
    cells = assessment.cells
    counts = [
        cells.filter(ratings__submitted__isnull=False).count(), cells.filter(verdicts__isnull=False).count(),
        cells.filter(replies__isnull=False).count(),
    ]  # fmt: skip
    return edit_conflicts.stamp(assessment.state, assessment.reply_until, counts)


def verdict_stamp(verdict: AdjudicatedRating | None) -> str:
    """Return the stamp of what holds for a cell."""
    return edit_conflicts.stamp(verdict.number if verdict else 0)
