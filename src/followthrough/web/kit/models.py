"""How far the numbers of ids have come."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """How far the numbers of one kind of id have come, such as those of claims; see ``ids``."""

    id = models.CharField(primary_key=True, max_length=200)
    number = models.BigIntegerField()

    class Meta:
        db_table = "evidence_counter"  # from before every app took its ids here

    def __str__(self) -> str:
        return f"{self.id} {self.number}"
