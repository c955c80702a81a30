"""The form that opens a reporting cycle: period, dates, questions, and whom it asks about what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count, groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.policy import require
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.followup.actions import cycles
from followthrough.web.followup.actions.cycles import CyclePlan, Dates, worded
from followthrough.web.followup.models import Cycle
from followthrough.web.followup.proposal import AskedPlace, Proposal, propose
from followthrough.web.followup.questions import Asked, QuestionKind, template
from followthrough.web.followup.reading import asked_of
from followthrough.web.followup.states import Shown
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, typed_text

NAMED, EVERYBODY = "named", "everybody"
ADDED = (1, 2, 3)
"""The fields for questions of one's own."""


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, doc: str) -> HttpResponse:
    """Open a cycle over an agreement: who is asked about what is proposed from its text and from the last cycle."""
    facts = document_or_404(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, Permission.RUN_CYCLE, document)
    proposal = propose(doc, request.user)
    questions = asked_of(proposal.previous.pk) if proposal.previous else template()
    outcome, made = Outcome(), list[Cycle]()
    if request.method == "POST":
        plan = _plan(request, proposal, questions)
        outcome = run_action(lambda: made.append(cycles.open_cycle(document, plan, by=request.user)))
        if outcome.done:
            return redirect(address("cycle", made[0].pk))
    return render(
        request, "followup/new.html",
        {"doc": facts, **_shown(request, proposal, questions), **outcome.context}, status=outcome.status,
    )  # fmt: skip


def _plan(request: SignedInRequest, proposal: Proposal, questions: tuple[Asked, ...]) -> CyclePlan:
    chosen = set(request.POST.getlist("questions"))
    asked = tuple(one for at, one in enumerate(questions) if at == 0 or one.key in chosen)
    words = {one.key: typed_text(request, f"words.{one.key}") or one.words for one in asked}
    parties, places = set(request.POST.getlist("parties")), set(request.POST.getlist("places"))
    everybody = request.POST.get("whom") == EVERYBODY
    pairs = frozenset(
        (place.id, party)
        for place in proposal.places
        if place.id in places
        for party in (proposal.parties if everybody else place.parties)
        if party in parties
    )
    return CyclePlan(
        typed_text(request, "title"), typed_text(request, "period_start"), typed_text(request, "period_end"),
        read_dates(request), (*worded(asked, words), *_added(request, {one.key for one in asked})), pairs,
    )  # fmt: skip


def _added(request: SignedInRequest, taken: Collection[str]) -> Iterable[Asked]:
    """Return the questions that were added to those of the template: answered in words, needed or not."""
    free = (key for at in count(1) if (key := f"own-{at}") not in taken)
    for at in ADDED:
        if words := typed_text(request, f"added.{at}"):
            needed = request.POST.get(f"needed.{at}")
            yield Asked(next(free), QuestionKind.TEXT if needed else QuestionKind.OPTIONAL_TEXT, words)


def read_dates(request: SignedInRequest) -> Dates:
    """Return the dates that were typed into a form of a cycle."""
    due, late_until, zone, shown = (typed_text(request, name) for name in ("due", "late_until", "zone", "shown"))
    return Dates(due, late_until, zone, shown)


def _shown(request: SignedInRequest, proposal: Proposal, questions: tuple[Asked, ...]) -> dict[str, Any]:
    sent = request.method == "POST"
    chosen = request.POST.getlist
    return {
        "typed": request.POST, "shown": shown_options(), "whom": request.POST.get("whom", NAMED),
        "questions": [
            (one, typed_text(request, f"words.{one.key}") or one.words, not sent or one.key in chosen("questions"))
            for one in questions
        ],
        "added": [(at, typed_text(request, f"added.{at}"), bool(request.POST.get(f"needed.{at}"))) for at in ADDED],
        "parties": [(key, name) for key, name in proposal.parties.items()],
        "places": _by_section(proposal.places),
        "chosen_parties": set(chosen("parties")) if sent else set(proposal.parties),
        "chosen_places": set(chosen("places")) if sent else {one.id for one in proposal.places},
        "fewer": [one for one in proposal.places if len(one.parties) < len(proposal.parties)],
        "previous": proposal.previous, "pairs": len(proposal.pairs),
        "led": sum(bool(one.lead) for one in proposal.places),
        "count": len(proposal.places),
    }  # fmt: skip


def shown_options() -> list[tuple[str, str]]:
    """Return what the public can be shown of a cycle, in words."""
    return [(one.value, str(one.label)) for one in Shown]


def _by_section(places: Iterable[AskedPlace]) -> list[tuple[str, list[tuple[str, str]]]]:
    grouped = groupby(places, lambda one: one.section)
    return [(section or _("Paragraphs"), [(one.id, one.heading) for one in many]) for section, many in grouped]
