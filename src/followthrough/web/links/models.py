"""What links claims, activities, indicators and other subjects to commitments and provisions."""

from __future__ import annotations

from typing import Any

from django.db import models

from followthrough.model.vocabulary import LinkSubject
from followthrough.web.kit.model_fields import ExactDecimalField


def _exactly_one(*names: str) -> models.Q:
    """The condition that one of ``names`` is set and the others are not."""
    condition = models.Q()
    for chosen in names:
        condition |= models.Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


class CurrentLinks(models.Manager["Link"]):
    """The links that were not withdrawn: what is withdrawn stays in the record and moves no figure."""

    def get_queryset(self) -> models.QuerySet[Link]:
        """Return the links that were not withdrawn."""
        return super().get_queryset().filter(withdrawn="")


class Link(models.Model):
    """Ties one thing to one commitment or provision. It is a suggestion until somebody confirms it.

    It is withdrawn with a reason, and ``everything`` still holds it; it is deleted with the import that made it alone.
    """

    id = models.CharField(primary_key=True, max_length=120)
    commitment = models.ForeignKey("agreements.Commitment", models.PROTECT, null=True, blank=True, related_name="links")
    provision = models.ForeignKey("agreements.Provision", models.PROTECT, null=True, blank=True, related_name="links")
    claim = models.ForeignKey("evidence.Claim", models.PROTECT, null=True, blank=True, related_name="links")
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
    objects = CurrentLinks()

    class Meta:
        db_table = "evidence_link"  # from before links stood by themselves
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one("commitment", "provision"), name="link_from_one_place"),
            models.CheckConstraint(condition=_exactly_one(*LinkSubject), name="link_to_one_thing"),
            *[
                models.UniqueConstraint(
                    fields=[place, thing],
                    condition=models.Q(**{f"{thing}__isnull": False, "withdrawn": ""}),
                    name=f"{place}_{thing}_once",
                )
                for place in ("commitment", "provision")
                for thing in LinkSubject
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
