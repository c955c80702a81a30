"""The page of saved views: one's own, those shared with one's role; and the form of every list that saves one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.web.accounts.models import Grant
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Role
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action
from followthrough.web.kit.requests import whole_number
from followthrough.web.saved_views.actions import saved_views as actions
from followthrough.web.saved_views.models import SavedView
from followthrough.web.saved_views.policy import own_views, shared_views


@sign_in_required
@never_cache
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    """Save the list that somebody looks at, in its state, and lead back to it."""
    done = list[SavedView]()
    typed = [request.POST.get(name, "") for name in ("name", "path", "query")]
    outcome = run_action(lambda: done.append(actions.save_view(*typed, by=request.user)))
    if not outcome.done:
        return _page(request, outcome)
    said = _("Saved as “{}”. It is on <a href='{}'>your desk</a>, and can be shared there.")
    messages.success(request, format_html(said, done[0].name, address("saved-views")))
    return redirect(done[0].link)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_views(request: SignedInRequest) -> HttpResponse:
    """List saved views; share one of one's own with those who hold the same role, or remove it."""
    if request.method != "POST":
        return _page(request, Outcome())
    outcome = run_action(lambda: _do(request))
    return redirect("saved-views") if outcome.done else _page(request, outcome)


def _do(request: SignedInRequest) -> None:
    view = SavedView(pk=whole_number(request.POST.get("view", "")) or 0)
    do = request.POST.get("do", "")
    if do == "share":
        number = whole_number(request.POST.get("with", ""))
        grant = Grant.objects.filter(user=request.user, pk=number).first() if number else None
        actions.share_view(view, grant, by=request.user)
    elif do in ("remove", "back"):
        actions.remove_view(view, by=request.user, back=do == "back")
    else:
        raise InvalidEntry({"do": _("press one of the buttons of this page")})


def _page(request: SignedInRequest, outcome: Outcome) -> HttpResponse:
    held = Grant.objects.filter(user=request.user).select_related("document").order_by("role", "pk")
    gone = SavedView.objects.filter(owner=request.user, removed__isnull=False).order_by("-removed")[:5]
    context = {
        "own": own_views(request.user).select_related("document"), "gone": gone, "shared": shared_views(request.user),
        "roles": [(one, Role(one.role).label.partition(":")[0]) for one in held], "typed": request.POST,
        **outcome.context,
    }  # fmt: skip
    return render(request, "saved_views/saved_views.html", context, status=outcome.status)
