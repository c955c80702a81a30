"""The pages of invitations: who was invited to what, a new one, and the page that its link opens."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.actions import invitations as actions
from followthrough.web.accounts.actions.people import BadAccount
from followthrough.web.accounts.forms import GrantForm
from followthrough.web.accounts.models import Invitation, User
from followthrough.web.accounts.own_views import LINKS
from followthrough.web.accounts.policy import documents_over, invites, may, refusal, visible_invitations
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.forms import run_action
from followthrough.web.kit.requests import whole_number
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import take

_ways = require_http_methods(["GET", "HEAD", "POST"])


class InviteForm(GrantForm):
    """Whom to invite, to what."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    field_order = ("email", "role", "document", "party")

    def __init__(self, *rest: Any, by: User, **named: Any) -> None:
        super().__init__(*rest, **named)
        if may(by, Permission.ADMINISTER):
            return
        role: Any = self.fields["role"]
        role.choices = [(Role.CONTRIBUTOR.value, Role.CONTRIBUTOR.label)]
        document: Any = self.fields["document"]
        document.queryset = document.queryset.filter(documents_over(by, Permission.RUN_CYCLE))
        document.required, document.empty_label = True, None


class JoinForm(forms.Form):
    """A new account of somebody who was invited."""

    username = forms.CharField(
        label=gettext_lazy("User name"), max_length=150,
        help_text=gettext_lazy("To sign in with. Letters, digits and @ . + - _; it stays for good."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150, required=False,
        help_text=gettext_lazy("As readers see it beside what you entered."),
    )  # fmt: skip
    password1 = forms.CharField(
        label=gettext_lazy("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters; not one that many people use."),
    )  # fmt: skip
    password2 = forms.CharField(
        label=gettext_lazy("Password, again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """See that the passwords are one, and good."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            try:
                validate_password(first, User(username=data.get("username", ""), name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return data


@sign_in_required
@never_cache
@_ways
def index(request: SignedInRequest) -> HttpResponse:
    """List the invitations that one may see; take one back."""
    _require(request.user)
    held = visible_invitations(request.user)
    if request.method == "POST":
        one = held.filter(pk=whole_number(request.POST.get("invitation", "")) or 0).first()
        if one is None:
            raise Http404(_("There is no such invitation."))
        outcome = run_action(lambda: actions.revoke_invitation(one, by=request.user))
        if outcome.conflict:
            messages.error(request, outcome.conflict.says)
        return redirect("invitations")
    rows = [(one, actions.is_open(one)) for one in held[:500]]
    context = {"rows": rows, "open": sum(is_open for _one, is_open in rows), "now": timezone.now()}
    return render(request, "accounts/invitations.html", context)


@sign_in_required
@never_cache
@_ways
def new(request: SignedInRequest) -> HttpResponse:
    """Invite somebody."""
    _require(request.user)
    form = InviteForm(request.POST or None, by=request.user)
    made: Invitation | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = actions.Invited(given["email"], Role(given["role"]), given["document"], given["party"])
        try:
            made = actions.invite(asked, by=request.user)
        except InvalidEntry as error:
            for field, said in error.problems.items():
                form.add_error(field, said)
    link = "" if made is None or settings.SENDS_MAIL else request.build_absolute_uri(actions.link_of(made))
    if made is not None and not link:
        messages.success(request, _("A letter is on its way to %(email)s.") % {"email": made.email})
        return redirect("invitations")
    context = {"form": form, "link": link, "made": made, "days": actions.DAYS}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


@never_cache
@_ways
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to; accept it with the account that one has, or with a new one."""
    take(LINKS, client_of(request))
    held = actions.invitation_of(token)
    if held is None:
        raise Http404(_("This link belongs to no invitation. Copy it whole from the letter."))
    if not actions.is_open(held):
        return render(request, "accounts/invitation.html", {"ended": True}, status=410)
    form = JoinForm(request.POST if request.method == "POST" and request.POST.get("do") == "join" else None)
    if request.method == "POST" and (answer := _post(request, held, form)) is not None:
        return answer
    context = {
        "invitation": held, "role": Role(held.role).label, "form": form, "here": request.path,
    }  # fmt: skip
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


def _post(request: HttpRequest, held: Invitation, form: JoinForm) -> HttpResponse | None:
    """Accept; returns nothing where the form has to be shown again."""
    try:
        if request.POST.get("do") == "accept" and isinstance(request.user, User):
            actions.accept_invitation(held, by=request.user)
            messages.success(request, _("You have the role now."))
            return redirect("todo")
        if not form.is_valid():
            return None
        given = form.cleaned_data
        joined = actions.join(held, given["username"], given["name"], given["password1"])
    except BadAccount as error:
        said = str(error)
        form.add_error(error.field or None, f"{said[:1].upper()}{said[1:]}.")
        return None
    except EditConflict:
        return render(request, "accounts/invitation.html", {"ended": True}, status=410)
    messages.success(request, _("Your account is made, and you are signed in."))
    login = Login(user=joined, redirect_url=address("todo"))
    answer: HttpResponse = perform_password_login(request, {"username": joined.username}, login)
    return answer


def _require(by: User) -> None:
    if not invites(by):
        raise refusal(by, Permission.ADMINISTER)
