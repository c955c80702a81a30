"""The form that names the bodies which answer for the paragraphs of a cycle, fifty to a page."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.followup.actions.leads import leads_of, name_leads
from followthrough.web.followup.cycle_views import run_cycle_or_404
from followthrough.web.followup.dashboard import PAGE
from followthrough.web.followup.models import Report
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action
from followthrough.web.kit.requests import whole_number


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leads(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the lead body of each paragraph of a cycle, and name others."""
    cycle = run_cycle_or_404(request, key)
    page = whole_number(request.GET.get("page", "")) or 1
    outcome, changed = Outcome(), list[int]()
    if request.method == "POST":
        sent = request.POST
        typed = {name.removeprefix("lead."): (sent.get(f"was.{name.removeprefix('lead.')}", ""), sent[name])
                 for name in sent if name.startswith("lead.")}  # fmt: skip
        outcome = run_action(lambda: changed.append(name_leads(cycle, typed, by=request.user)))
        if outcome.done:
            said = ngettext("%(count)s lead body is named anew.", "%(count)s lead bodies are named anew.", changed[0])
            messages.success(request, said % {"count": changed[0]})
            return redirect(f"{address('cycle-leads', key)}?page={page}")
    names = ("position", "provision", "provision__num", "provision__title", "provision__parent__num",
             "provision__parent__title")  # fmt: skip
    asked = Report.objects.filter(cycle=cycle).order_by("position").values_list(*names).distinct()
    held = leads_of(cycle)
    places = [
        (f"{above or ''} {section or ''}".strip(), place, f"{num} {title}".strip(), held.get(place, ""))
        for _at, place, num, title, above, section in asked[(page - 1) * PAGE : page * PAGE]
    ]
    context = {
        "cycle": cycle, "sections": [(name, list(many)) for name, many in groupby(places, lambda one: one[0])],
        "bodies": sorted({one for one in held.values() if one}), "typed": request.POST,
        "pages": range(1, -(-len(held) // PAGE) + 1), "page": page, "named": sum(bool(one) for one in held.values()),
        "count": len(held), **outcome.context,
    }  # fmt: skip
    return render(request, "followup/leads.html", context, status=outcome.status)
