"""The page of one activity, and the form that moves it along."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followthrough.assess.project_cycle import NEXT
from followthrough.model.vocabulary import ActivityEventKind, LinkRole
from followthrough.packs.cells import plain as plain_number
from followthrough.publish.citations import FORMS
from followthrough.web.activities.actions import project_cycle
from followthrough.web.activities.actions.project_cycle import Step
from followthrough.web.activities.detail import Detail, detail
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.citing import cite_source, cited_answer
from followthrough.web.agreements.rows import history_of
from followthrough.web.audit.sentences import event_says
from followthrough.web.kit.addresses import address
from followthrough.web.kit.beside import facts_beside
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.kit.wording import plain
from followthrough.web.links.actions import links
from followthrough.web.links.forms import link_request
from followthrough.web.links.stamps import links_stamp


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one activity; those who enter evidence move it along the project cycle and date its steps."""
    today = timezone.localdate().isoformat()
    found = detail(key, request.user, today)
    if found is None:
        raise Http404(_("The register holds no activity “%(key)s”.") % {"key": key})
    cited = cite_source(request, "activity", key, found.row.title, address("activity", key), found.row.source)
    if ext in FORMS:
        return cited_answer(cited, ext)
    if ext:
        return json_answer(_json(found) | facts_beside("activity", key, request.user))
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _do(request, key))
        if outcome.done:
            part = "serves" if request.POST.get("do") in ("tie", "untie") else "cycle"
            return redirect(f"{address('activity', key)}#{part}")
        found = detail(key, request.user, today) or found
    may_edit = request.user.is_authenticated and project_cycle.may_enter(request.user, key)
    context = {
        "one": found,
        "row": found.row,
        "address": address("activity", key),
        "typed": request.POST,
        "did": request.POST.get("do", ""),
        "roles": tuple(LinkRole),
        **outcome.context,
        "editable": may_edit,
        "stamp": project_cycle.cycle_stamp(visible_activities(request.user).get(pk=key)) if may_edit else "",
        "links_stamp": links_stamp("activity", key) if may_edit else "",
        "ticked": request.POST.getlist("link"),
        "following": _following(found.row.state),
        "ended": not NEXT.get(found.row.state),
        "events": tuple(ActivityEventKind),
        "history": [(event, event_says(event)) for event in history_of("activity", key)],
        "today": today,
        "cite": cited,
    }
    return render(request, "activities/activity.html", context, status=outcome.status)


def _do(request: HttpRequest, key: str) -> None:
    """Link the activity, unlink it, or take a step of the cycle."""
    match request.POST.get("do", ""):
        case "tie":
            links.link("activity", key, link_request(request, "places"), by=request.user, seen=seen_stamp(request))
        case "untie":
            ids, reason = request.POST.getlist("link")[:100], typed_text(request, "reason")
            links.unlink(ids, reason, by=request.user, seen=seen_stamp(request))
        case _:
            project_cycle.take_step(key, _step(request), by=request.user, seen=seen_stamp(request))


def _step(request: HttpRequest) -> Step:
    typed = {name: " ".join(request.POST.get(name, "").split()) for name in ("state", "event", "date", "note")}
    return Step(**{name: text[:500] for name, text in typed.items()})


def _json(one: Detail) -> dict[str, Any]:
    row = one.row
    dates = one.dates
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "state": row.state,
        "status": row.status or None,
        "statement": row.statement or None,
        "start": row.start or None,
        "end": row.end or None,
        "budget": plain_number(row.budget) if row.budget is not None else None,
        "currency": row.currency or None,
        "fund": one.fund[0] or None,
        "part_of": row.parent or None,
        "parts": [key for key, _ in one.parts],
        "lead_body": row.lead_body or None,
        "parties": [key for key, _ in one.parties],
        "events": [{name: step[name] or None for name in ("event", "date", "note")} for step in one.events],
        "computed": {
            "commenced": dates.commenced or None, "report_due": dates.report_due or None,
            "overdue": dates.overdue if dates.report_due else None, "completed": dates.completed or None,
            "months_to_first_disbursement": dates.months_to_money,
        },
        "serves": [
            {"place": at.id, "role": at.link.role,
             "share": plain_number(at.link.share) if at.link.share is not None else None,
             "rationale": at.link.rationale, "origin": at.link.origin, "confirmed": at.link.confirmed or None}
            for at in one.served
        ],
        "source": {"id": row.source.id, "url": row.source.url, "publisher": row.source.publisher},
    }  # fmt: skip


def _following(state: str) -> list[str | tuple[str, str]]:
    """Return the states that an activity may move on to, or the only option of one that is at its end."""
    found: list[str | tuple[str, str]] = [*sorted(NEXT.get(state, ()))]
    return found or [("", _("nothing follows %(state)s") % {"state": plain(state)})]
