"""Registers the app with Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The ``exchange`` app."""

    name = "followthrough.web.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register who sees which uploads."""
        from followthrough.web.exchange import policy

        policy.register()
