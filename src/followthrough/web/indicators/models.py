"""Series of figures, and the targets that were set for them."""

from __future__ import annotations

from django.db import models

from followthrough.web.exact import ExactDecimalField


class Series(models.Model):
    """A series of figures in one unit."""

    id = models.CharField(primary_key=True, max_length=120)
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)
    says = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class Observation(models.Model):
    """One value of a series, as a source printed it."""

    id = models.CharField(primary_key=True, max_length=200)
    series = models.ForeignKey(Series, models.PROTECT, related_name="observations")
    area = models.CharField(max_length=40)
    period = models.CharField(max_length=20)
    value = models.CharField(max_length=30)
    source = models.ForeignKey("evidence.Source", models.PROTECT, related_name="observations")
    recorded = models.CharField(max_length=10)

    class Meta:
        ordering = ["series", "area", "period", "id"]

    def __str__(self) -> str:
        return self.id


class Target(models.Model):
    """A target that was announced; ``repeats`` names the earlier one that it repeats or raises."""

    id = models.CharField(primary_key=True, max_length=120)
    statement = models.CharField(max_length=1000)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="targets")
    value = ExactDecimalField()
    unit = models.CharField(max_length=60, blank=True)
    due = models.CharField(max_length=10, blank=True)
    announced = models.CharField(max_length=10, blank=True)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")
    source = models.ForeignKey("evidence.Source", models.PROTECT, related_name="targets")
    checked = models.BooleanField(default=False)
    check_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id
