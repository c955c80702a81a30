"""Reminding parties from the page of who has not reported."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.followup.actions.reminding import DAYS, Reminded, remind_parties
from followthrough.web.followup.cycle_views import run_cycle_or_404
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import run_action
from followthrough.web.kit.wording import listing


@sign_in_required
@never_cache
@require_POST
def remind(request: SignedInRequest, key: str) -> HttpResponse:
    """Remind the parties that are ticked, and say of each what came of it."""
    held = run_cycle_or_404(request, key)
    done = list[Reminded]()
    chosen = frozenset(request.POST.getlist("parties")[:500])
    outcome = run_action(lambda: done.append(remind_parties(held, chosen, by=request.user)))
    if outcome.done:
        for said in _sentences(done[0]):
            messages.success(request, said)
    else:
        said = outcome.conflict.says if outcome.conflict else _("Choose whom to remind.")
        messages.error(request, said)
    return redirect(f"{address('cycle', key)}#parties")


def _sentences(done: Reminded) -> list[str]:
    said = []
    if done.told:
        said.append(_("Reminded: %(names)s.") % {"names": listing(list(done.told))})
    if done.lately:
        said.append(
            _("Reminded in the last %(days)s days already, and not again: %(names)s.")
            % {"days": DAYS, "names": listing(list(done.lately))}
        )
    if done.nobody:
        said.append(_("Has no focal point to remind: %(names)s.") % {"names": listing(list(done.nobody))})
    return said or [_("None of these owes a report.")]
