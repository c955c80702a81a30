"""The coder's desk: one cell at a time, with the words, the note, the evidence, and nobody else's value."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.agreements.rows import tail
from followthrough.web.assessments.actions import ratings
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.models import RATING, Assessment, Rating, RatingUnit
from followthrough.web.assessments.policy import own_ratings, visible_assessments
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.assessments.rows import progress_of
from followthrough.web.assessments.stamps import rating_stamp
from followthrough.web.assessments.values import SURE, choices, scale_of
from followthrough.web.evidence import rows as evidence_rows
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.links.scope import Scope


@sign_in_required
@never_cache
@require_safe
def desk(request: SignedInRequest, key: str) -> HttpResponse:
    """List a coder's own cells, and lead to the first that is not submitted."""
    assessment = _round(request, key)
    progress = progress_of(assessment, request.user)
    return render(request, "assessments/desk.html", {"round": assessment, "progress": progress})


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: SignedInRequest, key: str, cell: int) -> HttpResponse:
    """Show one cell to its coder and take the value; the other coders' are not read at all."""
    assessment = _round(request, key)
    about = ("note", "party", "assessment__document", "commitment__provision")
    found = assessment.cells.select_related(*about).filter(pk=cell).first()
    rating = own_ratings(request.user).filter(cell=cell).first()
    if found is None or rating is None:
        raise Http404(_("This round has no such rating for you."))
    outcome = Outcome()
    if request.method == "POST":
        submit = request.POST.get("do") != "keep"
        outcome = run_action(
            lambda: ratings.rate(found, _answer(request), by=request.user, submit=submit, seen=seen_stamp(request))
        )
        if outcome.done:
            following = progress_of(assessment, request.user).next if submit else cell
            return redirect(address("desk-cell", key, following) if following else address("desk", key))
    context = _context(request, assessment, found, rating) | outcome.context
    return render(request, "assessments/cell.html", context, status=outcome.status)


def _round(request: SignedInRequest, key: str) -> Assessment:
    """Return a round in which this person is a coder."""
    rounds = own_ratings(request.user).filter(cell__assessment=key).values("cell__assessment")
    mine = visible_assessments(request.user).select_related("document").filter(pk__in=rounds).first()
    if mine is None:
        raise Http404(_("There is no such round, or you are no coder of it."))
    return mine


def _answer(request: SignedInRequest) -> RatingInput:
    claims = tuple(request.POST.getlist("claims")[:200])
    return RatingInput(request.POST.get("value", ""), typed_text(request, "why"), claims, request.POST.get("sure", ""))


def _context(request: SignedInRequest, assessment: Assessment, found: RatingUnit, rating: Rating) -> dict[str, Any]:
    commitment = found.commitment
    note = {name: str(getattr(found.note, name, "")) for name in ("full", "partial", "none")}
    # a coder reads what the round asks to be rated, also where the agreement is not published
    scope = Scope(places=(commitment.pk, commitment.provision_id), by=SYSTEM)
    typed = _typed(request, rating)
    progress = progress_of(assessment, request.user)
    keys = [one for one, *_ in progress.cells]
    return {
        "round": assessment, "scale": scale_of(assessment.scale), "cell": found, "rating": rating,
        "commitment": commitment, "ref": tail(commitment.pk), "note": note,
        "choices": choices(scale_of(assessment.scale), note), "sure": SURE, "typed": typed,
        "stamp": rating_stamp(rating),
        "claims": _own_party_first(evidence_rows.claims_of(scope), scope, found.party_id),
        "place": keys.index(found.pk) + 1, "of": len(keys),
        "open": rating.submitted is None and assessment.state == RATING,
        "newer": commitment.notes.filter(version__gt=getattr(found.note, "version", 0)).exists(),
    }  # fmt: skip


def _own_party_first(claims: list[ClaimRow], scope: Scope, party: str) -> list[ClaimRow]:
    """Return the evidence in its order, that which names the party that is rated before all other."""
    named = parties_named(scope)
    return sorted(claims, key=lambda one: party not in named.get(one.id, ()))


def _typed(request: SignedInRequest, rating: Rating) -> dict[str, Any]:
    if request.method == "POST":
        answer = _answer(request)
        return {"value": answer.value, "why": answer.why, "claims": set(answer.claims), "sure": answer.sure}
    return {"value": rating.value, "why": rating.why, "claims": set(rating.claims), "sure": rating.sure}
