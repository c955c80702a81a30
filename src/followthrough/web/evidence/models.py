"""Where facts come from, what they say, and what ties them to a commitment."""

from __future__ import annotations

from typing import Any

from django.db import models

from followthrough.packs.evidence import THINGS
from followthrough.web.kit.model_fields import ExactDecimalField


class Source(models.Model):
    """A published page or file that facts are taken from."""

    id = models.CharField(primary_key=True, max_length=120)
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=300)
    publisher_kind = models.CharField(max_length=40)
    published = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=12)
    archived = models.URLField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id", "publisher_kind", "published"], name="source_in_brief")]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """One statement that a source supports. It is withdrawn with a reason, or replaced by another; never changed."""

    id = models.CharField(primary_key=True, max_length=120)
    source = models.ForeignKey(Source, models.PROTECT, related_name="claims")
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
    withdrawn = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(withdrawn__gt=""), name="claim_withdrawn"),
            # What briefs read: the database answers from the index alone (docs/adr/0008).
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


def _exactly_one(*names: str) -> models.Q:
    """The condition that one of ``names`` is set and the others are not."""
    condition = models.Q()
    for chosen in names:
        condition |= models.Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


class Standing(models.Manager["Link"]):
    """The links that stand: what is withdrawn stays in the record and moves no figure."""

    def get_queryset(self) -> models.QuerySet[Link]:
        """Leave out what is withdrawn."""
        return super().get_queryset().filter(withdrawn="")


class Link(models.Model):
    """Ties one thing to one commitment or provision. It is a suggestion until somebody confirms it.

    It is never deleted: it is withdrawn with a reason, and ``everything`` still holds it.
    """

    id = models.CharField(primary_key=True, max_length=120)
    commitment = models.ForeignKey("agreements.Commitment", models.PROTECT, null=True, blank=True, related_name="links")
    provision = models.ForeignKey("agreements.Provision", models.PROTECT, null=True, blank=True, related_name="links")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="links")
    activity = models.ForeignKey("activities.Activity", models.PROTECT, null=True, blank=True, related_name="links")
    target = models.ForeignKey("indicators.Target", models.PROTECT, null=True, blank=True, related_name="links")
    series = models.ForeignKey("indicators.Series", models.PROTECT, null=True, blank=True, related_name="links")
    meeting = models.ForeignKey("activities.Meeting", models.PROTECT, null=True, blank=True, related_name="links")
    instrument = models.ForeignKey("agreements.Instrument", models.PROTECT, null=True, blank=True, related_name="links")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="links")
    role = models.CharField(max_length=20)
    share = ExactDecimalField()
    rationale = models.CharField(max_length=300)
    origin = models.CharField(max_length=20)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed = models.CharField(max_length=10, blank=True)
    withdrawn = models.CharField(max_length=300, blank=True)

    everything = models.Manager["Link"]()
    objects = Standing()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one("commitment", "provision"), name="link_from_one_place"),
            models.CheckConstraint(condition=_exactly_one(*THINGS), name="link_to_one_thing"),
            *[
                models.UniqueConstraint(
                    fields=[place, thing],
                    condition=models.Q(**{f"{thing}__isnull": False, "withdrawn": ""}),
                    name=f"{place}_{thing}_once",
                )
                for place in ("commitment", "provision")
                for thing in THINGS
            ],
        ]
        indexes = [
            models.Index(fields=["commitment", thing, "role", "confirmed", "withdrawn"], name=f"link_{thing}_in_brief")
            for thing in ("claim", "activity")
        ]

    def __str__(self) -> str:
        return self.id


def within(documents: Any) -> models.Q:
    """Return the condition of links into documents, a query or ids: to a commitment, or to a whole provision."""
    return models.Q(commitment__provision__document__in=documents) | models.Q(provision__document__in=documents)


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
    source = models.ForeignKey(Source, models.PROTECT, related_name="sides")
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


class Suggestion(models.Model):
    """What a reader proposed for the register. It goes to a queue, never straight in."""

    document = models.ForeignKey("agreements.Document", models.PROTECT, related_name="suggestions")
    place = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=2000)
    url = models.URLField(max_length=1000, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:80]


class Counter(models.Model):
    """How far the numbers of one kind of id have come, such as those of claims; see ``ids``."""

    id = models.CharField(primary_key=True, max_length=200)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.id} {self.number}"
