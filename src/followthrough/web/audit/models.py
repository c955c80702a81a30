"""The append-only record of who did what to which record, and when."""

from __future__ import annotations

from django.db import models


class AuditEvent(models.Model):
    """One thing that happened. It points by stable id, never by foreign key: the record outlives what it speaks of."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=150)
    verb = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    target = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "target"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.kind} {self.target}"
