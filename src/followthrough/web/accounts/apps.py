"""Registers the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The ``accounts`` app."""

    name = "followthrough.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen for second factors and sessions."""
        from followthrough.web.accounts import factors, sessions  # noqa: F401 - importing them connects their receivers
