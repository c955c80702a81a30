"""Write interpretive notes: what would count as kept, kept in part and not kept."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment, InterpretiveNote
from followthrough.web.assessments.stamps import note_stamp
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry

NOTE = {"full": "Kept", "partial": "Kept in part", "none": "Not kept"}
"""What the parts of an interpretive note are called on the screen."""


def write_note(
    commitment: Commitment, full: str, partial: str, none: str, *, by: Actor, seen: str | None = None
) -> InterpretiveNote:  # fmt: skip
    """Write the next version of what would count as kept, kept in part and not kept.

    Rounds that are open keep the version that was frozen for them. Raises ``NotAllowed``, ``InvalidEntry``, and
    ``EditConflict`` where somebody wrote one since ``seen``.
    """
    require(by, Permission.ASSESS, commitment.provision.document)
    said = {"full": full.strip(), "partial": partial.strip(), "none": none.strip()}
    problems = {name: "say what would count" for name, text in said.items() if not text}
    problems |= {name: "write at most 2,000 characters" for name, text in said.items() if len(text) > 2000}
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
        last = commitment.notes.order_by("-version").first()
        stored = [(label, getattr(last, name)) for name, label in NOTE.items()] if last else []
        edit_conflicts.compare(seen, note_stamp(commitment), "commitment", commitment.pk, stored)
        version = last.version + 1 if last else 1
        note = InterpretiveNote.objects.create(
            id=f"{commitment.pk}/v{version}", commitment=commitment, version=version,
            agreed=timezone.localdate().isoformat(), **said,
        )  # fmt: skip
        record(name_of(by), EventType.COMMITMENT_NOTE_WRITTEN, "commitment", commitment.pk, {"version": version})
    return note
