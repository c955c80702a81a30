"""What people do in a round of rating, each with its audit event. No event holds a value before all coders are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, NotAllowed, may, name_of, require
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.agreements.models import Commitment, Document, InterpretiveNote, Party
from followthrough.web.assessments.models import PUBLISHED, RATING, REPLY, Assessment, Cell, Rating, Reply, Verdict
from followthrough.web.assessments.seen import note_stamp, rating_stamp, round_stamp, verdict_stamp
from followthrough.web.assessments.values import REASONS, SILENT, SURE, all_scales, known_words, scale_of
from followthrough.web.audit import stamps
from followthrough.web.audit.record import record, record_all
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence.entering import BadEntry, create
from followthrough.web.kit.wording import day, listing
from followthrough.web.links.models import Link

MOST_CELLS = 20_000
LONGEST_WHY = 1000
NOTE = {"full": "Kept", "partial": "Kept in part", "none": "Not kept"}
"""What the parts of an interpretive note are called on the screen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round covers: commitments by parties, rated by two coders or more, on one scale."""

    title: str
    scale: str
    commitments: tuple[str, ...]
    parties: tuple[str, ...]
    coders: tuple[str, ...]
    example: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a coder, or who settles, says of a cell."""

    value: str
    why: str
    claims: tuple[str, ...] = ()
    sure: str = ""


def open_round(document: Document, plan: Plan, *, by: Actor) -> Assessment:
    """Open a round.

    The newest note of each commitment is frozen for it: later versions open later rounds. Raises ``NotAllowed``;
    ``BadEntry`` for a commitment without a note, or fewer than two coders.
    """
    require(by, Permission.ASSESS, document)
    problems: dict[str, str] = {}
    commitments = list(
        Commitment.objects.filter(pk__in=plan.commitments, provision__document=document, withdrawn="")
        .order_by("provision__position", "position")
    )  # fmt: skip
    notes = _notes(commitments, problems)
    parties = list(Party.objects.filter(pk__in=plan.parties).order_by("pk"))
    coders = list(User.objects.filter(username__in=plan.coders, is_active=True).order_by("pk"))
    _check_plan(plan, document, commitments, parties, coders, problems)
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        one = create(
            Assessment, stem_of(document, plan.title), document=document, title=plan.title.strip(), scale=plan.scale,
            scale_version=scale_of(plan.scale).version, opened=timezone.now(), opened_by=name_of(by),
            example=plan.example,
        )  # fmt: skip
        cells = Cell.objects.bulk_create(
            Cell(assessment=one, commitment=commitment, party=party, note=notes[commitment.pk], position=at)
            for at, (commitment, party) in enumerate((c, p) for c in commitments for p in parties)
        )
        Rating.objects.bulk_create([Rating(cell=cell, coder=coder) for cell in cells for coder in coders], 500)
        said = {"scale": one.scale, "cells": len(cells), "coders": len(coders)}
        record(name_of(by), "assessment.opened", "assessment", one.pk, said)
    return one


def _notes(commitments: Sequence[Commitment], problems: dict[str, str]) -> dict[str, InterpretiveNote]:
    found = {
        note.commitment_id: note
        for note in InterpretiveNote.objects.filter(commitment__in=commitments).order_by("version")
    }
    missing = [one.pk for one in commitments if one.pk not in found]
    if missing:
        problems["commitments"] = f"{', '.join(missing[:5])} has no interpretive note: write what would count first"
    return found


def _check_plan(
    plan: Plan, document: Document, commitments: list[Commitment], parties: list[Party], coders: list[User],
    problems: dict[str, str],
) -> None:  # fmt: skip
    if not plan.title.strip() or len(plan.title) > 200:
        problems["title"] = "give it a title of at most 200 characters"
    if plan.scale not in (known := all_scales()):
        problems["scale"] = f"choose one of {', '.join(known)}"
    if not commitments:
        problems["commitments"] = "choose at least one commitment of this agreement"
    if not parties:
        problems["parties"] = "choose at least one party"
    if len(commitments) * len(parties) > MOST_CELLS:
        problems["parties"] = f"that is more than {MOST_CELLS:,} cells: make two rounds"
    unfit = [one.username for one in coders if not may(one, Permission.RATE, document)]
    if len(coders) < 2:
        problems["coders"] = "name at least two coders: one value has nothing to agree with"
    elif unfit:
        problems["coders"] = f"{', '.join(unfit)} may not rate commitments"


