"""The suggestions of readers, of one agreement or of all: read, answered, closed, and opened again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.policy import (
    document_to,
    require_somewhere,
    visible_commitments,
    visible_provisions,
)
from followthrough.web.evidence.actions import suggestions
from followthrough.web.evidence.actions.suggestions import Answer
from followthrough.web.evidence.models import TAKEN, THERE, Suggestion
from followthrough.web.evidence.policy import visible_claims, visible_suggestions
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.kit.requests import whole_number

SHOWN = 200


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, doc: str = "") -> HttpResponse:
    """Show the suggestions of readers to those who enter evidence, of one agreement or of all, and take answers."""
    _require_queue(request, doc)
    here = address("suggestions", doc) if doc else address("inbox")
    picked, outcome = request.POST.getlist("suggestion"), Outcome()
    if request.method == "POST":
        chosen = chosen_suggestions(request, picked, doc)
        if request.POST.get("outcome") == TAKEN and len(chosen) == 1:
            return _to_the_form(request, chosen[0])
        outcome = run_action(lambda: _do(request, chosen))
        if outcome.done:
            return redirect(f"{here}?closed={picked[0]}" if request.POST.get("do") != "reopen" else here)
    held = visible_suggestions(request.user).select_related("document", "party")
    held = held.filter(document=doc) if doc else held
    shown = list(held.order_by(F("answered").asc(nulls_first=True), "at", "pk")[:SHOWN])
    waiting = [one for one in shown if one.answered is None]
    context = {
        "doc": document_or_404(request, doc) if doc else None,
        "waiting": [_card(one) for one in waiting], "count": len(waiting),
        "answered": [_card(one) for one in reversed(shown) if one.answered],
        "places": _places(request, shown), "unanswered": suggestions.answer_stamp(Suggestion()),
        "chosen": picked or [str(one.pk) for one in waiting[:1]], "typed": request.POST, "sent": bool(picked),
        "closed": request.GET.get("closed", ""),
        "did": "many" if len(picked) > 1 else picked[0] if picked else "", **outcome.context,
    }  # fmt: skip
    return render(request, "evidence/queue.html", context, status=outcome.status)


def _require_queue(request: HttpRequest, doc: str) -> None:
    if doc:
        document_to(request.user, Permission.ENTER, doc)
    else:
        require_somewhere(request.user, Permission.ENTER)


def _do(request: HttpRequest, chosen: list[Suggestion]) -> None:
    """Answer the suggestions that were chosen, or open them again: all of them, or none."""
    outcome = request.POST.get("outcome", "")
    item = typed_text(request, "item") if outcome == THERE else ""
    said = Answer(request.POST.get("answer", ""), outcome, item)
    with transaction.atomic():
        for one in chosen:
            if request.POST.get("do") == "reopen":
                suggestions.reopen(one, by=request.user, seen=seen_stamp(request))
            else:
                suggestions.answer(one, said, by=request.user, seen=seen_stamp(request))


def _to_the_form(request: HttpRequest, one: Suggestion) -> HttpResponse:
    """Lead on to the form for evidence, filled from the suggestion: saving it there closes the suggestion."""
    query = urlencode({"suggestion": one.pk, "answer": request.POST.get("answer", "")[: suggestions.LONGEST_ANSWER]})
    return redirect(f"{address('new-claim', one.document_id)}?{query}")


def _card(one: Suggestion) -> tuple[Suggestion, str, str]:
    """Return a suggestion with its stamp and the address of mail that its reader left."""
    return one, suggestions.answer_stamp(one), suggestions.mail_address(one)


def _places(request: HttpRequest, shown: list[Suggestion]) -> dict[int, str]:
    """Return the address of the place or evidence item that each suggestion speaks of, where the register has it."""
    meant = {one.pk: f"{one.document_id}/{one.place}" for one in shown if one.place}
    wanted = set(meant.values())
    held = {
        key
        for door in (visible_provisions, visible_commitments) if wanted
        for key in door(request.user).filter(pk__in=wanted).values_list("pk", flat=True)
    }  # fmt: skip
    items = {one.place for one in shown if one.place and meant[one.pk] not in held}
    said = {one.pk: one.place for one in shown}
    if items:
        items = set(visible_claims(request.user).filter(pk__in=items).values_list("pk", flat=True))
    found = {key: place_address(place) for key, place in meant.items() if place in held}
    return found | {key: address("claim", said[key]) for key in meant if said[key] in items}


def chosen_suggestions(request: HttpRequest, numbers: list[str], doc: str = "") -> list[Suggestion]:
    """Return the suggestions with these numbers, all of them or 404, of one agreement where it is named."""
    wanted = {number for text in numbers if (number := whole_number(text)) is not None}
    held = visible_suggestions(request.user).select_related("document").filter(pk__in=wanted)
    found = list(held.filter(document=doc) if doc else held)
    if not numbers or len(found) != len(set(numbers)):
        raise Http404(_("There is no such suggestion."))
    return found
