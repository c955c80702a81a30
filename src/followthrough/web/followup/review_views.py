"""The secretariat's desk: the reports that wait, oldest first; one beside the last cycle's; and publication."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.agreements.rows import tail
from followthrough.web.followup import rows
from followthrough.web.followup.actions import reviews
from followthrough.web.followup.actions.comments import comment
from followthrough.web.followup.cycle_views import run_cycle_or_404
from followthrough.web.followup.models import Report
from followthrough.web.followup.policy import sent_files, sent_reports
from followthrough.web.followup.reading import accepted_before, asked_of, claims_naming, comments_on
from followthrough.web.followup.shown_answers import compared
from followthrough.web.followup.states import Answering
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp
from followthrough.web.kit.requests import whole_number


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: SignedInRequest, key: str) -> HttpResponse:
    """List what waits for review, oldest first, and what is accepted and not published; publish what is chosen."""
    cycle = run_cycle_or_404(request, key)
    outcome, published = Outcome(), list[int]()
    chosen = [number for text in request.POST.getlist("reports")[:20_000] if (number := whole_number(text))]
    if request.method == "POST":
        outcome = run_action(lambda: published.append(reviews.publish_reports(cycle, chosen, by=request.user)))
        if outcome.done:
            messages.success(request, _said(published[0]))
            return redirect(address("review-queue", key))
    found = rows.report_rows(cycle, sent_reports(request.user))
    alone = [one for one in found if not one.answered_with]  # what is answered together is decided together
    waiting = sorted((one for one in alone if one.state is Answering.SENT), key=lambda one: str(one.sent))
    accepted = [one for one in alone if one.state is Answering.ACCEPTED]
    context = {
        "together": Counter(one.answered_with for one in found),
        "cycle": cycle, "waiting": waiting, "sections": rows.by_section(accepted), "accepted": len(accepted),
        "returned": sum(one.state is Answering.RETURNED for one in found),
        "published": sum(one.state is Answering.PUBLISHED for one in found), **outcome.context,
    }  # fmt: skip
    return render(request, "followup/queue.html", context, status=outcome.status)


def _said(count: int) -> str:
    return ngettext("%(count)s report is public now.", "%(count)s reports are public now.", count) % {"count": count}


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, key: int) -> HttpResponse:
    """Show one report beside the party's last one, question by question; accept it, or return it with comments.

    Of one that was not sent yet it shows what was said about it, and no draft.
    """
    about = ("cycle__document", "party", "provision")
    something = Q(submissions__isnull=False) | Q(comments__isnull=False)
    held = sent_reports(request.user).select_related(*about).filter(something, pk=key).distinct().first()
    if held is None:
        raise Http404(_("There is no such report, or nothing of it was sent yet."))
    outcome = Outcome()
    if request.method == "POST":
        says = request.POST.get("do") == "comment"
        outcome = run_action(lambda: comment(held, request.POST.get("said", ""), by=request.user) if says
                             else _decide(request, held))  # fmt: skip
        if outcome.done:
            return redirect(address("review", key) if says else _next(request, held))
    context = _context(request, held) | outcome.context
    return render(request, "followup/review.html", context, status=outcome.status)


def _decide(request: SignedInRequest, held: Report) -> None:
    stamp = seen_stamp(request)
    if request.POST.get("do") == "accept":
        reviews.accept_report(held, by=request.user, seen=stamp)
        return
    typed = {name: request.POST.get(name, "") for name in request.POST if name.startswith("comment.")}
    comments = {name.removeprefix("comment."): text for name, text in typed.items()}
    reviews.return_report(held, comments, by=request.user, seen=stamp)


def _next(request: SignedInRequest, held: Report) -> str:
    """Return the address of the next report that waits, oldest first, else of the queue."""
    alone = sent_reports(request.user).filter(answered_with=None)
    waiting = alone.filter(cycle=held.cycle_id, state=Answering.SENT).order_by("first_sent", "pk")
    following = waiting.first()
    return address("review", following.pk) if following else address("review-queue", held.cycle_id)


def _context(request: SignedInRequest, held: Report) -> dict[str, Any]:
    last = held.submissions.order_by("-number").first()
    before = accepted_before(held)
    questions = asked_of(held.cycle_id)
    return {
        "report": held, "cycle": held.cycle, "ref": tail(held.provision_id), "last": last, "before": before,
        "stamp": reviews.review_stamp(held, last), "waits": held.state == Answering.SENT,
        "lines": compared(questions, dict(before.answers) if before else {}, dict(last.answers) if last else {}),
        "comments": comments_on(held, request.user), "claims": claims_naming(held, request.user),
        "questions": questions, "members": held.members.select_related("provision").order_by("position"),
        "typed": request.POST, "files": sent_files(last),
        "said_typed": request.POST.get("said", ""),
    }  # fmt: skip