def stem_of(document: Document, title: str) -> str:
    """Return what the id of a round begins with."""
    return slugify(f"{document.pk} {title}")[:70].rstrip("-") or "round"


def write_note(
    commitment: Commitment, full: str, partial: str, none: str, *, by: Actor, seen: str | None = None
) -> InterpretiveNote:  # fmt: skip
    """Write the next version of what would count as kept, kept in part and not kept.

    Rounds that are open keep the version that was frozen for them. Raises ``NotAllowed``, ``BadEntry``, and
    ``Overtaken`` where somebody wrote one since ``seen``.
    """
    require(by, Permission.ASSESS, commitment.provision.document)
    said = {"full": full.strip(), "partial": partial.strip(), "none": none.strip()}
    problems = {name: "say what would count" for name, text in said.items() if not text}
    problems |= {name: "write at most 2,000 characters" for name, text in said.items() if len(text) > 2000}
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
        last = commitment.notes.order_by("-version").first()
        stored = [(label, getattr(last, name)) for name, label in NOTE.items()] if last else []
        stamps.compare(seen, note_stamp(commitment), "commitment", commitment.pk, stored)
        version = last.version + 1 if last else 1
        note = InterpretiveNote.objects.create(
            id=f"{commitment.pk}/v{version}", commitment=commitment, version=version,
            agreed=timezone.localdate().isoformat(), **said,
        )  # fmt: skip
        record(name_of(by), "commitment.note_written", "commitment", commitment.pk, {"version": version})
    return note


def rate(cell: Cell, answer: Answer, *, by: User, submit: bool = True, seen: str | None = None) -> None:
    """Keep a coder's value of a cell; once submitted it is not changed any more.

    Raises ``NotAllowed`` for who is no coder of it; ``Overtaken`` where it was submitted before, the round is over or
    the coder saved it in another window; ``BadEntry`` for a value that the scale has not, a missing reason, a rating
    without evidence.
    """
    document = cell.assessment.document
    require(by, Permission.RATE, document)
    with transaction.atomic():
        state = _locked(cell.assessment).state
        held = Rating.objects.select_for_update(no_key=True).filter(cell=cell, coder=by).first()
        if held is None:
            raise NotAllowed(f"{by} is no coder of {cell}")
        if held.submitted or state != RATING:
            raise Overtaken("this value was submitted before; it is changed by nobody now")
        _compare_rating(seen, held)
        check(cell, answer, draft=not submit)
        held.value, held.why, held.claims, held.sure = answer.value, answer.why, list(answer.claims), answer.sure
        held.submitted = timezone.now() if submit else None
        held.save()
        if submit:
            # the value stays out of the record: it is the coder's alone until all are in
            record(by.username, "rating.submitted", "cell", str(cell.pk), {"assessment": cell.assessment_id})


def _compare_rating(seen: str | None, held: Rating) -> None:
    """Raise ``Overtaken`` where the coder saved it in another window; no event may hold a value, so none is asked."""
    if seen is not None and seen != rating_stamp(held):
        stored = [("Your rating", held.value), ("Why?", held.why), ("Evidence", ", ".join(held.claims))]
        raise Overtaken("You changed this in another window since you opened the page.", stored=stored)


def _locked_as_seen(assessment: Assessment, seen: str | None) -> Assessment:
    held = _locked(assessment)
    until = [("Replies until", day(held.reply_until.isoformat()))] if held.reply_until else []
    settled = f"{held.cells.filter(verdicts__number=1).count()} of {held.cells.count()}"
    stored = [("State", held.state), ("Settled", settled), *until]
    stamps.compare(seen, round_stamp(held), "assessment", held.pk, stored)
    return held


def _locked(assessment: Assessment) -> Assessment:
    """Lock a round and return it as it stands: every action asks its state here, not of what was read before."""
    return Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)


def hand_over(assessment: Assessment, leaving: str, coming: str, *, by: User, seen: str | None = None) -> int:
    """Give what a coder has not submitted to another, unread; return how many cells. What was submitted stays.

    Raises ``NotAllowed``, ``Overtaken`` where the round is over, ``BadEntry`` for people who cannot.
    """
    require(by, Permission.ASSESS, assessment.document)
    people = {one.username: one for one in User.objects.filter(username__in=[leaving, coming], is_active=True)}
    new = people.get(coming)
    with transaction.atomic():
        if _locked_as_seen(assessment, seen).state != RATING:
            raise Overtaken("the round is over")
        open_ = Rating.objects.select_for_update(no_key=True).filter(
            cell__assessment=assessment, coder__username=leaving, submitted=None
        )
        cells = list(open_.values_list("cell_id", flat=True))
        problems = {}
        if not cells:
            problems["leaving"] = f"{leaving or 'nobody'} has nothing open in this round"
        if new is None or not may(new, Permission.RATE, assessment.document):
            problems["coming"] = f"{coming or 'nobody'} may not rate commitments"
        elif Rating.objects.filter(cell__in=cells, coder=new).exists():
            problems["coming"] = f"{coming} rates some of these cells already"
        if problems or new is None:
            raise BadEntry(problems)
        open_.update(coder=new, value="", why="", sure="", claims=[])
        said = {"from": leaving, "to": coming, "cells": len(cells)}
        record(by.username, "assessment.handed_over", "assessment", assessment.pk, said)
    return len(cells)


