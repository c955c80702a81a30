"""Running a round: opening it, settling what coders disagree on, the reply period, and publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.policy import may, people_who_may, require
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import rows as agreement_rows
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import visible_commitments, visible_documents, visible_notes
from followthrough.web.assessments.actions import adjudication, notes, replies, rounds
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.assessments.models import RATING, Assessment, RatingUnit
from followthrough.web.assessments.policy import visible_assessments
from followthrough.web.assessments.rows import RatingUnitRow, cells_of, counts_of
from followthrough.web.assessments.stamps import note_stamp, round_stamp
from followthrough.web.assessments.values import REASONS, all_scales, choices, scale_of
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.kit.requests import whole_number
from followthrough.web.kit.wording import listing

SHOWN = 100
"""Cells of one kind that the page of a round lists; a cell that is not among them is reached from its own page."""


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, doc: str) -> HttpResponse:
    """Open a round over an agreement: scale, commitments with a note, parties, coders."""
    facts = document_or_404(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, Permission.ASSESS, document)
    outcome, made = Outcome(), list[Assessment]()
    if request.method == "POST":
        outcome = run_action(lambda: made.append(rounds.open_round(document, _plan(request), by=request.user)))
        if outcome.done:
            return redirect(address("assessment", made[0].pk))
    provisions = agreement_rows.provision_rows([doc])
    notes = visible_notes(request.user).filter(commitment__provision__document=doc)
    chosen = request.POST.getlist
    context = {
        "doc": facts, "scales": [(one.id, f"{one.title} ({one.id})") for one in all_scales().values()],
        "typed": request.POST,
        "noted": set(notes.values_list("commitment", flat=True)),
        "commitments": agreement_rows.commitment_rows([doc], provisions),
        "parties": agreement_rows.states_of(agreement_rows.signatories([doc])[doc]),
        "coders": people_who_may(Permission.RATE, document),
        "chosen": {name: set(chosen(name)) for name in ("commitments", "parties", "coders")},
        **outcome.context,
    }  # fmt: skip
    return render(request, "assessments/new.html", context, status=outcome.status)


def _plan(request: SignedInRequest) -> Plan:
    every = request.POST.getlist
    return Plan(
        typed_text(request, "title"),
        request.POST.get("scale", ""),
        tuple(every("commitments")),
        tuple(every("parties")),
        tuple(every("coders")),
    )


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, doc: str, ref: str) -> HttpResponse:
    """Write what would count as a commitment kept, before anybody rates it."""
    facts = document_or_404(request, doc)
    held = visible_commitments(request.user).select_related("provision__document")
    commitment = held.filter(pk=f"{doc}/{ref}").first()
    if commitment is None:
        raise Http404(
            _("%(short_title)s has no commitment “%(ref)s”.") % {"short_title": facts.short_title, "ref": ref}
        )
    require(request.user, Permission.ASSESS, commitment.provision.document)
    outcome = Outcome()
    if request.method == "POST":
        said = [typed_text(request, name) for name in ("full", "partial", "none")]
        outcome = run_action(lambda: notes.write_note(commitment, *said, by=request.user, seen=seen_stamp(request)))
        if outcome.done:
            return redirect(address("new-assessment", doc))
    versions = list(commitment.notes.order_by("-version"))
    context = {
        "doc": facts, "commitment": commitment, "ref": ref, "versions": versions,
        "stamp": note_stamp(commitment),
        "typed": request.POST if request.method == "POST" else versions[0] if versions else {}, **outcome.context,
    }  # fmt: skip
    return render(request, "assessments/note.html", context, status=outcome.status)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: SignedInRequest, key: str) -> HttpResponse:
    """Run a round: how far its coders are, what they disagree on, and the steps to publication."""
    assessment = visible_assessments(request.user).select_related("document").filter(pk=key).first()
    if assessment is None:
        raise Http404(_("There is no such round, or it is not yours to run."))
    require(request.user, Permission.ADJUDICATE, assessment.document)
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _do(request, assessment))
        if outcome.done:
            return redirect(address("assessment", key))
    return render(request, "assessments/round.html", _round_context(request, assessment) | outcome.context,
                  status=outcome.status)  # fmt: skip


def _do(request: SignedInRequest, assessment: Assessment) -> object:
    by, stamp = request.user, seen_stamp(request)
    commands: dict[str, Callable[[], object]] = {
        "agreed": lambda: adjudication.adjudicate_agreed(assessment, by=by, seen=stamp),
        "settle": lambda: adjudication.adjudicate(_cell(request, assessment), _answer(request), by=by,
                                         reason=request.POST.get("reason", ""), seen=stamp),
        "reply": lambda: rounds.open_reply(assessment, _days(request), by=by, seen=stamp),
        "hand_over": lambda: rounds.reassign(
            assessment, request.POST.get("leaving", ""), request.POST.get("coming", ""), by=by, seen=stamp
        ),
        "publish": lambda: rounds.publish(assessment, by=by, seen=stamp),
    }  # fmt: skip
    command = commands.get(request.POST.get("do", ""))
    if command is None:
        raise Http404(_("There is no such step."))
    return command()


def _cell(request: SignedInRequest, assessment: Assessment) -> RatingUnit:
    number = whole_number(request.POST.get("cell", ""))
    found = None if number is None else assessment.cells.filter(pk=number).first()
    if found is None:
        raise Http404(_("This round has no such rating."))
    return found


def _answer(request: SignedInRequest) -> RatingInput:
    return RatingInput(
        request.POST.get("value", ""), typed_text(request, "why"), tuple(request.POST.getlist("claims")[:200])
    )


def _days(request: SignedInRequest) -> int:
    days = whole_number(request.POST.get("days", ""), 4)
    return -1 if days is None else days


def _round_context(request: SignedInRequest, assessment: Assessment) -> dict[str, Any]:
    scale = scale_of(assessment.scale)
    cells = [cell for cell in cells_of(assessment) if cell.ratings or cell.verdicts]
    counts = counts_of(assessment)
    raters = [one.username for one in people_who_may(Permission.RATE, assessment.document)]
    mine = set(assessment.cells.filter(ratings__coder=request.user).values_list("pk", flat=True))
    disputed = [cell for cell in cells if not cell.agreed and not cell.verdicts]
    settled = [cell for cell in cells if cell.verdicts]
    asked_cells = [request.POST.get("cell") or request.GET.get("cell", "")]
    asked = [cell for cell in settled if str(cell.id) in asked_cells]
    waiting = rounds.waiting_for(assessment)
    published = assessment.published.date().isoformat() if assessment.published else ""
    return {
        "stamp": round_stamp(assessment), "asked_cells": asked_cells,
        "did": request.POST.get("cell") or request.POST.get("do", ""),
        "waits": listing(waiting), "waiting_parties": len(waiting), "published": published,
        "unheard": "" if assessment.published else listing(replies.unheard(assessment)),
        "until": assessment.reply_until.isoformat() if assessment.reply_until else "", "replies": _replies(settled),
        "round": assessment, "scale": scale, "counts": counts, "choices": choices(scale, {}),
        "disputed": disputed[:SHOWN], "disputes": len(disputed),
        "agreed": sum(cell.agreed and not cell.verdicts for cell in cells),
        "settled": asked or settled[:SHOWN], "asked": bool(asked), "mine": mine, "reasons": REASONS,
        "may_open": may(request.user, Permission.ASSESS, assessment.document), "rating": assessment.state == RATING,
        "typed": request.POST, "shown": SHOWN, "people": [(name, name) for name in raters],
        "leavers": [(name, name) for name, done, of in counts.coders if done < of],
    }  # fmt: skip


def _replies(cells: list[RatingUnitRow]) -> list[tuple[str, list[RatingUnitRow]]]:
    """Return the parties of a round by name, each with the cells on which it replied."""
    names = dict(Party.objects.filter(pk__in={cell.party for cell in cells}).values_list("id", "name"))
    by_party = {key: [cell for cell in cells if cell.party == key and cell.replies] for key in names}
    return sorted((names[key], replied) for key, replied in by_party.items())
