"""Where the commitments of an agreement are in their life, and of one why, with the form that decides otherwise."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.assess.life import METHOD, LifeState
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import may
from followthrough.web.accounts.requests import signed_in
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.agreements.policy import visible_commitments
from followthrough.web.followup.actions import lives as actions
from followthrough.web.followup.lives import STATES, Lived, lives_of, tried
from followthrough.web.followup.models import LifeDecision
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_columns import Column
from followthrough.web.kit.lists import Filter, Table, link, listed

_chip = fragment("followup/life.jinja", "life_chip")
WORDS = {one.value: words for one, words in STATES.items()}


def _parts(row: Lived) -> tuple[str, str]:
    document, _slash, ref = row.id.partition("/")
    return document, ref


def _order(row: Lived) -> int:
    """Return where a state stands: what asks for somebody first."""
    return (LifeState.DUE, LifeState.SUPERSEDED, LifeState.RETIRED, LifeState.IMPLEMENTED, LifeState.ACTIVE).index(
        row.life.state
    )


COLUMNS: tuple[Column[Lived], ...] = (
    Column("id", lazy("Commitment"), attrgetter("id"), lambda row: link(address("life-of", *_parts(row)), row.ref)),
    Column("summary", lazy("What is undertaken"), attrgetter("said")),
    Column("life", lazy("Life"), attrgetter("state"), _chip, order=_order),
    Column("because", lazy("Because"), attrgetter("because")),
    Column("newest", lazy("Newest evidence"), lambda row: row.facts.newest),
    Column("rule", lazy("Rule"), lambda row: row.life.rule, extra=True),
    Column("decided_by", lazy("Decided by"), attrgetter("decided_by"), extra=True),
)  # fmt: skip


def _table(doc: str) -> Table[Lived]:
    return Table(
        "life", lazy("Life of the commitments"), "commitment", COLUMNS,
        (Filter("life", lazy("Life"), attrgetter("state"), options=WORDS),),
        lambda row: f"{row.ref} {row.said} {row.because}", "followup/lives.html",
        about={"document": doc, "method": METHOD}, file=f"{doc}-life", sort="life",
    )  # fmt: skip


@require_safe
def lives(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List where the commitments of an agreement are in their life, what asks for somebody first."""
    facts = document_or_404(request, doc)
    provisions = rows.provision_rows([doc])
    held = rows.commitment_rows([doc], provisions) if provisions else []
    found = list(lives_of(facts, held, request.user, timezone.localdate().isoformat()).values())
    count = Counter(one.life.state for one in found)
    context = {
        "doc": facts, "here": "place", "address": address("life", doc), "method": METHOD,
        "counted": [(count[one], words) for one, words in STATES.items() if count[one]],
    }  # fmt: skip
    return listed(request, _table(doc), found, context, ext)


@require_http_methods(["GET", "HEAD", "POST"])
def life_of(request: HttpRequest, doc: str, ref: str) -> HttpResponse:
    """Show why a commitment is in its state; an editor decides otherwise, or takes a decision back."""
    facts = document_or_404(request, doc)
    commitment = (
        visible_commitments(request.user)
        .select_related("provision__document")
        .filter(pk=f"{doc}/{ref}", withdrawn="")
        .first()
    )
    if commitment is None:
        raise Http404(_("There is no such commitment, or it is not public."))
    outcome = Outcome()
    if request.method == "POST":
        by = signed_in(request)
        outcome = run_action(lambda: _decide(request, commitment, by))
        if outcome.done:
            messages.success(request, _("Recorded."))
            return redirect(address("life-of", doc, ref))
    return render(
        request, "followup/life.html", _context(request, facts, commitment) | outcome.context, status=outcome.status
    )


def _decide(request: HttpRequest, commitment: Commitment, by: User) -> None:
    stamp = seen_stamp(request)
    if request.POST.get("do") == "take_back":
        actions.take_back_decision(commitment, by=by, seen=stamp)
        return
    said = request.POST.get("state", ""), request.POST.get("reason", "")
    actions.decide_life(commitment, *said, by=by, seen=stamp)


def _context(request: HttpRequest, facts: DocumentFacts, commitment: Commitment) -> dict[str, Any]:
    provisions = rows.provision_rows([facts.id])
    held = [one for one in rows.commitment_rows([facts.id], provisions) if one.id == commitment.pk]
    lived = lives_of(facts, held, request.user, timezone.localdate().isoformat())[commitment.pk]
    may_decide = request.user.is_authenticated and may(request.user, Permission.EDIT, Document(pk=facts.id))
    decisions = list(LifeDecision.objects.filter(commitment=commitment))
    return {
        "doc": facts, "here": "place", "row": held[0], "lived": lived, "tried": tried(lived), "method": METHOD,
        "may_decide": may_decide, "decisions": decisions, "labels": WORDS,
        "states": [(key, str(words)) for key, words in WORDS.items()],
        "stamp": actions.decision_stamp(actions.decision_that_holds(commitment.pk)), "typed": request.POST,
    }  # fmt: skip