def check(cell: Cell, answer: Answer, *, draft: bool = False) -> None:
    """Raise ``BadEntry`` where an answer cannot stand: its value, its reason or its evidence.

    A draft may lack any of them; what it holds must stand.
    """
    problems: dict[str, str] = {}
    scale = scale_of(cell.assessment.scale)
    if answer.value not in known_words(scale) and (answer.value or not draft):
        problems["value"] = "choose one of the values"
    if len(answer.why) > LONGEST_WHY:
        problems["why"] = f"write at most {LONGEST_WHY} characters"
    elif not draft and not answer.why.strip():
        problems["why"] = "say why, in a sentence that another coder could check"
    if answer.sure and answer.sure not in SURE:
        problems["sure"] = "choose one of the answers"
    held = set(claims_of(cell)) if answer.claims else set()
    if missing := [one for one in answer.claims if one not in held]:
        problems["claims"] = f"{', '.join(missing[:5])} is not tied to this commitment"
    elif not draft and not answer.claims and answer.value not in SILENT:
        problems["claims"] = "tick at least one claim; only a value that says there is no evidence needs none"
    if problems:
        raise BadEntry(problems)


def claims_of(cell: Cell) -> list[str]:
    """Return the ids of the claims that are tied to a cell's commitment or its paragraph, and stand."""
    held = Link.objects.filter(claim__withdrawn="", claim__isnull=False)
    ids = held.filter(commitment=cell.commitment_id) | held.filter(provision=cell.commitment.provision_id)
    return sorted(set(ids.values_list("claim_id", flat=True)))


def settle_agreed(assessment: Assessment, *, by: User, seen: str | None = None) -> int:
    """Settle every cell on which all coders gave the same value; return how many."""
    require(by, Permission.ADJUDICATE, assessment.document)
    settled = []
    with transaction.atomic():
        for cell, ratings in complete(_locked_as_seen(assessment, seen)):
            values = {one.value for one in ratings}
            if len(values) == 1 and not any(one.coder_id == by.pk for one in ratings):
                claims = sorted({claim for one in ratings for claim in one.claims})
                why = "Both coders gave it." if len(ratings) == 2 else f"All {len(ratings)} coders gave it."
                settled.append(Verdict(cell=cell, number=1, value=values.pop(), why=why, claims=claims,
                                       by=by.username, at=timezone.now()))  # fmt: skip
        Verdict.objects.bulk_create(settled, 500)
        record_all(by.username, (("cell.settled", "cell", str(one.cell_id), {"value": one.value}) for one in settled))
    return len(settled)


def complete(assessment: Assessment) -> list[tuple[Cell, list[Rating]]]:
    """Return the cells without a verdict for which every coder has submitted, with their ratings."""
    open_cells = assessment.cells.filter(verdicts__isnull=True).prefetch_related("ratings")
    found = [(cell, list(cell.ratings.all())) for cell in open_cells]
    return [(cell, ratings) for cell, ratings in found if ratings and all(one.submitted for one in ratings)]


