"""Forms of the second factor that take what a browser's passkey answers, and refuse every other shape in a sentence."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms

UNREADABLE = "The passkey's answer could not be read. Try again."
CHECKS = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What reading a forged answer raises: it is refused like a wrong code, and is no fault of ours."""


class Answer(forms.JSONField):
    """What a passkey answers, as the page's script writes it down."""

    def to_python(self, value: Any) -> Any:
        """Read it, and refuse what is nested deeper than anything can be read."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(UNREADABLE) from error


class _Passkey:
    """Refuses what is no answer of a passkey."""

    def __init__(self, *rest: Any, **named: Any) -> None:
        super().__init__(*rest, **named)
        held: Any = self
        held.fields["credential"] = Answer(widget=forms.HiddenInput, error_messages={"invalid": UNREADABLE})

    def clean_credential(self) -> Any:
        """Return the answer, or who it is from."""
        held: Any = self
        try:
            parent = getattr(super(), "clean_credential", None)
            return parent() if parent else held.cleaned_data["credential"]
        except CHECKS as error:
            raise forms.ValidationError(UNREADABLE) from error

    def clean(self) -> Any:
        """Check the answer against what was asked."""
        try:
            return super().clean()  # type: ignore[misc]
        except CHECKS as error:
            raise forms.ValidationError(UNREADABLE) from error


class AddPasskeyForm(_Passkey, AddWebAuthnForm):
    """A new passkey."""


class PasskeyForm(_Passkey, AuthenticateWebAuthnForm):
    """A passkey as the second factor."""


class PasskeySignInForm(_Passkey, LoginWebAuthnForm):
    """A passkey instead of everything else."""


class PasskeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):
    """A passkey to confirm that it is still the owner."""
