"""Take a reader's suggestion, answer it, open it again: each with its audit event, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require, speaks_for
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_commitments, visible_provisions
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.actions.claims import Entry, enter_claim
from followthrough.web.evidence.models import (
    COMMENT,
    PUBLISHED,
    REFUSED,
    REPLY,
    SUGGESTION,
    TAKEN,
    THERE,
    Claim,
    Suggestion,
)
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.limits.limiter import Limit, take
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.outbox import Reader, Told, put

BY_ADDRESS = Limit("suggestions by address", 20, 3600)
BY_DOCUMENT = Limit("suggestions by document", 200, 3600)
"""Nobody can close the box for others: the limit of one address is a tenth of that of one agreement."""

LONGEST_ANSWER = 500
OUTCOMES = (TAKEN, THERE, REFUSED, PUBLISHED)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader's words are to become: ``kind``, with the name that is shown or the party that is spoken for."""

    kind: str = SUGGESTION
    signed: str = ""
    party: str = ""


def suggest(
    document: Document, place: str, text: str, url: str, contact: str, *, by: Actor, address: str, wish: Wish = Wish()
) -> Suggestion:
    """Put a reader's words into the queue; any reader of the agreement may, for a party its focal points alone.

    Nothing is shown before somebody publishes it. Raises ``NotAllowed``; ``InvalidEntry`` where there are none, or
    where what is meant for everybody names no place; ``TooMany`` where ``address`` sent as many within the hour as one
    may, or all together for this agreement.
    """
    require(by, Permission.READ, document)
    problems = {}
    if not text.strip():
        problems["text"] = _("say what is missing or wrong")
    if url and not url.startswith(("http://", "https://")):
        problems["url"] = _("write the whole address, with https://")
    _check_wish(wish, document, place, by, problems)
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
            kind=wish.kind,
            signed=" ".join(wish.signed.split())[:120],
            party_id=wish.party if wish.kind == REPLY else None,
            written_by=name_of(by) if wish.kind == REPLY else "",
        )
        record("reader", EventType.SUGGESTION_MADE, "document", document.pk, {"suggestion": made.pk})
    return made


def _check_wish(wish: Wish, document: Document, place: str, by: Actor, problems: dict[str, str]) -> None:
    """Say what keeps words from being shown to everybody one day. Raises ``NotAllowed`` for a party not one's own."""
    if wish.kind not in (SUGGESTION, COMMENT, REPLY):
        problems["kind"] = _("choose what becomes of your words")
    if wish.kind == REPLY and not speaks_for(by, wish.party, document.pk):
        raise NotAllowed(_("A reply of a party is written by its focal points."))
    if wish.kind == COMMENT and not wish.signed.strip():
        problems["shown_name"] = _("write the name that is shown beside it")
    if wish.kind in (COMMENT, REPLY) and not _is_place(document, place, by):
        problems["place"] = _("name a paragraph, a commitment or an evidence item: what is published stands beside it")


