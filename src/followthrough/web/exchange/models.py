"""Spreadsheets that people upload to import, and how the sheets of a ministry are to be understood."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SpreadsheetUpload(models.Model):
    """A file that waits to be imported: kept for its owner until it is imported, discarded or has expired.

    ``file`` is where its bytes are kept; it is emptied when they are deleted. ``choices`` holds what the officer
    decided on the page: the map as TOML, corrected cells, rows left out, and the source of the whole sheet.
    ``written`` holds what its import wrote, from which it can be taken back; ``undone`` when that was done last.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.ForeignKey("agreements.Document", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded = models.DateTimeField(db_index=True)
    choices = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    imported = models.DateTimeField(null=True, blank=True)
    written = models.JSONField(default=list)
    undone = models.DateTimeField(null=True, blank=True)
    discarded = models.DateTimeField(null=True, blank=True)
    discarded_why = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-uploaded"]

    def __str__(self) -> str:
        return self.name


class SavedMap(models.Model):
    """How a kind of sheet was understood, by the signature of its headings: applied to the next such sheet."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    signature = models.CharField(max_length=64)
    map = models.TextField()
    saved = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "signature"], name="one_map_a_signature")]

    def __str__(self) -> str:
        return self.name
