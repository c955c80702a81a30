"""The pages on which the work of somebody who leaves goes to a successor: what will move is listed before it does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.actions.hand_overs import hand_over, hand_over_stamp, parts_of, undo_hand_over
from followthrough.web.accounts.actions.people import BadAccount
from followthrough.web.accounts.models import User
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.succession import leavers, require_succession, successors, visible_hand_overs
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.kit.requests import whole_number


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_overs(request: SignedInRequest) -> HttpResponse:
    """List whose work one may give to a successor, and what was handed over, which can be taken back."""
    require_succession(request.user)
    outcome = Outcome()
    if request.method == "POST":
        number = whole_number(request.POST.get("hand_over", "")) or 0
        held = visible_hand_overs(request.user).filter(pk=number).first()
        if held is None:
            raise Http404(_("There is no such hand-over."))
        outcome = run_action(lambda: _told(lambda: undo_hand_over(held, by=request.user)))
        if outcome.done:
            messages.success(request, _("Taken back: the account is open again, with what it held."))
            return redirect("people-hand-overs")
    context = {"people": leavers(request.user), "held": visible_hand_overs(request.user)[:100], **outcome.context}
    return render(request, "people/hand_overs.html", context, status=outcome.status)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose a successor, see all that would go to them, and hand it over."""
    require_succession(request.user)
    leaver = leavers(request.user).filter(pk=pk).first()
    if leaver is None:
        raise Http404(_("There is no such account, or its work is not yours to hand over."))
    asked = request.POST if request.method == "POST" else request.GET
    offered = successors(leaver, request.user)
    successor = offered.filter(pk=whole_number(asked.get("to", "")) or 0).first()
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _hand_over(request, leaver, successor))
        if outcome.done:
            messages.success(request, _("Handed over. The account is closed and signed out everywhere."))
            return redirect("people-hand-overs")
    parts = parts_of(leaver, successor) if successor else []
    context: dict[str, Any] = {
        "leaver": leaver, "offered": offered, "successor": successor, "parts": parts,
        "stamp": hand_over_stamp(parts), "moving": sum(len(one.moving) for one in parts), "typed": request.POST,
        "mine": leaver == request.user, **outcome.context,
    }  # fmt: skip
    return render(request, "people/hand_over.html", context, status=outcome.status)


def _hand_over(request: SignedInRequest, leaver: User, successor: User | None) -> None:
    if successor is None:
        raise InvalidEntry({"to": _("choose a successor")})
    reason = typed_text(request, "reason")
    _told(lambda: hand_over(leaver, successor, reason, by=request.user, seen=seen_stamp(request)))


def _told(action: Any) -> None:
    """Say what keeps an account from being closed or opened as forms say it."""
    try:
        action()
    except BadAccount as error:
        raise InvalidEntry({"to": str(error)}) from None
