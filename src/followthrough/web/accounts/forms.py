"""The forms of the people pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from followthrough.web.accounts.actions.people import Details
from followthrough.web.accounts.roles import Role


class DetailsForm(forms.Form):
    """What an administrator says of a person."""

    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, strip=True,
        help_text=_("As readers see it beside what the person entered. Left empty, they see the role."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("For a link to set the password, and notices."),
    )

    @property
    def details(self) -> Details:
        """What was typed, once the form is valid."""
        return Details(self.cleaned_data["name"], self.cleaned_data["email"])


class SeenForm(forms.Form):
    """What stood on the page when it was opened: compared before anything is written over."""

    seen_name = forms.CharField(required=False, strip=False)
    seen_email = forms.CharField(required=False, strip=False)

    @property
    def details(self) -> Details:
        """What the person saw, once the form is valid."""
        return Details(self.cleaned_data["seen_name"], self.cleaned_data["seen_email"])


class NewPersonForm(DetailsForm):
    """A new account."""

    username = forms.CharField(
        label=_("User name"), max_length=150,
        help_text=_("To sign in with. Letters, digits and @ . + - _; it stays for good, since the record names it."),
    )  # fmt: skip
    field_order = ("username", "name", "email")


def _choices(field: str, order: str) -> QuerySet[Model]:
    """Return the records that a field of a grant can point to: their app stands above this one."""
    model: type[Model] = apps.get_model("agreements", field)
    return model._default_manager.order_by(order)


class GrantForm(forms.Form):
    """A role, over one agreement or over everything."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in Role])
    document = forms.ModelChoiceField(
        _choices("document", "short_title"), label=_("Over"), required=False, empty_label=_("the whole register")
    )
    party = forms.ModelChoiceField(
        _choices("party", "name"),
        label=_("For the party"),
        required=False,
        empty_label=_("none"),
        help_text=_("A contributor speaks for one party; other roles for none."),
    )

    def __init__(self, *rest: Any, **named: Any) -> None:
        super().__init__(*rest, **named)
        for name, shown in (("document", "short_title"), ("party", "name")):
            field = self.fields[name]
            field.label_from_instance = lambda one, shown=shown: getattr(one, shown)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """See that a party is named exactly where the role speaks for one."""
        data = super().clean() or {}
        speaks, party = data.get("role") == Role.CONTRIBUTOR.value, data.get("party")
        if speaks and party is None:
            self.add_error("party", _("Choose the party that this contributor speaks for."))
        if party is not None and not speaks and "role" in data:
            self.add_error("party", _("Only a contributor speaks for a party: choose none."))
        return data
