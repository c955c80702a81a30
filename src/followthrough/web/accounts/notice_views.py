"""The notices of a person, and of which kinds letters come; for administrators, letters that did not arrive."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.actions import notices as actions
from followthrough.web.accounts.people_views import administrators_only
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.kit.forms import Outcome, run_action
from followthrough.web.kit.requests import whole_number
from followthrough.web.kit.wording import listing
from followthrough.web.notices.kinds import SWITCHABLE, TROUBLE, NoticeKind, Way
from followthrough.web.notices.models import Muted, Notice

SHOWN = 100


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SignedInRequest) -> HttpResponse:
    """List what somebody was told, newest first, and let them choose what comes by mail."""
    user = request.user
    if request.method == "POST":
        actions.choose_notices(user, request.POST.getlist("kinds"), by=user)
        messages.success(request, _("Saved."))
        return redirect("account-notices")
    off = set(Muted.objects.filter(user=user).values_list("kind", flat=True))
    context = {
        "notices": Notice.objects.filter(user=user).order_by("-pk")[:SHOWN], "email": user.email,
        "sends_mail": settings.SENDS_MAIL, "switches": [(one, one.value not in off) for one in SWITCHABLE],
        "duties": listing([str(one.label) for one in NoticeKind if one not in SWITCHABLE]),
    }  # fmt: skip
    return render(request, "accounts/notices.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: SignedInRequest) -> HttpResponse:
    """Show how many letters wait and were sent, and each that was refused or of which nobody knows."""
    outcome = Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _settle(request))
        if outcome.done:
            return redirect("letters")
    counts = {way: count for way, count in Notice.objects.order_by().values_list("way").annotate(count=Count("pk"))}
    held = Notice.objects.select_related("user").order_by("-pk")
    context = {
        "trouble": held.filter(way__in=TROUBLE)[:SHOWN], "troubles": sum(counts.get(one.value, 0) for one in TROUBLE),
        "waiting": sum(counts.get(one.value, 0) for one in (Way.WAITING, Way.CLAIMED, Way.HANDING)),
        "sent": counts.get(Way.SENT.value, 0), "without": counts.get(Way.HELD.value, 0),
        "late": held.filter(way=Way.WAITING).exclude(said="").order_by("next_try").first(),
        "sends_mail": settings.SENDS_MAIL, **outcome.context,
    }  # fmt: skip
    return render(request, "accounts/letters.html", context, status=outcome.status)


def _settle(request: SignedInRequest) -> None:
    key = whole_number(request.POST.get("notice", "")) or 0
    if request.POST.get("do") == "arrived":
        actions.settle_as_sent(key, by=request.user)
    else:
        actions.send_again(key, by=request.user)
