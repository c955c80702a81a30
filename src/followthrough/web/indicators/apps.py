"""Registers the app with Django."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The ``indicators`` app."""

    name = "followthrough.web.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Register what is hidden with the records of the app, and what can be found."""
        from followthrough.web.indicators import policy, search_entries

        policy.register()
        search_entries.register()
