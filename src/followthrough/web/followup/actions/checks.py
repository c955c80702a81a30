"""A party says of each record whether it is right; the secretariat accepts or refuses what it proposes.

Nothing that a party says changes the register. Accepting a correction runs the action that anybody would correct the
record with. A figure of an indicator is its provider's and stays: what is accepted of it stands beside it. A source
that is added, and what is missing, have to be read by somebody first: they go to the inbox of suggestions, and are
taken over from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.activities.actions.corrections import correct_activity
from followthrough.web.agreements.models import PartyEvent
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.evidence.actions.corrections import correct
from followthrough.web.evidence.actions.suggestions import suggest
from followthrough.web.followup import clock
from followthrough.web.followup.models import ConfirmLink, Cycle, RecordCheck
from followthrough.web.followup.party_record import (
    ACTIVITY,
    CLAIM,
    FIELDS,
    FIGURE,
    NEW,
    STEP,
    TREATY_ACTIONS,
    RecordOfParty,
    fields_now,
    record_of,
)
from followthrough.web.followup.policy import require_run
from followthrough.web.followup.signed_links import voice_of
from followthrough.web.followup.states import ACCEPTED, REFUSED, Check
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.records.actions.records import RecordEntry, correct_record

LONGEST_WORDS, LONGEST_REASON, LONGEST_FIELD = 1000, 500, 1000
MOST_MISSING = 50
"""How many missing entries a party may name in a cycle."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one entry: ``key`` names it, ``stamp`` is what was shown; fields are as they should be."""

    key: str
    answer: str
    stamp: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    url: str = ""


def answer_records(cycle: Cycle, party: str, said: Sequence[Said], *, by: Actor | ConfirmLink) -> int:
    """Keep what is said of the records of a party, all of it or nothing, with an event each; returns how many.

    ``by`` is somebody who speaks for the party, who may say something else later, or a signed link, by which each entry
    is answered once. Raises ``NotAllowed``; ``InvalidEntry`` with what is missing, by ``field.key``; ``EditConflict``
    where an entry was changed since it was shown, was answered already, or the cycle takes no more.
    """
    voice_of(by, cycle, party)
    with transaction.atomic():
        held = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        voice = voice_of(by, held, party)  # again: a link may have been revoked while it waited
        if held.closed or clock.now() > held.late_until:
            raise EditConflict(_("this cycle takes no more answers"))
        entries = {one.key: one for one in record_of(held, party, voice.reader)}
        problems: dict[str, str] = {}
        checks = [_check(one, entries, problems) for one in said]
        if problems:
            raise InvalidEntry(problems)
        for one in checks:
            one.cycle, one.party_id, one.by, one.link, one.at = held, party, voice.name, voice.link, clock.now()
        _replace(held, party, checks, once=voice.link is not None)
        RecordCheck.objects.bulk_create(checks)
        record_all(voice.name, ((EventType.CHECK_SAID, "check", str(one.pk), _told(one)) for one in checks))
    return len(checks)


def _told(one: RecordCheck) -> dict[str, object]:
    about = {"party": one.party_id, "cycle": one.cycle_id, "of": one.kind, "record": one.record}
    return {"answer": one.answer, **about, "proposed": one.proposed}


def _check(said: Said, entries: Mapping[str, RecordOfParty], problems: dict[str, str]) -> RecordCheck:
    """Return what is said of one entry as it is kept; what is wrong goes to ``problems``."""
    kind, _colon, key = said.key.partition(":")
    entry = entries.get(said.key)
    if kind != NEW and (entry is None or said.stamp != entry.stamp):
        raise EditConflict(_("an entry was changed since you saw it: read it again; nothing was kept"))
    before = dict(entry.fields) if entry else {}
    proposed = {}
    if said.answer == Check.CORRECT:
        typed = {name: said.fields[name].strip() for name in FIELDS.get(kind, ()) if name in said.fields}
        proposed = {name: text for name, text in typed.items() if text != before.get(name, "")}
    made = RecordCheck(
        kind=kind, record=key, answer=said.answer, before=before, proposed=proposed, words=said.words.strip(),
        url=said.url.strip(),
    )  # fmt: skip
    for name, text in _wrong(made):
        problems[f"{name}.{said.key}"] = text
    return made


def _wrong(made: RecordCheck) -> Iterable[tuple[str, str]]:
    """Yield what keeps an answer from being taken, by field."""
    if made.answer not in set(Check) or (made.answer == Check.MISSING) is not (made.kind == NEW):
        yield "answer", _("choose one of the answers")
    if made.answer == Check.CORRECT and not made.proposed:
        yield "answer", _("say what it should be: nothing differs from what is on record")
    if made.answer in (Check.NOT_OURS, Check.MISSING) and not made.words:
        yield "words", _("say why") if made.answer == Check.NOT_OURS else _("say what is missing")
    needed = made.answer in (Check.SOURCE, Check.MISSING)
    if (needed or made.url) and not made.url.startswith(("https://", "http://")):
        yield "url", _("give the address of a page, https://...")
    if len(made.words) > LONGEST_WORDS or len(made.url) > LONGEST_WORDS:
        yield "words", _("write at most 1,000 characters")
    if any(len(text) > LONGEST_FIELD for text in made.proposed.values()):
        yield "answer", _("write at most 1,000 characters")


