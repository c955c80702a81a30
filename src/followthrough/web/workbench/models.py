"""The catalogue while people work on it: drafts, their paragraphs, and every step that was taken.

Nothing here is public. What a person decided stands beside what the machine proposed; publishing writes it into the
register (``publishing.py``). Every step keeps the state before and after it, so that it can be undone.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from followthrough.register.editing import Items, item_of
from followthrough.web.agreements.models import Document, Provision


class Draft(models.Model):
    """A document on the workbench: the file it was read from, and what the reader warned of."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="draft")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    opened = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    warnings = models.JSONField(default=list)
    published = models.DateTimeField(null=True, blank=True)
    discarded = models.DateTimeField(null=True, blank=True)
    discarded_by = models.CharField(max_length=150, blank=True)
    discarded_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened"]

    def __str__(self) -> str:
        return self.document_id


class ProvisionDraft(models.Model):
    """One provision of a draft: the machine's ``proposal``, kept as it was made, and the ``items`` as they stand.

    ``revision`` grows with every change; who edits an older one is told.
    """

    provision = models.OneToOneField(Provision, models.PROTECT, related_name="provision_draft")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="provision_drafts")
    page = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    proposal = models.JSONField(default=list)
    items = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "workbench_bench"  # its name in registers and backups that are in use
        ordering = ["provision__position"]
        indexes = [models.Index(fields=["draft", "page"])]

    def __str__(self) -> str:
        return f"{self.provision_id} at revision {self.revision}"

    @property
    def held(self) -> Items:
        """The items as they stand."""
        return loaded(self.items)


class Step(models.Model):
    """One change that a person made: ``before`` and ``after`` hold the items of every provision it touched.

    ``revisions`` are those it led to; ``register`` holds what it changed in the register, before and after
    (``register_rows.Changes``). A step that takes another back, or makes it again, names it in ``turns``; ``publishes``
    marks one that published the catalogue or took it off the site, with ``published`` before and after it.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    says = models.CharField(max_length=300)
    before = models.JSONField()
    after = models.JSONField()
    revisions = models.JSONField()
    turns = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="turned_by")
    register = models.JSONField(default=dict)
    publishes = models.BooleanField(default=False)
    published = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_step_a_number")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}: {self.says}"


def loaded(data: list[dict[str, Any]]) -> Items:
    """Return the items of a JSON column."""
    return tuple(item_of(one) for one in data)


def stored(items: Items) -> list[dict[str, Any]]:
    """Return items as a JSON column keeps them."""
    return [item.to_dict() for item in items]
