"""Registers the app with Django."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The ``activities`` app."""

    name = "followthrough.web.activities"
    label = "activities"

    def ready(self) -> None:
        """Register what is hidden with the records of the app."""
        from followthrough.web.activities import policy

        policy.register()
