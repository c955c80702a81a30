"""The page of one's own tokens, and that of everybody's for who keeps accounts."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from followthrough.model.typed_dates import read_typed_date
from followthrough.web.accounts.own_views import own
from followthrough.web.accounts.people_views import administrators_only
from followthrough.web.accounts.requests import SignedInRequest
from followthrough.web.api import policy
from followthrough.web.api.actions.tokens import make_token, revoke_token
from followthrough.web.api.models import Token
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.requests import whole_number

USUAL = timedelta(days=90)


class TokenForm(forms.Form):
    """What a token is for, and how long it holds."""

    name = forms.CharField(
        label=lazy("Which program is it for?"),
        max_length=80,
        help_text=lazy("You and the record know it by this name."),
    )
    until = forms.CharField(
        label=lazy("Last day"), max_length=40, help_text=lazy("As 2026-12-31; at most a year from today.")
    )


def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's own tokens; make one, whose secret is shown on this page alone, and revoke one."""
    secret, made, status = "", None, 200
    form = TokenForm(initial={"until": (timezone.localdate() + USUAL).isoformat()})
    if request.method == "POST":
        if (key := whole_number(request.POST.get("token", ""))) is not None:
            return _revoke(request, key, "account-tokens")
        form = TokenForm(request.POST)
        if form.is_valid():
            try:
                made, secret = _made(form, request)
                form = TokenForm(initial={"until": made.until.isoformat()})
            except InvalidEntry as error:
                for name, said in error.problems.items():
                    form.add_error(name, said)
        status = 422 if form.errors else 200
    context = {"tokens": policy.own_tokens(request.user), "form": form, "made": made, "secret": secret,
               "today": timezone.localdate(), "api": request.build_absolute_uri(reverse("api-page"))}  # fmt: skip
    return render(request, "api/tokens.html", context, status=status)


def _made(form: TokenForm, request: SignedInRequest) -> tuple[Token, str]:
    try:
        until = read_typed_date(form.cleaned_data["until"]).last_day
    except ValueError as error:
        raise InvalidEntry({"until": str(error)}) from None
    return make_token(form.cleaned_data["name"], until, by=request.user)


def _revoke(request: SignedInRequest, key: int, back: str) -> HttpResponse:
    token = policy.visible_tokens(request.user).filter(pk=key).first()
    if token is None:
        raise Http404(_("There is no such token."))
    revoke_token(token, by=request.user)
    return redirect(back)


own_tokens = own(tokens, demo=True)


@administrators_only
def everybodys(request: SignedInRequest) -> HttpResponse:
    """List everybody's tokens, the newest first, and revoke one."""
    if request.method == "POST":
        return _revoke(request, whole_number(request.POST.get("token", "")) or 0, "tokens")
    held = policy.visible_tokens(request.user)
    return render(request, "api/everybodys.html", {"tokens": held, "today": timezone.localdate()})
