"""Proposed links, decided in runs of twenty: one form with three choices for each, and the way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp
from followthrough.web.kit.requests import whole_number
from followthrough.web.links.actions import runs as actions
from followthrough.web.links.runs import RUN, links_to_confirm, run_of
from followthrough.web.links.stamps import stamp_of

CHOICES = ("confirm", "refuse", "later")


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: SignedInRequest) -> HttpResponse:
    """Show the next twenty proposals; a POST decides those that are not left for later, or undoes the run before."""
    require_somewhere(request.user, Permission.CONFIRM)
    skip, outcome = whole_number(request.GET.get("skip", ""), 6) or 0, Outcome()
    if request.method == "POST":
        done = list[str]()
        outcome = run_action(lambda: done.append(_do(request, skip)))
        if outcome.done:
            return redirect(done[0])
    proposals, last = run_of(request.user, skip), request.GET.get("last", "")
    context = {
        "run": [(one, _chosen(request, one.id)) for one in proposals], "skip": skip,
        "waiting": links_to_confirm(request.user).count(), "stamp": stamp_of(proposals),
        "last": last, "decided": actions.run_decided(last, request.user) if last else None,
        "undone": whole_number(request.GET.get("undone", ""), 3), "here": request.get_full_path(), **outcome.context,
    }  # fmt: skip
    return render(request, "links/run.html", context, status=outcome.status)


def _do(request: SignedInRequest, skip: int) -> str:
    """Do what a form asks for; return where it goes on."""
    here = address("link-run")
    if request.POST.get("do") == "undo":
        count = actions.undo(request.POST.get("run", ""), by=request.user)
        return f"{here}?undone={count}"
    shown = request.POST.getlist("link")[:RUN]
    chosen = {name: [one for one in shown if _chosen(request, one) == name] for name in CHOICES}
    onwards = skip + len(chosen["later"])
    run = actions.decide(shown, chosen["confirm"], chosen["refuse"], by=request.user, seen=seen_stamp(request))
    return f"{here}?skip={onwards}&last={run}" if run else f"{here}?skip={onwards}"


def _chosen(request: SignedInRequest, key: str) -> str:
    choice = request.POST.get(f"choice.{key}", "later")
    return choice if choice in CHOICES else "later"
