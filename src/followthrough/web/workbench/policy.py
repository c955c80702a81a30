"""Who may see which drafts: every page, file, count and search starts from one of these functions."""

from __future__ import annotations

from django.db.models import QuerySet

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import ids
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import documents_where
from followthrough.web.workbench.models import Draft


def visible_drafts(by: Actor) -> QuerySet[Draft]:
    """Return what stands on the workbench for ``by``."""
    return Draft.objects.filter(document__in=ids(documents_where(by, Permission.EDIT)))
