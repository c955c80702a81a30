"""Rounds of rating: what is rated by whom, each coder's own value, what was settled, and what parties replied."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from followthrough.web.kit.model_fields import ExactDecimalField

RATING, REPLY, PUBLISHED = "rating", "reply", "published"


class Scale(models.Model):
    """A scale of rating that a pack brought."""

    id = models.CharField(primary_key=True, max_length=120)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    published = models.CharField(max_length=300)
    arithmetic = models.CharField(max_length=20)
    percent = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20)
    aside = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class ScaleValue(models.Model):
    """One value of such a scale."""

    id = models.CharField(primary_key=True, max_length=200)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="values")
    position = models.IntegerField()
    word = models.CharField(max_length=60)
    number = ExactDecimalField()
    also = models.JSONField(default=list)

    class Meta:
        ordering = ["scale", "position"]

    def __str__(self) -> str:
        return self.word


class Assessment(models.Model):
    """A round: one scale over commitments and parties of one agreement.

    ``example`` marks one that only shows how; ``imported`` says where one came from that was rated elsewhere.
    """

    id = models.SlugField(primary_key=True, max_length=80)
    document = models.ForeignKey("agreements.Document", models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=200)
    scale = models.CharField(max_length=40)
    scale_version = models.CharField(max_length=20)
    na = models.CharField(max_length=20, default="exclude")
    state = models.CharField(max_length=20, default=RATING)
    opened = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    reply_until = models.DateField(null=True, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    example = models.BooleanField(default=False)
    imported = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened"]

    def __str__(self) -> str:
        return self.title


class RatingUnit(models.Model):
    """One commitment of one party in a round, with the interpretive note that was frozen for it."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="cells")
    commitment = models.ForeignKey("agreements.Commitment", models.PROTECT, related_name="cells")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="cells")
    note = models.ForeignKey("agreements.InterpretiveNote", models.PROTECT, null=True, blank=True, related_name="cells")
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "assessments_cell"  # its name in registers and backups that are in use
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "commitment", "party"], name="one_cell_each")]

    def __str__(self) -> str:
        return f"{self.commitment_id} of {self.party_id}"


class Rating(models.Model):
    """One coder's value of a cell. It is the coder's alone until every coder of the cell has submitted.

    One that came with a published round of another register has no ``coder`` here, but the ``letter`` of one.
    """

    cell = models.ForeignKey(RatingUnit, models.PROTECT, related_name="ratings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="ratings")
    letter = models.CharField(max_length=3, blank=True)
    value = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    sure = models.CharField(max_length=20, blank=True)
    claims = models.JSONField(default=list)
    submitted = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["cell", "coder"]
        constraints = [models.UniqueConstraint(fields=["cell", "coder"], name="one_rating_a_coder")]

    def __str__(self) -> str:
        return f"{self.cell_id} by {self.letter or self.coder_id}"


class AdjudicatedRating(models.Model):
    """What was settled for a cell. It is never changed: a later one, with a code for its reason, stands beside it."""

    cell = models.ForeignKey(RatingUnit, models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=60)
    why = models.CharField(max_length=1000)
    reason = models.CharField(max_length=20, blank=True)
    claims = models.JSONField(default=list)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        db_table = "assessments_verdict"  # its name in registers and backups that are in use
        ordering = ["cell", "number"]
        constraints = [models.UniqueConstraint(fields=["cell", "number"], name="one_verdict_a_number")]

    def __str__(self) -> str:
        return f"{self.cell_id} verdict {self.number}"


class Reply(models.Model):
    """What the party concerned says of a verdict; it is published beside it, unchanged."""

    cell = models.ForeignKey(RatingUnit, models.PROTECT, related_name="replies")
    text = models.CharField(max_length=2000)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["cell", "at"]
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.text[:60]
