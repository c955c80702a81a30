"""The pages on which administrators keep accounts and roles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.accounts.actions import people, roles, sign_in
from followthrough.web.accounts.forms import DetailsForm, GrantForm, NewPersonForm, SeenForm
from followthrough.web.accounts.links import make_link, send_link
from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.people_rows import people_rows, person_of
from followthrough.web.accounts.policy import NotAllowed, require
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.kit.requests import whole_number

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Let only those in who keep accounts; nobody else learns who has one."""

    @wraps(view)
    def guarded(request: SignedInRequest, *rest: Any, **named: Any) -> HttpResponse:
        require(request.user, Permission.ADMINISTER)
        return view(request, *rest, **named)

    return sign_in_required(never_cache(guarded))


@administrators_only
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List everybody who has an account."""
    found = people_rows()
    open_ones = sum(one.active and not one.demo for one in found)
    return render(request, "people/list.html", {"people": found, "open": open_ones})


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Make an account."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = people.add_person(form.cleaned_data["username"], form.details, by=request.user)
        except people.BadAccount as error:
            form.add_error(error.field or None, _sentence(error))
        else:
            return redirect("person", pk=made.pk)
    return render(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one account, and do one thing to it."""
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Http404(_("There is no such account."))
    if request.method != "POST":
        return _page(request, user)
    command = COMMANDS.get(request.POST.get("do", ""))
    if command is None:
        return _page(request, user, {"refused": "That is nothing that can be done to an account."}, 422)
    try:
        said = command(request, user)
    except people.BadAccount as error:
        return _page(request, user, {"refused": _sentence(error), "field": error.field}, 422)
    except people.AccountOvertaken as error:
        return _page(request, user, {"refused": _sentence(error), "overtaken": error.now}, 409)
    if said:
        return _page(request, user, said, 200 if "link" in said or "sent" in said else 422)
    return redirect("person", pk=pk)


def _details(request: SignedInRequest, user: User) -> dict[str, Any]:
    form, seen = DetailsForm(request.POST), SeenForm(request.POST)
    if not (form.is_valid() and seen.is_valid()):
        return {"form": form}
    people.change_person(user, form.details, by=request.user, seen=seen.details)
    return {}


def _grant(request: SignedInRequest, user: User) -> dict[str, Any]:
    form = GrantForm(request.POST)
    if not form.is_valid():
        return {"grant_form": form}
    given = form.cleaned_data
    roles.grant_role(user, Role(given["role"]), by=request.user, document=given["document"], party=given["party"])
    return {}


def _revoke(request: SignedInRequest, user: User) -> dict[str, Any]:
    number = whole_number(request.POST.get("grant", ""))
    grant = None if number is None else Grant.objects.filter(pk=number, user=user).first()
    if grant is not None:
        roles.revoke_role(grant, by=request.user)
    return {}


def _close(request: SignedInRequest, user: User) -> dict[str, Any]:
    people.close_account(user, by=request.user)
    return {}


def _open(request: SignedInRequest, user: User) -> dict[str, Any]:
    people.open_account(user, by=request.user)
    return {}


def _no_superuser(request: SignedInRequest, user: User) -> dict[str, Any]:
    people.set_superuser(user, False, by=request.user)
    return {}


def _factor(request: SignedInRequest, user: User) -> dict[str, Any]:
    if sign_in.reset_second_factor(user, by=request.user):
        adapter = get_adapter(request)
        adapter.send_notification_mail("mfa/email/reset", user)
    return {}


def _sessions(request: SignedInRequest, user: User) -> dict[str, Any]:
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    sign_in.end_sessions(user, keys, by=request.user)
    return {}


def _link(request: SignedInRequest, user: User) -> dict[str, Any]:
    """Send the person a link to set a password; shown to whoever asked only where no letter can go out."""
    try:
        if settings.SENDS_MAIL and user.email:
            send_link(user, by=request.user)
            return {"sent": user.email}
        return {"link": request.build_absolute_uri(make_link(user, by=request.user))}
    except NotAllowed as error:
        raise people.BadAccount(str(error)) from error


COMMANDS: dict[str, Callable[[SignedInRequest, User], dict[str, Any]]] = {
    "details": _details,
    "grant": _grant,
    "revoke": _revoke,
    "close": _close,
    "open": _open,
    "no-superuser": _no_superuser,
    "factor": _factor,
    "sessions": _sessions,
    "link": _link,
}


def _page(request: SignedInRequest, user: User, said: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    user.refresh_from_db()
    now = {"name": user.name, "email": user.email}
    typed = request.POST if request.POST.get("do") == "details" else None
    context: dict[str, Any] = {
        "person": person_of(user.pk),
        "sessions": UserSession.objects.filter(user=user).count(),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "sends_mail": settings.SENDS_MAIL and bool(user.email),
        "form": DetailsForm(typed or now),
        "seen": now,
        "grant_form": GrantForm(),
        "mine": user == request.user,
    }
    return render(request, "people/person.html", context | (said or {}), status=status)


def _sentence(error: Exception) -> str:
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."
