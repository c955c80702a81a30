"""Who may see which uploads: whoever sent a file, and who keeps the installation.

A saved map is its owner's alone.
"""

from __future__ import annotations

from django.db.models import Exists, Q, QuerySet

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import register_root, without_hidden
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.exchange.models import SavedMap, SpreadsheetUpload


def hidden_uploads(by: Actor) -> QuerySet[SpreadsheetUpload]:
    """Return the uploads that ``by`` may not see: those of others, unless ``by`` administers the whole register."""
    if not isinstance(by, User):
        return SpreadsheetUpload.objects.all()
    keeping = [role.value for role in Role if Permission.ADMINISTER in role.permissions]
    keeper = Grant.objects.filter(user=by, role__in=keeping, document=None).order_by()
    return SpreadsheetUpload.objects.exclude(Q(owner=by) | Exists(keeper))


def visible_uploads(by: Actor) -> QuerySet[SpreadsheetUpload]:
    """Return the uploads that ``by`` may see, with those that were imported and without those that were discarded."""
    return without_hidden(SpreadsheetUpload, "spreadsheet_upload", by).filter(discarded=None)


def waiting_uploads(by: User) -> QuerySet[SpreadsheetUpload]:
    """Return the uploads of ``by`` that wait to be imported."""
    return SpreadsheetUpload.objects.filter(owner=by, imported=None, discarded=None).order_by("pk")


def own_maps(by: User) -> QuerySet[SavedMap]:
    """Return the maps that ``by`` saved."""
    return SavedMap.objects.filter(owner=by)


def register() -> None:
    """Register who sees which uploads: called once all models are loaded."""
    register_root("spreadsheet_upload", hidden_uploads)
