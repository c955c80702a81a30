"""What is done under an agreement, and the money that pays for it."""

from __future__ import annotations

from django.db import models

from followthrough.web.kit.model_fields import ExactDecimalField


class Activity(models.Model):
    """A meeting, training, project, agreement, policy or publication; a part of another counts its money there."""

    id = models.CharField(primary_key=True, max_length=120)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    fund = models.ForeignKey("agreements.Instrument", models.PROTECT, null=True, blank=True, related_name="activities")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    state = models.CharField(max_length=20)
    status = models.CharField(max_length=120, blank=True)
    start = models.CharField(max_length=10, blank=True)
    end = models.CharField(max_length=10, blank=True)
    budget = ExactDecimalField()
    currency = models.CharField(max_length=3, blank=True)
    lead_body = models.CharField(max_length=300, blank=True)
    statement = models.CharField(max_length=1000, blank=True)
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="activities")
    checked = models.BooleanField(default=False)
    check_note = models.CharField(max_length=500, blank=True)
    recorded = models.CharField(max_length=10)
    withdrawn = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id", "withdrawn", "kind", "state", "start", "end", "budget", "recorded", "source", "fund"],
                name="activity_in_brief",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ActivityParty(models.Model):
    """A party that takes part."""

    id = models.CharField(primary_key=True, max_length=140)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="parties")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="activities")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "party"], name="activity_names_once")]

    def __str__(self) -> str:
        return self.id


class ActivityEvent(models.Model):
    """A dated step of the project cycle."""

    id = models.CharField(primary_key=True, max_length=140)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="events")
    event = models.CharField(max_length=30)
    date = models.CharField(max_length=10)
    source = models.ForeignKey("agreements.Source", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["date", "id"]

    def __str__(self) -> str:
        return self.id


class FundFigure(models.Model):
    """A figure that somebody published about a fund."""

    id = models.CharField(primary_key=True, max_length=120)
    fund = models.ForeignKey("agreements.Instrument", models.PROTECT, related_name="figures")
    period = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    amount = ExactDecimalField(null=False, blank=False)
    currency = models.CharField(max_length=3)
    due = models.CharField(max_length=10, blank=True)
    statement = models.CharField(max_length=1000, blank=True)
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="figures")
    checked = models.BooleanField(default=False)
    check_note = models.CharField(max_length=500, blank=True)
    recorded = models.CharField(max_length=10)

    class Meta:
        ordering = ["period", "id"]

    def __str__(self) -> str:
        return self.id


class Meeting(models.Model):
    """A meeting of a body that follows the agreement."""

    id = models.CharField(primary_key=True, max_length=120)
    date = models.CharField(max_length=10)
    body = models.CharField(max_length=200)
    number = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=1000, blank=True)
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="meetings")
    withdrawn = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["date", "id"]

    def __str__(self) -> str:
        return self.id
