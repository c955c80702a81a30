"""Registers the app with Django."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The ``activities`` app."""

    name = "followthrough.web.activities"
    label = "activities"

    def ready(self) -> None:
        """Register what is hidden with the records of the app, and what can be found."""
        from followthrough.web.activities import policy, search_entries

        policy.register()
        search_entries.register()
