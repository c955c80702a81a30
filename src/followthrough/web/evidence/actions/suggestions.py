"""Take a reader's suggestion, and answer it: each with its audit event, all or nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.models import Suggestion
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.limits.limiter import Limit, take

BY_ADDRESS = Limit("suggestions by address", 20, 3600)
BY_DOCUMENT = Limit("suggestions by document", 200, 3600)
"""Nobody can close the box for others: the limit of one address is a tenth of that of one agreement."""

LONGEST_ANSWER = 500


def suggest(
    document: Document, place: str, text: str, url: str, contact: str, *, by: Actor, address: str
) -> Suggestion:
    """Put a reader's words into the queue; any reader of the agreement may.

    Raises ``NotAllowed``; ``InvalidEntry`` where there are none; ``TooMany`` where ``address`` sent as many within the
    hour as one may, or all together for this agreement.
    """
    require(by, Permission.READ, document)
    problems = {}
    if not text.strip():
        problems["text"] = _("say what is missing or wrong")
    if url and not url.startswith(("http://", "https://")):
        problems["url"] = _("write the whole address, with https://")
    if problems:
        raise InvalidEntry(problems)
    take(BY_ADDRESS, address)
    take(BY_DOCUMENT, document.pk)
    with transaction.atomic():
        made = Suggestion.objects.create(
            document=document,
            place=place[:120],
            text=text.strip()[:2000],
            url=url[:1000],
            contact=contact[:200],
            at=timezone.now(),
        )
        record("reader", EventType.SUGGESTION_MADE, "document", document.pk, {"suggestion": made.pk})
    return made


def answer(suggestion: Suggestion, words: str, *, by: Actor, seen: str | None = None) -> None:
    """Answer a suggestion, which takes it off the queue; a later answer replaces an earlier one.

    Raises ``NotAllowed``, ``InvalidEntry``, and ``EditConflict`` where somebody answered it since the page showed it.
    """
    require(by, Permission.ENTER, suggestion.document)
    if not words.strip() or len(words) > LONGEST_ANSWER:
        raise InvalidEntry(
            {
                "answer": _("say what became of it, in at most %(longest_answer)s characters")
                % {"longest_answer": LONGEST_ANSWER}
            }
        )
    with transaction.atomic():
        locked = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
        if seen is not None and seen != answer_stamp(locked):
            raise EditConflict(
                _("The suggestion “%(text)s” was answered since you opened the page. Nothing was overwritten.")
                % {"text": locked.text[:60]},
                stored=[("Answer", locked.answer)],
                by=locked.answered_by,
                at=locked.answered,
            )
        before, locked.answer, locked.answered_by = locked.answer, words.strip(), name_of(by)
        locked.answered = timezone.now()
        locked.save(update_fields=["answer", "answered_by", "answered"])
        about = {"suggestion": locked.pk, "answer": locked.answer, **({"before": before} if before else {})}
        record(name_of(by), EventType.SUGGESTION_ANSWERED, "document", locked.document_id, about)


def answer_stamp(suggestion: Suggestion) -> str:
    """Return the stamp of a suggestion; all that nobody has answered have the same one."""
    return edit_conflicts.stamp(suggestion.answer, suggestion.answered_by)
