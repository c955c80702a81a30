"""Series of figures and their targets, found by hand; indicators with their feeds, vintages and figures, fetched."""

from __future__ import annotations

from django.db import models

from followthrough.web.kit.model_fields import ExactDecimalField


class Series(models.Model):
    """A series of figures in one unit."""

    id = models.CharField(primary_key=True, max_length=120)
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)
    says = models.CharField(max_length=1000, blank=True)
    parts = models.JSONField(default=list)

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
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="observations")
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
    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="targets")
    checked = models.BooleanField(default=False)
    check_note = models.CharField(max_length=500, blank=True)
    withdrawn = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id


class Indicator(models.Model):
    """A statistic around an agreement: a trend, never its implementation."""

    id = models.CharField(primary_key=True, max_length=120)
    title = models.CharField(max_length=200)
    definition = models.CharField(max_length=1000)
    unit = models.CharField(max_length=60)
    direction = models.CharField(max_length=20)
    target = ExactDecimalField()
    target_year = models.IntegerField(null=True, blank=True)
    target_says = models.CharField(max_length=300, blank=True)
    limit = ExactDecimalField()
    base_year = models.IntegerField(null=True, blank=True)
    breaks = models.JSONField(default=list)
    aggregation = models.CharField(max_length=20)
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")
    above = models.JSONField(default=list)
    below = models.JSONField(default=list)
    group_name = models.CharField(max_length=120, blank=True, default="")
    verified = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Feed(models.Model):
    """Where the figures of an indicator may come from; the lowest rank that has any is shown."""

    id = models.CharField(primary_key=True, max_length=120)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="feeds")
    rank = models.IntegerField()
    provider = models.CharField(max_length=40)
    code = models.CharField(max_length=200)
    filter = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["indicator", "rank"]
        constraints = [models.UniqueConstraint(fields=["indicator", "rank"], name="feed_rank_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.code}"


class Vintage(models.Model):
    """What a provider said on a day. It never changes; the next one stands beside it."""

    id = models.CharField(primary_key=True, max_length=160)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="vintages")
    number = models.IntegerField()
    fetched = models.CharField(max_length=32)
    connector = models.CharField(max_length=60)
    url = models.CharField(max_length=1000)
    raws = models.JSONField(default=list)
    notes = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["feed", "-number"]
        constraints = [models.UniqueConstraint(fields=["feed", "number"], name="vintage_number_once")]

    def __str__(self) -> str:
        return self.id


class Figure(models.Model):
    """One value of a vintage, as its provider printed it."""

    id = models.CharField(primary_key=True, max_length=400)
    vintage = models.ForeignKey(Vintage, models.PROTECT, related_name="figures", db_index=False)
    area = models.CharField(max_length=12)
    period = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    status = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["vintage", "area", "period"]
        constraints = [models.UniqueConstraint(fields=["vintage", "area", "period"], name="figure_once")]

    def __str__(self) -> str:
        return self.id


class Refresh(models.Model):
    """A round of fetching: what was asked for, and whether it came to its end. One that did not is gone on with."""

    asked = models.CharField(max_length=500)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "refreshes"

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M}"


class Fetch(models.Model):
    """What came of one feed in a round: a new vintage, the same figures as before, or why nothing."""

    refresh = models.ForeignKey(Refresh, models.CASCADE, related_name="fetches")
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="fetches")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    says = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "fetches"
        constraints = [models.UniqueConstraint(fields=["refresh", "feed"], name="fetch_once_a_round")]

    def __str__(self) -> str:
        return f"{self.feed_id}: {self.outcome}"
