"""Decide a run of proposed links, confirmed or refused, at once; and take the whole run back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record, record_all
from followthrough.web.kit.errors import EditConflict
from followthrough.web.links.actions.links import check_seen, confirm, lock_links, withdraw
from followthrough.web.links.models import Link

KIND = "links"
"""The kind of record of which the events of runs speak; the target is the run's own id."""


def decide(shown: Sequence[str], confirmed: Sequence[str], refused: Sequence[str], *, by: Actor, seen: str) -> str:
    """Of the links that were ``shown`` confirm some and withdraw others, at once; returns the id of the run.

    It is empty where all were left for later.

    ``seen`` is the stamp of all of them as the page showed them. Raises ``NotAllowed`` unless ``by`` may confirm in
    every document concerned, and ``EditConflict`` where one of them changed since; then nothing is done.
    """
    with transaction.atomic():
        locked = lock_links(shown, Permission.CONFIRM, by)
        check_seen(locked, seen)
        if not confirmed and not refused:
            return ""
        withdraw([one for one in locked if one.pk in set(refused)], _refusal(by), by=by)
        confirm(confirmed, by=by)
        run = secrets.token_hex(8)
        later = len(shown) - len(confirmed) - len(refused)
        said = {"confirmed": list(confirmed), "refused": list(refused), "later": later, "reason": _refusal(by)}
        record(name_of(by), EventType.LINK_RUN_DECIDED, KIND, run, said)
    return run


def run_decided(run: str, by: Actor) -> dict[str, Any] | None:
    """Return what ``by`` decided in a run that was not taken back, as ids by ``confirmed`` and ``refused``."""
    events = AuditEvent.objects.filter(kind=KIND, target=run, by=name_of(by)).order_by("-id")
    last = events.first()
    return last.detail if last and last.verb == EventType.LINK_RUN_DECIDED.value else None


def undo(run: str, *, by: Actor) -> int:
    """Take back what ``by`` decided in a run: all of it are proposals again; returns how many.

    Raises ``NotAllowed``; ``EditConflict`` where the run is somebody else's or was undone before, or where somebody
    changed one of its links since. Then nothing is done.
    """
    with transaction.atomic():
        decided = run_decided(run, by)
        if decided is None:
            raise EditConflict(_("This run was undone before, or is not yours."))
        _propose_again(decided["refused"], decided["reason"], by)
        lock_links(decided["confirmed"], Permission.CONFIRM, by)
        changed = confirm(decided["confirmed"], by=by, back=True)
        if changed != len(decided["confirmed"]):
            raise EditConflict(_("Somebody changed one of these links since. Nothing was undone."))
        record(name_of(by), EventType.LINK_RUN_UNDONE, KIND, run, {"links": changed + len(decided["refused"])})
    return changed + len(decided["refused"])


def _propose_again(refused: Sequence[str], reason: str, by: Actor) -> None:
    held = list(Link.everything.select_for_update(no_key=True).filter(pk__in=refused, withdrawn=reason))
    if len(held) != len(refused):
        raise EditConflict(_("Somebody changed one of these links since. Nothing was undone."))
    try:
        with transaction.atomic():
            Link.everything.filter(pk__in=refused).update(withdrawn="")
    except IntegrityError as error:
        raise EditConflict(_("One of these was linked again since. Nothing was undone.")) from error
    lock_links(refused, Permission.CONFIRM, by)
    record_all(name_of(by), ((EventType.LINK_PUT_BACK, "link", one.pk, {}) for one in held))


def _refusal(by: Actor) -> str:
    return _("refused as a proposal by %(by)s") % {"by": name_of(by)}
