"""The append-only record of who did what to which record, and when."""

from __future__ import annotations

from django.db import models


class AuditEvent(models.Model):
    """One thing that happened. It points by stable id, never by foreign key: the record outlives what it speaks of.

    ``sequence`` is its place in the chain, from 1 and without gaps, and ``hash`` follows from the hash of the event
    before and its own columns. Inside the transaction that writes it, PostgreSQL holds an event without a sequence,
    whose ``hash`` is that of its columns alone: it is chained when the transaction commits.
    """

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=150)
    verb = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    target = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True, unique=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "target"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.kind} {self.target}"


class Head(models.Model):
    """The end of the chain: how many events there are, and the hash of the last. One row, which writers wait for."""

    count = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"
