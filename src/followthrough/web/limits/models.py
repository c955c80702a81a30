"""How often something was done, in the database that all workers share."""

from __future__ import annotations

from django.db import models


class Count(models.Model):
    """How often one subject did one thing in one span of time.

    ``key`` is a keyed hash of the limit, the subject and the span: it tells neither an address nor an account.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%Y-%m-%d %H:%M:%S}"
