"""Before the public and off the site: an action of its own, with a reason, a right and an event."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.register.editing import LONGEST
from followthrough.web.accounts.policy import Actor, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict
from followthrough.web.workbench.actions import register_rows
from followthrough.web.workbench.actions.drafts import BadEdit, keep_register, record_shown, show, take_step
from followthrough.web.workbench.models import Draft


def visibility_stamp(document: Document) -> str:
    """Return the stamp of whether a document is public."""
    return edit_conflicts.stamp(document.public)


def hide(document: Document, reason: str, *, by: Actor, seen: str | None = None) -> None:
    """Take a public document off the site, with a reason; a step of its draft, where it has one, that can be undone.

    The register keeps all of it. Raises ``NotAllowed``; ``BadEdit`` without a reason; ``EditConflict`` where it is not
    public any more.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST["reason"]:
        raise BadEdit((0, 0, "reason"), f"say why, in at most {LONGEST['reason']} characters")
    _turn_public(document, False, f"took it off the site: {reason}", {"reason": reason}, by=by, seen=seen)


def show_again(document: Document, *, by: Actor, seen: str | None = None) -> None:
    """Put a document back before the public that was taken off the site. Raises ``NotAllowed``, ``EditConflict``."""
    _turn_public(document, True, "put it back on the site", {}, by=by, seen=seen)


def _turn_public(
    document: Document, public: bool, says: str, detail: dict[str, Any], *, by: Actor, seen: str | None
) -> None:  # fmt: skip
    with transaction.atomic():
        draft = Draft.objects.select_for_update(no_key=True).filter(pk=document.pk).first()
        held = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        require(by, Permission.PUBLISH if public else Permission.HIDE, held)
        edit_conflicts.compare(
            seen, visibility_stamp(held), "document", held.pk, [("On the public site", _yes(held.public))]
        )
        if held.public is public or (public and not was_hidden(held)):
            where = "public" if held.public else "not public"
            raise EditConflict(
                _("%(short_title)s is %(where)s by now; nothing was changed")
                % {"short_title": held.short_title, "where": where}
            )
        if draft is None:
            Document.objects.filter(pk=held.pk).update(public=public)
        else:
            draft.document = held
            before, published = register_rows.rows_of(held), draft.published
            step = take_step(draft, {}, says, by, publishes=True)
            show(draft, public=public)
            keep_register(step, before, published)
        record_shown(held, public, detail, by=by)


def _yes(public: bool) -> str:
    return "yes" if public else "no"


def was_hidden(document: Document) -> bool:
    """Whether a document is off the site because somebody took it off."""
    told = AuditEvent.objects.filter(kind="document", target=document.pk)
    latest = told.filter(verb__in=[EventType.DOCUMENT_PUBLISHED, EventType.DOCUMENT_HIDDEN]).order_by("-id").first()
    return not document.public and latest is not None and "reason" in latest.detail
