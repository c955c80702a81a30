"""Files by their content, and what each is attached to. Nothing here is deleted: it is withdrawn."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One content, kept once however often it is attached; ``words`` is the text that was extracted from it.

    ``scanned`` is when a scanner found nothing in it, empty where none was set up; ``unread`` says why there are no
    words. What it was called stands with each place that it is attached to.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    received = models.DateTimeField()
    scanned = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    unread = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256[:12]


class SourceFile(models.Model):
    """A file or archived copy of what a source published; ``shared`` where all who see the source may have it."""

    source = models.ForeignKey("agreements.Source", models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="sources")
    name = models.CharField(max_length=255)
    note = models.CharField(max_length=300, blank=True)
    shared = models.BooleanField(default=False)
    attached = models.DateTimeField()
    attached_by = models.CharField(max_length=150)
    withdrawn = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "file"], condition=models.Q(withdrawn=""), name="one_standing_file_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.name
