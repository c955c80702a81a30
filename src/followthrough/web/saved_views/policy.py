"""Who sees which saved view: its owner, and those it is shared with who may see what its list is about.

A view shows nothing by itself: the list asks who may see what when it is opened. Its name and its address are told to
nobody who may not know of the agreement or source in them.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import Resolver404, ResolverMatch, resolve

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_documents, visible_sources
from followthrough.web.saved_views.models import SavedView


def list_at(path: str) -> ResolverMatch | None:
    """Return the list at a path, nothing where there is none: lists are the pages that have files beside them."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if "(?P<ext>" in match.route and "csv" in match.route and not match.kwargs.get("ext") else None


def own_views(by: Actor) -> QuerySet[SavedView]:
    """Return the views that ``by`` saved and did not remove."""
    return SavedView.objects.filter(owner=by.pk if isinstance(by, User) else None, removed=None)


def views_of(by: Actor) -> list[SavedView]:
    """Return the views of ``by``, then those that others share with a role that ``by`` holds.

    One whose list is hidden from ``by`` is left out. Asks the database once, and once more for each that is shared.
    """
    if not isinstance(by, User) or not by.is_active:
        return []
    held = Grant.objects.filter(user=by, role=OuterRef("role"))
    over = Exists(held.filter(Q(document=None) | Q(document=OuterRef("document"))))
    wanted = Q(owner=by) | (Q(document=None) & Exists(held)) | over
    found = list(SavedView.objects.filter(wanted, removed=None).select_related("owner").order_by("name", "pk"))
    shared = [one for one in found if one.owner_id != by.pk and _opens(one.path, by)]
    return [one for one in found if one.owner_id == by.pk] + shared


def shared_views(by: Actor) -> list[SavedView]:
    """Return those of ``views_of`` that are of others."""
    return [one for one in views_of(by) if not isinstance(by, User) or one.owner_id != by.pk]


def _opens(path: str, by: Actor) -> bool:
    match = list_at(path)
    if match is None:
        return False
    if "doc" in match.kwargs:
        return visible_documents(by).filter(pk=match.kwargs["doc"]).exists()
    return match.url_name != "source" or visible_sources(by).filter(pk=match.kwargs["key"]).exists()
