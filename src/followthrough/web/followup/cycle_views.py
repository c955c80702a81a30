"""The cycles of an agreement, and of one cycle: who has reported, and whose turn it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.accounts.policy import may
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.models import Document
from followthrough.web.followup import clock, rows
from followthrough.web.followup.actions import cycles as actions
from followthrough.web.followup.actions.reminding import DAYS, reminded_by, reminders_of
from followthrough.web.followup.clock import local
from followthrough.web.followup.dashboard import picture, read_asked
from followthrough.web.followup.models import Cycle, Report
from followthrough.web.followup.opening_views import read_dates, shown_options
from followthrough.web.followup.policy import asked_reports, cycles_for, run_cycles, visible_cycles
from followthrough.web.followup.rows import ReportRow, Tally
from followthrough.web.followup.states import Answering, Shown
from followthrough.web.followup.told import told_subjects
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.feeds import writers
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp
from followthrough.web.notices.models import Notice

COLUMNS = ("party", "party_name", "paragraph", "title", "lead_body", "state", "first_sent", "late", "invented")
NO_LETTERS = Notice.objects.none()
NO_CYCLE = gettext_lazy("There is no such reporting cycle, or it is not public.")


@require_safe
def cycles(request: HttpRequest, doc: str) -> HttpResponse:
    """List the reporting cycles of an agreement that one may see, newest first."""
    facts = document_or_404(request, doc)
    context = {
        "doc": facts, "here": "cycles", "cycles": list(visible_cycles(request.user).filter(document=doc)),
        "now": clock.now(),
        "may_open": request.user.is_authenticated and may(request.user, Permission.RUN_CYCLE, Document(pk=doc)),
    }  # fmt: skip
    return render(request, "followup/cycles.html", context)


@require_safe
def cycle(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show who has reported: all of it to who runs the cycle, as much as the cycle says to everybody else."""
    held: Any = cycles_for(request.user).select_related("document").filter(pk=key).first()
    if held is None:
        raise Http404(NO_CYCLE)
    open_ = bool(held.runs or held.closed or held.shown == Shown.PARTIES)
    if ext in writers:
        return writers[ext](request, held.title, told_subjects(held, request.user))
    reports = asked_reports(held, request.user, runs=held.runs)
    if ext:
        if not open_:
            raise Http404(_("The reports of this cycle are not public yet."))
        return _file(held, rows.report_rows(held, reports), ext)
    reminding = held.runs and not held.closed
    found, letters = rows.tallies_with_letters(held, reports, reminders_of(held) if reminding else NO_LETTERS)
    context = {
        "cycle": held, "runs": held.runs, "open": open_, "speaks": held.speaks, "now": clock.now(),
        "files": ("csv", "xlsx", "json", "atom", "ics"), **_counts(found),
    }  # fmt: skip
    if open_:
        context |= picture(held, found, reports, read_asked(request.GET), runs=held.runs)
    if reminding:
        context |= _reminding(reminded_by(held, letters))
    return render(request, "followup/cycle.html", context)


def _reminding(last: dict[str, datetime]) -> dict[str, Any]:
    """Return when each party was reminded last, and which of them may be reminded now."""
    since = clock.now() - timedelta(days=DAYS)
    return {
        "reminding": True,
        "reminded": last,
        "lately": {key for key, at in last.items() if at > since},
        "days": DAYS,
    }


def cycle_or_404(request: HttpRequest, key: str) -> Cycle:
    """Return a cycle that one may see."""
    held = visible_cycles(request.user).select_related("document", "previous").filter(pk=key).first()
    if held is None:
        raise Http404(NO_CYCLE)
    return held


def _counts(found: list[Tally]) -> dict[str, Any]:
    """Return whose turn it is, in numbers, and how many reports are in, by section."""
    every = rows.Group("", "", tuple(found))
    return {
        "every": every, "sections": rows.by_section(found), "late": every.late,
        "to_review": every.count(Answering.SENT), "oldest": every.oldest_waiting,
        "returned": every.count(Answering.RETURNED), "missing": every.count(Answering.OPEN),
        "accepted": every.count(Answering.ACCEPTED, Answering.PUBLISHED),
        "to_publish": every.count(Answering.ACCEPTED),
    }  # fmt: skip


def _file(held: Cycle, found: list[ReportRow], ext: str) -> HttpResponse:
    table = [
        (one.party, one.party_name, one.ref, one.heading, one.lead, one.mark, one.sent.isoformat() if one.sent else "",
         "yes" if one.late else "no", "yes" if held.example else "no")
        for one in found
    ]  # fmt: skip
    if ext == "json":
        reports = [dict(zip(COLUMNS, row, strict=True)) for row in table]
        every = rows.Group("", "", tuple(found))
        about = {"cycle": held.pk, "agreement": held.document_id, "due": held.due.isoformat()}
        return json_answer({**about, "n": every.n, "of": every.of, "reports": reports})
    sheet = Sheet(f"who-has-reported-{held.pk}", COLUMNS, table)
    return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)


def run_cycle_or_404(request: SignedInRequest, key: str) -> Cycle:
    """Return a cycle that this person runs. Raises ``Http404`` for any other."""
    held = run_cycles(request.user).select_related("document").filter(pk=key).first()
    if held is None:
        raise Http404(_("There is no such reporting cycle, or it is not yours to run."))
    return held


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: SignedInRequest, key: str) -> HttpResponse:
    """Change the dates of a cycle and what the public sees of it, or close it."""
    held = run_cycle_or_404(request, key)
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _change(request, held))
        if outcome.done:
            return redirect(address("cycle", key))
    context = {
        "cycle": held, "shown": shown_options(), "stamp": actions.cycle_stamp(held), "typed": _typed(request, held),
        "did": request.POST.get("do", ""), "waiting": Report.objects.filter(cycle=held, state=Answering.SENT).count(),
        **outcome.context,
    }  # fmt: skip
    return render(request, "followup/dates.html", context, status=outcome.status)


def _change(request: SignedInRequest, held: Cycle) -> None:
    stamp = seen_stamp(request)
    if request.POST.get("do") == "close":
        actions.close_cycle(held, by=request.user, seen=stamp)
    else:
        actions.change_dates(held, read_dates(request), by=request.user, seen=stamp)


def _typed(request: SignedInRequest, held: Cycle) -> Any:
    if request.method == "POST" and request.POST.get("do") != "close":
        return request.POST
    zone = held.zone
    ends = {name: local_day(getattr(held, name), zone) for name in ("due", "late_until")}
    return {**ends, "zone": zone, "shown": held.shown}


def local_day(moment: Any, zone: str) -> str:
    """Return the day of a moment in the time zone of a cycle."""
    return local(moment, zone).date().isoformat()