def _is_place(document: Document, place: str, by: Actor) -> bool:
    """Say whether a reader's place is one of the agreement, or an evidence item, that they may see."""
    key = f"{document.pk}/{place}"
    doors = (visible_provisions(by).filter(pk=key), visible_commitments(by).filter(pk=key))
    return any(door.exists() for door in (*doors, visible_claims(by).filter(pk=place)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader is told, and what became of the suggestion: ``outcome``, and ``claim``, the id of an item."""

    words: str
    outcome: str = ""
    claim: str = ""


def answer(suggestion: Suggestion, said: str | Answer, *, by: Actor, seen: str | None = None) -> None:
    """Answer a suggestion, which closes it; a later answer replaces an earlier one.

    Where the reader left an address of mail the answer is sent there, once it is saved. Raises ``NotAllowed``,
    ``InvalidEntry``, and ``EditConflict`` where somebody answered it since the page showed it.
    """
    require(by, Permission.ENTER, suggestion.document)
    said = Answer(said) if isinstance(said, str) else said
    _check(said, by)
    if said.outcome == PUBLISHED and suggestion.kind == SUGGESTION:
        raise InvalidEntry({"outcome": _("its reader wrote to you, and not for everybody")})
    with transaction.atomic():
        locked = _lock(suggestion, seen)
        before, locked.answer, locked.answered_by = locked.answer, said.words.strip(), name_of(by)
        locked.answered = timezone.now()
        stays = PUBLISHED if locked.outcome == PUBLISHED else ""  # another answer takes nothing off the site
        locked.outcome, locked.claim_id = said.outcome or stays, said.claim or None
        locked.save(update_fields=["answer", "answered_by", "answered", "outcome", "claim"])
        about = {
            "suggestion": locked.pk, "answer": locked.answer,
            **({"outcome": said.outcome} if said.outcome else {}), **({"claim": said.claim} if said.claim else {}),
            **({"before": before} if before else {}),
        }  # fmt: skip
        record(name_of(by), EventType.SUGGESTION_ANSWERED, "document", locked.document_id, about)
        _write_to_reader(locked)


def _check(said: Answer, by: Actor) -> None:
    problems = {}
    if not said.words.strip() or len(said.words) > LONGEST_ANSWER:
        problems["answer"] = _("say what became of it, in at most %(longest_answer)s characters") % {
            "longest_answer": LONGEST_ANSWER
        }
    if said.outcome not in ("", *OUTCOMES):
        problems["outcome"] = _("choose what became of it")
    if said.outcome == THERE and not said.claim:
        problems["item"] = _("write the number of the evidence item, such as c-124")
    elif said.claim and not visible_claims(by).filter(pk=said.claim).exists():
        problems["item"] = _("the register holds no evidence item %(claim)s") % {"claim": said.claim}
    if problems:
        raise InvalidEntry(problems)


def take_over(suggestion: Suggestion, entry: Entry, words: str, *, by: Actor) -> Claim:
    """Enter a suggestion as evidence and tell the reader, in one transaction.

    Raises what ``enter_claim`` and ``answer`` raise; then nothing is saved.
    """
    with transaction.atomic():
        claim = enter_claim(suggestion.document, entry, by=by)
        answer(suggestion, Answer(words, TAKEN, claim.pk), by=by)
    return claim


def reopen(suggestion: Suggestion, *, by: Actor, seen: str | None = None) -> None:
    """Put a suggestion that was answered back among those that wait; the record keeps what was said.

    Raises ``NotAllowed``, and ``EditConflict`` where it changed since the page showed it, or waits already.
    """
    require(by, Permission.ENTER, suggestion.document)
    with transaction.atomic():
        locked = _lock(suggestion, seen)
        if locked.answered is None:
            raise EditConflict(_("This suggestion waits already."))
        about = {"suggestion": locked.pk, "before": locked.answer}
        locked.answer = locked.answered_by = locked.outcome = ""
        locked.answered = locked.claim = None
        locked.save(update_fields=["answer", "answered_by", "answered", "outcome", "claim"])
        record(name_of(by), EventType.SUGGESTION_REOPENED, "document", locked.document_id, about)


def _lock(suggestion: Suggestion, seen: str | None) -> Suggestion:
    """Lock a suggestion as a page showed it."""
    locked = Suggestion.objects.select_for_update(no_key=True, of=("self",)).get(pk=suggestion.pk)
    if seen is not None and seen != answer_stamp(locked):
        raise EditConflict(
            _("The suggestion “%(text)s” was answered since you opened the page. Nothing was overwritten.")
            % {"text": locked.text[:60]},
            stored=[("Answer", locked.answer)],
            by=locked.answered_by,
            at=locked.answered,
        )
    return locked


def mail_address(suggestion: Suggestion) -> str:
    """Return the address of mail that a reader left; empty where the words are none."""
    try:
        validate_email(suggestion.contact.strip())
    except ValidationError:
        return ""
    return suggestion.contact.strip()


def _write_to_reader(suggestion: Suggestion) -> None:
    """Tell a reader who left an address of mail; a letter for each answer, the same one once."""
    if not (to := mail_address(suggestion)):
        return
    over = suggestion.document.short_title
    facts = {
        "agreement": over, "text": suggestion.text, "answer": suggestion.answer, "claim": suggestion.claim_id or "",
    }  # fmt: skip
    link = address("claim", suggestion.claim_id) if suggestion.claim_id else address("document", suggestion.document_id)
    told = Told(
        f"answered/{suggestion.pk}/{answer_stamp(suggestion)}", NoticeKind.ANSWERED,
        _("What became of your suggestion"), over, link, facts,
    )  # fmt: skip
    put(told, [Reader(to)])


def answer_stamp(suggestion: Suggestion) -> str:
    """Return the stamp of a suggestion; all that nobody has answered have the same one."""
    return edit_conflicts.stamp(suggestion.answer, suggestion.answered_by)
