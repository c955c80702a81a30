"""Registers the app with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The ``agreements`` app."""

    name = "followthrough.web.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Register what is hidden with the records of the app, and what can be found."""
        from followthrough.web.agreements import policy, search_entries

        policy.register()
        search_entries.register()
