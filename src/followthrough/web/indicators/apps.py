"""Registers the app with Django."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The ``indicators`` app."""

    name = "followthrough.web.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Register what is hidden with the records of the app."""
        from followthrough.web.indicators import policy

        policy.register()
