"""The page of webhooks, for administrators."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.actions import webhooks as actions
from followthrough.web.accounts.people_views import administrators_only
from followthrough.web.accounts.requests import SignedInRequest
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.requests import whole_number
from followthrough.web.notices.models import Webhook
from followthrough.web.notices.webhooks import secret_of, waiting


class WebhookForm(forms.Form):
    """The address of a program that is told."""

    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=500, help_text=gettext_lazy("Begins with https://, on a public host.")
    )


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: SignedInRequest) -> HttpResponse:
    """List the webhooks; add, stop and start one. A secret is shown once, when it is made."""
    form, made = WebhookForm(), None
    if request.method == "POST":
        key = whole_number(request.POST.get("webhook", ""))
        if key is not None:
            return _change(request, key)
        form = WebhookForm(request.POST)
        if form.is_valid():
            try:
                made = actions.add_webhook(form.cleaned_data["url"].strip(), by=request.user)
                form = WebhookForm()
            except InvalidEntry as error:
                form.add_error("url", error.problems["url"])
    held = [(one, waiting(one)) for one in Webhook.objects.all()]
    context = {"hooks": held, "form": form, "made": made, "secret": secret_of(made) if made else ""}
    return render(request, "accounts/webhooks.html", context, status=422 if form.errors else 200)


def _change(request: SignedInRequest, key: int) -> HttpResponse:
    hook = Webhook.objects.filter(pk=key).first()
    if hook is None:
        raise Http404(_("There is no such webhook."))
    change = actions.start_webhook if request.POST.get("do") == "start" else actions.stop_webhook
    change(hook, by=request.user)
    return redirect("webhooks")
