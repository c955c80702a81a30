"""The reports of one party: what is asked of it, the form of each report, and the page of one that is published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from followthrough.errors import InputRefused
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.agreements.rows import tail
from followthrough.web.files.actions.receiving import LONGEST_FILE
from followthrough.web.followup import answers, clock, rows
from followthrough.web.followup.actions import grouping
from followthrough.web.followup.actions.comments import comment
from followthrough.web.followup.actions.drafts import Saved, save_draft
from followthrough.web.followup.actions.files import attach_to_report, take_out
from followthrough.web.followup.actions.submissions import Sent, submit
from followthrough.web.followup.answers import Answers, read_answers
from followthrough.web.followup.cycle_views import cycle_or_404
from followthrough.web.followup.models import Assignment, Report
from followthrough.web.followup.policy import own_reports, sent_files, visible_submissions
from followthrough.web.followup.questions import FIGURES, Asked
from followthrough.web.followup.reading import accepted_before, asked_of, claims_naming, comments_on
from followthrough.web.followup.shown_answers import Line, lines_of
from followthrough.web.followup.states import Answering
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action
from followthrough.web.kit.requests import takes_files, whole_number
from followthrough.web.limits.limiter import TooMany

MOST_TOGETHER = 500
WRITABLE = (Answering.OPEN, Answering.RETURNED)


@sign_in_required
@never_cache
@require_safe
def own(request: SignedInRequest, key: str) -> HttpResponse:
    """List what a cycle asks of the parties that one speaks for: what is open first, and when each draft was saved."""
    held = cycle_or_404(request, key)
    mine = own_reports(request.user).filter(cycle=held)
    found = rows.report_rows(held, mine)
    if not found:
        raise Http404(_("This cycle asks nothing of a party that you speak for."))
    drafts = dict(mine.filter(number__gt=0).values_list("pk", "saved"))
    open_ = [one for one in found if one.state in WRITABLE]
    first = [one for one in open_ if not one.answered_with]
    open_first = sorted(found, key=lambda one: one.state not in WRITABLE)
    context = {
        "cycle": held, "parties": rows.by_party(open_first), "drafts": drafts, "now": clock.now(),
        "every": rows.Group("", "", tuple(found)), "next": first[0] if first else None, "open": len(open_),
        "returned": sum(one.state is Answering.RETURNED for one in found),
        "headings": {one.id: one.heading for one in found}, "heads": {one.answered_with for one in found},
        "mergeable": {one.id for one in first if not one.sent}, "problems": {},
    }  # fmt: skip
    return render(request, "followup/own.html", context)


@sign_in_required
@require_POST
def together(request: SignedInRequest, key: str) -> HttpResponse:
    """Have the ticked reports answered with the first of them, or those of one report each for itself again."""
    held = cycle_or_404(request, key)
    mine = own_reports(request.user).filter(cycle=held).select_related("cycle__document")
    apart = mine.filter(pk=whole_number(request.POST.get("apart", "")) or 0).first()
    ticked = [number for text in request.POST.getlist("reports")[:MOST_TOGETHER] if (number := whole_number(text))]
    heads = list[Report]()
    if apart is not None:
        outcome = run_action(lambda: grouping.answer_apart(apart, by=request.user))
    else:
        chosen = list(mine.filter(pk__in=ticked).values_list("pk", flat=True))
        outcome = run_action(lambda: heads.append(grouping.answer_together(chosen, by=request.user)))
    if not outcome.done:
        messages.error(request, str(outcome.conflict or next(iter(outcome.problems.values()), "")))
    return redirect(address("report", heads[0].pk) if heads else address("own-reports", key))


@takes_files(LONGEST_FILE)
@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, key: int) -> HttpResponse:
    """Show a report to those who speak for its party; save what is typed, and send it for review."""
    about = ("cycle__document", "party", "provision")
    held = own_reports(request.user).select_related(*about).filter(pk=key).first()
    if held is None:
        raise Http404(_("There is no such report, or it is not your party's."))
    questions = asked_of(held.cycle_id)
    outcome, made = Outcome(), list[Sent]()
    if request.POST.get("do") == "comment":
        outcome = run_action(lambda: comment(held, request.POST.get("said", ""), by=request.user))
        if outcome.done:
            messages.success(request, _("The secretariat reads your comment."))
            return redirect(address("report", key))
    elif request.method == "POST":
        outcome = run_action(lambda: made.append(_post(request, held, questions)))
        if outcome.done and not made[0].saved.differ:
            return _after(request, held, made[0])
        held.refresh_from_db(fields=["answers", "number", "state", "saved", "saved_by"])
    context = _context(request, held, questions, made[0].saved if made else None) | outcome.context
    return render(request, "followup/report.html", context, status=409 if made else outcome.status)


def _post(request: SignedInRequest, held: Report, questions: tuple[Asked, ...]) -> Sent:
    typed = read_answers(questions, dict(request.POST.lists()))
    seen = whole_number(request.POST.get("seen", "")) or 0
    do = request.POST.get("do", "")
    if do != "send":
        saved = save_draft(held, typed, by=request.user, seen=seen)
        return Sent(None, saved if saved.differ else _with_files(request, held, do, saved))
    replies = {one.key: request.POST.get(f"reply.{one.key}", "") for one in questions}
    replies[""] = request.POST.get("reply.", "")
    return submit(held, typed, by=request.user, seen=seen, replies=replies)


def _with_files(request: SignedInRequest, held: Report, do: str, saved: Saved) -> Saved:
    """Attach the file that was chosen, or take out the one that the button names; the draft is saved already."""
    if do == "attach":
        try:
            got = attach_to_report(held, request.FILES.get("file"), by=request.user)
        except (InputRefused, TooMany) as error:
            raise InvalidEntry({"file": str(error)}) from None
        if got.known:
            messages.info(request, _("This file was known already; it is not stored twice."))
    elif do.startswith("take-out-") and (key := whole_number(do.removeprefix("take-out-"))):
        take_out(held, key, by=request.user)
    return saved


def _after(request: SignedInRequest, held: Report, made: Sent) -> HttpResponse:
    """Lead on: to the same form after a draft, to the next open report after one was sent."""
    if made.submission is None:
        said = _("Saved. Only your office sees it until you send it.")
        if made.saved.taken:
            said = _("Saved, together with what a colleague wrote in the meantime.")
        messages.success(request, said)
        return redirect(address("report", held.pk))
    said = _("Sent for review: %(place)s.")
    if made.submission.late:
        said = _("Sent for review, and marked as late: %(place)s.")
    messages.success(request, said % {"place": f"{held.provision.num or ''} {held.provision.title}".strip()})
    mine = own_reports(request.user).filter(cycle=held.cycle_id, party=held.party_id, state__in=WRITABLE)
    following = mine.filter(answered_with=None).filter(position__gt=held.position).order_by("position").first()
    return redirect(address("report", following.pk) if following else address("own-reports", held.cycle_id))


def _context(
    request: SignedInRequest, held: Report, questions: tuple[Asked, ...], saved: Saved | None
) -> dict[str, Any]:
    typed = _typed(request, held, questions, saved)
    before = accepted_before(held)
    order = list(own_reports(request.user).filter(cycle=held.cycle_id, party=held.party_id).order_by("position")
                 .values_list("pk", flat=True))  # fmt: skip
    at = order.index(held.pk)
    now = clock.now()
    return {
        "report": held, "cycle": held.cycle, "ref": tail(held.provision_id), "questions": questions, "typed": typed,
        "before": before, "earlier_lines": lines_of(questions, dict(before.answers)) if before else [],
        "comments": comments_on(held, request.user), "writable": _writable(held, now),
        "untouched": not any(typed.values()), "late": now > held.cycle.due, "now": now,
        "claims": claims_naming(held, request.user),
        "commitments": Assignment.objects.filter(Q(report=held) | Q(report__answered_with=held))
                       .select_related("commitment").order_by("report__position", "commitment__position"),
        "members": held.members.select_related("provision").order_by("position"),
        "last": held.submissions.order_by("-number").first(),
        "lines": [] if _writable(held, now) else lines_of(questions, _sent_answers(held)),
        "place": at + 1, "of": len(order), "previous": order[at - 1] if at else None,
        "following": order[at + 1] if at + 1 < len(order) else None,
        "conflict": _conflict(questions, held, typed, saved) if saved and saved.differ else None,
        "choices": answers.CHOICES, "steps": answers.STEPS, "obstacles": answers.OBSTACLES,
        "replies": {name: text for name, text in request.POST.items() if name.startswith("reply.")},
        "figure_rows": range(1, FIGURES + 1), "megabytes": LONGEST_FILE // 1_000_000,
        "said_typed": request.POST.get("said", ""),
        "files": held.files.filter(withdrawn=None).select_related("file"),
    }  # fmt: skip


def _typed(request: SignedInRequest, held: Report, questions: tuple[Asked, ...], saved: Saved | None) -> Answers:
    """Return what the form shows: the draft, or what was typed; where a colleague was faster, both joined."""
    if request.method != "POST" or request.POST.get("do") == "comment":
        return dict(held.answers)
    typed = read_answers(questions, dict(request.POST.lists()))
    if saved is None:
        return typed
    mine: Answers = {name: typed[name] for name in saved.differ if name in typed}
    return {**saved.joined, **mine}


def _writable(held: Report, now: Any) -> bool:
    return (
        held.state in WRITABLE and not held.answered_with_id and not held.cycle.closed and now <= held.cycle.late_until
    )


def _sent_answers(held: Report) -> Answers:
    last = held.submissions.order_by("-number").first()
    return dict(last.answers) if last else dict(held.answers)


def _conflict(questions: tuple[Asked, ...], held: Report, typed: Answers, saved: Saved) -> list[tuple[Line, Line]]:
    """Return the answers on which two people of one office differ: theirs that stands, and what was typed."""
    differing = [one for one in questions if set(one.fields) & set(saved.differ)]
    return list(zip(lines_of(differing, dict(held.answers)), lines_of(differing, typed), strict=True))


@require_safe
def published(request: HttpRequest, key: int) -> HttpResponse:
    """Show a published report as its party sent it, with the secretariat's acceptance and all earlier versions."""
    held = visible_submissions(request.user).filter(report=key, published__isnull=False)
    one = (
        held.select_related("report__cycle__document", "report__party", "report__provision").order_by("-number").first()
    )
    if one is None:
        raise Http404(_("There is no such published report."))
    cycle = one.report.cycle
    context = {
        "submission": one, "report": one.report, "cycle": cycle, "ref": tail(one.report.provision_id),
        "lines": [line for line in lines_of(asked_of(cycle.pk), dict(one.answers)) if line.said],
        "files": sent_files(one),
    }  # fmt: skip
    return render(request, "followup/published.html", context)
