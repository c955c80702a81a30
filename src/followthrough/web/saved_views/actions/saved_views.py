"""Save a view, share it with the people of one's role, remove it."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.saved_views.models import SavedView
from followthrough.web.saved_views.policy import list_at, own_views

MOST_VIEWS = 100
LONGEST_NAME, LONGEST_PATH, LONGEST_QUERY = 120, 300, 2000


def save_view(name: str, path: str, query: str, *, by: User) -> SavedView:
    """Save a list in the state of its address; one of the same name is replaced by it.

    Raises ``InvalidEntry`` without a name, for what is no list of the tracker, and where there are too many.
    """
    name, said = " ".join(name.split()), QueryDict(query, mutable=True)
    said.pop("page", None)
    state = said.urlencode()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidEntry({"name": _("give it a name of at most 120 characters")})
    if len(path) > LONGEST_PATH or len(state) > LONGEST_QUERY or list_at(path) is None:
        raise InvalidEntry({"path": _("this page is no list that can be saved")})
    with transaction.atomic():
        mine = own_views(by)
        held = mine.filter(name=name).first()
        if held is None and mine.count() >= MOST_VIEWS:
            raise InvalidEntry({"name": _("you have 100 saved views: remove one first")})
        one = held or SavedView(owner=by, name=name)
        one.path, one.query, one.saved = path, state, timezone.now()
        one.save()
        record(by.username, EventType.VIEW_SAVED, "view", str(one.pk), {"name": name, "path": path})
    return one


def share_view(view: SavedView, grant: Grant | None, *, by: User) -> None:
    """Share a view with those who hold the role of ``grant``, which ``by`` holds, or with nobody any more.

    Raises ``NotAllowed`` for a view or a role of somebody else.
    """
    if grant is not None and grant.user_id != by.pk:
        raise NotAllowed(_("a view is shared with a role of one's own"))
    with transaction.atomic():
        held = _locked(view, by)
        held.role, held.document_id = (grant.role, grant.document_id) if grant else ("", None)
        held.save(update_fields=["role", "document"])
        about = {"role": held.role, "document": held.document_id}
        record(by.username, EventType.VIEW_SHARED, "view", str(held.pk), about)


def remove_view(view: SavedView, *, by: User, back: bool = False) -> None:
    """Remove a view of one's own, or put it ``back``. Raises ``NotAllowed`` for one of somebody else."""
    with transaction.atomic():
        held = _locked(view, by)
        held.removed = None if back else timezone.now()
        held.save(update_fields=["removed"])
        verb = EventType.VIEW_PUT_BACK if back else EventType.VIEW_REMOVED
        record(by.username, verb, "view", str(held.pk), {"name": held.name})


def _locked(view: SavedView, by: User) -> SavedView:
    held = SavedView.objects.select_for_update(no_key=True, of=("self",)).filter(pk=view.pk, owner=by).first()
    if held is None:
        raise NotAllowed(_("this view is not yours"))
    return held
