"""Mark claims as conflicting: all sides stay, there is no winner."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.actions.claims import lock_claim
from followthrough.web.evidence.models import Conflict, ConflictSide
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create


def mark_conflicting(keys: Sequence[str], topic: str, note: str, *, by: Actor, seen: str | None = None) -> Conflict:
    """Record that claims disagree on a question; ``seen`` is the stamp of the first, on whose page it was asked.

    Raises ``NotAllowed``; ``InvalidEntry`` unless two claims or more are named that were not withdrawn;
    ``EditConflict`` where one changed in the meantime.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    cells = read_cells("conflicts", {"topic": topic, "note": note}, problems)
    chosen = list(dict.fromkeys(key for key in keys if key))
    known = set(visible_claims(by).filter(pk__in=chosen, withdrawn="").values_list("pk", flat=True))
    if missing := [key for key in chosen if key not in known]:
        problems["others"] = _("the register has no evidence item %(missing)s") % {"missing": ", ".join(missing)}
    elif len(chosen) < 2:
        problems["others"] = _("name two evidence items or more that disagree")
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        claims = [lock_claim(key, by, None if at else seen) for at, key in enumerate(chosen)]
        made = create(Conflict, slugify(topic)[:60].strip("-") or "question", **cells)
        record(name_of(by), EventType.CONFLICT_ADDED, "conflict", made.pk, {"claims": chosen})
        for number, one in enumerate(claims, 1):
            ConflictSide.objects.create(
                id=f"{made.pk}/{number}",
                conflict=made,
                says=one.statement[:500],
                value=one.value,
                unit=one.unit,
                source=one.source,
                claim=one,
            )
    return made
