"""Registers the app with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The ``agreements`` app."""

    name = "followthrough.web.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Register what is hidden with the records of the app."""
        from followthrough.web.agreements import policy

        policy.register()