def settle(cell: Cell, answer: Answer, *, by: User, reason: str = "", seen: str | None = None) -> Verdict:
    """Settle a cell, or, once it is published, change it with a code for the reason; the earlier verdict stays.

    Raises ``NotAllowed`` (also for a coder of the cell), ``Overtaken`` while a coder is still out, ``BadEntry``.
    """
    assessment = cell.assessment
    require(by, Permission.ADJUDICATE, assessment.document)
    if cell.ratings.filter(coder=by).exists():
        raise NotAllowed(f"{by} rated {cell} and may not settle it")
    with transaction.atomic():
        _locked(assessment)
        last = cell.verdicts.order_by("-number").first()
        stored = [("Value", last.value), ("Why", last.why)] if last else []
        stamps.compare(seen, verdict_stamp(last), "cell", str(cell.pk), stored)
        if cell.ratings.filter(submitted=None).exists():
            raise Overtaken("a coder has not submitted yet; nothing is settled before all are in")
        check(cell, answer)
        if last and reason not in REASONS:
            raise BadEntry({"reason": f"choose why it changes: {', '.join(REASONS.values())}"})
        number = last.number + 1 if last else 1
        verdict = Verdict.objects.create(
            cell=cell, number=number, value=answer.value, why=answer.why.strip(), reason=reason if last else "",
            claims=list(answer.claims), by=by.username, at=timezone.now(),
        )  # fmt: skip
        said = {"value": answer.value, "before": last.value if last else "", "reason": verdict.reason}
        record(by.username, "cell.changed" if last else "cell.settled", "cell", str(cell.pk), said)
    return verdict


def open_reply(assessment: Assessment, days: int, *, by: User, seen: str | None = None) -> None:
    """Open the period in which the parties concerned may reply. Raises ``Overtaken`` while a cell is not settled."""
    require(by, Permission.ASSESS, assessment.document)
    if not 0 <= days <= 365:
        raise BadEntry({"days": "give 0 to 365 days"})
    with transaction.atomic():
        held = _locked_as_seen(assessment, seen)
        left = held.cells.filter(verdicts__isnull=True).count()
        if held.state != RATING or left:
            raise Overtaken(f"{left} cells are not settled yet" if left else "the reply period was opened before")
        held.state, held.reply_until = REPLY, timezone.localdate() + timedelta(days=days)
        held.save()
        record(by.username, "assessment.reply_opened", "assessment", held.pk, {"until": str(held.reply_until)})


def reply(cell: Cell, text: str, *, by: User, seen: str | None = None) -> None:
    """Keep what the party concerned says of the verdict that the page showed, whose stamp is ``seen``.

    Raises ``NotAllowed`` for anybody but its focal point; ``Overtaken`` where the verdict changed since, or the period
    is over.
    """
    if not speaks_for(by, cell):
        raise NotAllowed(f"{by} is no focal point of {cell.party_id}")
    if not text.strip() or len(text) > 2000:
        raise BadEntry({"reply": "write something, at most 2,000 characters"})
    with transaction.atomic():
        if _locked(cell.assessment).state != REPLY:
            raise Overtaken("the reply period is not open")
        last = cell.verdicts.order_by("-number").first()
        stored = [("Value", last.value), ("Why", last.why)] if last else []
        stamps.compare(seen, verdict_stamp(last), "cell", str(cell.pk), stored)
        Reply.objects.create(cell=cell, text=text.strip(), by=by.username, at=timezone.now())
        record(by.username, "cell.replied", "cell", str(cell.pk), {"party": cell.party_id})


def speaks_for(by: Actor, cell: Cell) -> bool:
    """Whether a person is a focal point of the cell's party for this agreement."""
    if not isinstance(by, User) or not by.is_active:
        return False
    grants = Grant.objects.filter(user=by, role=Role.CONTRIBUTOR.value, party=cell.party_id)
    return grants.filter(document=None).exists() or grants.filter(document=cell.assessment.document_id).exists()


def waiting_for(assessment: Assessment, today: date | None = None) -> list[str]:
    """Return the names of the parties that may still reply and have not: while there is one, nothing is published."""
    until = assessment.reply_until
    if assessment.state != REPLY or until is None or (today or timezone.localdate()) >= until:
        return []
    replied = assessment.cells.filter(replies__isnull=False).values("party")
    names = Party.objects.filter(cells__assessment=assessment).exclude(pk__in=replied).values_list("name", flat=True)
    return sorted(set(names))


def publish(assessment: Assessment, *, by: User, today: date | None = None, seen: str | None = None) -> None:
    """Publish a round: after its reply period, or before it where every party of it has replied.

    Raises ``NotAllowed``, ``Overtaken``.
    """
    require(by, Permission.ASSESS, assessment.document)
    with transaction.atomic():
        held = _locked_as_seen(assessment, seen)
        if held.state != REPLY or held.reply_until is None:
            raise Overtaken("it is published already" if held.state == PUBLISHED else "open the reply period first")
        if waiting := waiting_for(held, today):
            raise Overtaken(f"not yet: {listing(waiting)} may reply until {day(held.reply_until.isoformat())}")
        held.state, held.published = PUBLISHED, timezone.now()
        held.save()
        record(by.username, "assessment.published", "assessment", held.pk, {"cells": held.cells.count()})