def _replace(cycle: Cycle, party: str, checks: Sequence[RecordCheck], *, once: bool) -> None:
    """Set aside what was said of these entries before; number the missing ones."""
    before = RecordCheck.objects.filter(cycle=cycle, party=party, replaced=False)
    missing = before.filter(kind=NEW).count()
    for one in checks:
        if one.kind == NEW:
            missing += 1
            one.record = str(missing)
    named = set(before.filter(kind=NEW).values_list("words", flat=True))
    if any(one.words in named for one in checks if one.kind == NEW):
        raise EditConflict(_("this missing entry is named already; nothing was kept"))
    if missing > MOST_MISSING:
        raise EditConflict(_("fifty missing entries are named already; the rest by the page for suggestions"))
    known = {(one.kind, one.record): one for one in before}
    again = [known[one.kind, one.record] for one in checks if (one.kind, one.record) in known]
    if again and once:
        raise EditConflict(_("an entry was answered already: by this link each is answered once; nothing was kept"))
    if any(one.decision for one in again):
        raise EditConflict(_("the secretariat has decided about an entry already; nothing was kept"))
    before.filter(pk__in=[one.pk for one in again]).update(replaced=True)


def accept_check(check: RecordCheck, reason: str, *, by: Actor) -> None:
    """Accept what a party proposes: its correction is made, by ``by`` and with all that goes with it.

    What is accepted of a figure stands beside it with the ``reason``, which is the answer to the party.

    Raises ``NotAllowed``; ``InvalidEntry`` where the correction cannot be, or a figure has no answer;
    ``EditConflict`` where it was decided, or the record is not as the party saw it.
    """
    with transaction.atomic():
        held = _lock_open(check, by)
        beside = held.kind == FIGURE and held.answer != Check.SOURCE
        if beside and not reason.strip():
            raise InvalidEntry({"reason": _("answer the party: the figure is its provider's, and stays as it is")})
        if beside:
            _require_unchanged(held, by)
        else:
            _ACCEPT.get((held.kind, held.answer), _to_inbox)(held, by)
        _decide(held, ACCEPTED, reason, by, EventType.CHECK_ACCEPTED)


def refuse_check(check: RecordCheck, reason: str, *, by: Actor) -> None:
    """Refuse what a party proposes, with a reason that the party reads; the record stays as it is.

    Raises ``NotAllowed``; ``InvalidEntry`` without a reason; ``EditConflict`` where it was decided.
    """
    if not reason.strip():
        raise InvalidEntry({"reason": _("say why: the party reads it")})
    with transaction.atomic():
        _decide(_lock_open(check, by), REFUSED, reason, by, EventType.CHECK_REFUSED)


def _lock_open(check: RecordCheck, by: Actor) -> RecordCheck:
    """Lock a proposal that waits and return it."""
    require_run(by, check.cycle)
    held = RecordCheck.objects.select_for_update(of=("self",), no_key=True).select_related("cycle__document", "party")
    one = held.get(pk=check.pk)
    if one.replaced or one.decision or one.answer == Check.RIGHT:
        raise EditConflict(_("it was decided already, or the party says something else by now"))
    return one


def _decide(held: RecordCheck, decision: str, reason: str, by: Actor, event: EventType) -> None:
    held.decision, held.reason = decision, " ".join(reason.split())[:LONGEST_REASON]
    held.decided, held.decided_by = clock.now(), name_of(by)
    held.save(update_fields=["decision", "reason", "decided", "decided_by"])
    said = {"party": held.party_id, "record": held.record, "answer": held.answer, "reason": held.reason}
    record(name_of(by), event, "check", str(held.pk), said)


def _correct(held: RecordCheck, by: Actor) -> None:
    _require_unchanged(held, by)
    reason = _("%(party)s says so") % {"party": held.party.name}
    _CORRECT[held.kind](held.record, held.proposed, f"{reason}: {held.words}" if held.words else reason, by=by)


def _take_name_off(held: RecordCheck, by: Actor) -> None:
    _require_unchanged(held, by)
    reason = _("%(party)s says that it is not theirs: %(why)s") % {"party": held.party.name, "why": held.words}
    _CORRECT[held.kind](held.record, {}, reason, by=by, without=held.party_id)


def _require_unchanged(held: RecordCheck, by: Actor) -> None:
    if fields_now(held.kind, held.record, [held.party_id], by).get(held.party_id) != held.before:
        raise EditConflict(_("the record is not as the party saw it: refuse the proposal, and ask again"))


def _to_inbox(held: RecordCheck, by: Actor) -> None:
    """Put a proposal among the suggestions, from where somebody takes it over with the form of the record."""
    about = held.record if held.kind != NEW else ""
    said = [f"{held.party.name}: {Check(held.answer).label}", about, held.words]
    text = ". ".join(part for part in said if part)
    contact = f"{held.party.name}, {held.by}"
    suggest(held.cycle.document, about, text, held.url, contact, by=by, address=f"check-{held.cycle_id}")


def _correct_step(key: str, cells: Mapping[str, str], reason: str, *, by: Actor) -> None:
    source = {"id": PartyEvent.objects.values_list("source", flat=True).get(pk=key)}
    correct_record(TREATY_ACTIONS, key, RecordEntry(cells, source), reason, by=by)


_CORRECT: Mapping[str, Callable[..., object]] = {CLAIM: correct, ACTIVITY: correct_activity, STEP: _correct_step}
"""The actions with which anybody would correct a record of each kind."""
_ACCEPT: Mapping[tuple[str, str], Callable[[RecordCheck, Actor], None]] = {
    **{(kind, Check.CORRECT): _correct for kind in _CORRECT},
    **{(kind, Check.NOT_OURS): _take_name_off for kind in (CLAIM, ACTIVITY)},
}
"""What is done where a proposal is accepted; with all others somebody has to read something first."""
