"""Claims, the questions on which sources disagree, and what readers suggest."""

from __future__ import annotations

from django.db import models

from followthrough.web.kit.model_fields import ExactDecimalField


class Claim(models.Model):
    """One statement that a source supports. It is withdrawn with a reason, or replaced by another; never changed.

    ``entered_by`` is who entered it here, who is no second reader of it; empty where a pack brought it.
    """

    id = models.CharField(primary_key=True, max_length=120)
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=20)
    date = models.CharField(max_length=10, blank=True, db_index=True)
    statement = models.CharField(max_length=1000)
    value = ExactDecimalField()
    unit = models.CharField(max_length=60, blank=True)
    stance = models.CharField(max_length=20)
    reproducible = models.BooleanField(default=True)
    quote = models.CharField(max_length=1000, blank=True)
    notes = models.CharField(max_length=500, blank=True)
    checked = models.BooleanField(default=False)
    check_note = models.CharField(max_length=500, blank=True)
    recorded = models.CharField(max_length=10)
    entered_by = models.CharField(max_length=150, blank=True, default="")
    withdrawn = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(withdrawn__gt=""), name="claim_withdrawn"),
            # What summaries read: the database answers from the index alone (docs/adr/0008).
            models.Index(
                fields=["id", "withdrawn", "kind", "date", "stance", "checked", "recorded", "source"],
                name="claim_in_brief",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class ClaimParty(models.Model):
    """A party that a claim speaks of."""

    id = models.CharField(primary_key=True, max_length=140)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="parties")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="claims")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["claim", "party"], name="claim_names_once")]

    def __str__(self) -> str:
        return self.id


class Conflict(models.Model):
    """A question on which sources disagree; it may be about the status of parties with an instrument."""

    id = models.CharField(primary_key=True, max_length=120)
    topic = models.CharField(max_length=300)
    note = models.CharField(max_length=1000, blank=True)
    instrument = models.ForeignKey(
        "agreements.Instrument", models.PROTECT, related_name="conflicts", null=True, blank=True
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.topic


class ConflictSide(models.Model):
    """What one side says. All sides stay; there is no winner."""

    id = models.CharField(primary_key=True, max_length=120)
    conflict = models.ForeignKey(Conflict, models.PROTECT, related_name="sides")
    says = models.CharField(max_length=500)
    value = ExactDecimalField()
    unit = models.CharField(max_length=60, blank=True)
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="sides")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="sides")
    fund_figure = models.ForeignKey(
        "activities.FundFigure", models.PROTECT, null=True, blank=True, related_name="sides"
    )
    observation = models.ForeignKey(
        "indicators.Observation", models.PROTECT, null=True, blank=True, related_name="sides"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id


TAKEN, THERE, REFUSED, PUBLISHED = "taken", "there", "refused", "published"
"""What became of a suggestion: taken over as ``claim``, there already as ``claim``, not taken, or shown to all."""
SUGGESTION, COMMENT, REPLY = "suggestion", "comment", "reply"
"""What a reader writes: something for the register, a comment for everybody, or the reply of a party."""


class Suggestion(models.Model):
    """What a reader proposed for the register. It goes to a queue, never straight in.

    ``outcome`` says what became of it, and is empty where somebody answered without saying. A comment is ``signed``
    with the name that is shown; a reply speaks for a ``party``, whose focal point ``written_by`` is.
    """

    document = models.ForeignKey("agreements.Document", models.PROTECT, related_name="suggestions")
    place = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=2000)
    url = models.URLField(max_length=1000, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, default="")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="suggestions")
    kind = models.CharField(max_length=20, default=SUGGESTION)
    signed = models.CharField(max_length=120, blank=True, default="")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:80]
