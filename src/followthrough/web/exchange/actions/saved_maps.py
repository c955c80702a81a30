"""How a sheet was understood is kept under a name, for the next sheet with the same headings."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.exchange.models import SavedMap
from followthrough.web.kit.errors import InvalidEntry

LONGEST_NAME = 120


def save_map(name: str, signature: str, text: str, document: Document, *, by: User) -> SavedMap:
    """Keep a map of ``by`` under a name, in the place of the one with its signature.

    Raises ``NotAllowed`` for who may not enter evidence about ``document``; ``InvalidEntry`` for a name that is empty
    or too long.
    """
    require(by, Permission.ENTER, document)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidEntry({"keep": _("give it a name of at most %(most)s characters") % {"most": LONGEST_NAME}})
    with transaction.atomic():
        saved, _made = SavedMap.objects.update_or_create(
            owner=by, signature=signature, defaults={"name": name, "map": text, "saved": timezone.now()}
        )
        record(name_of(by), EventType.SPREADSHEET_MAP_SAVED, "spreadsheet map", str(saved.pk), {"name": name})
    return saved
