"""Where facts come from."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """A published page or file that facts are taken from."""

    id = models.CharField(primary_key=True, max_length=80)
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=300)
    publisher_kind = models.CharField(max_length=40)
    published = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=12)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
