"""Registers the app with Django."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The ``assessments`` app."""

    name = "followthrough.web.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Register what changes nothing that can be found."""
        from followthrough.web.assessments import search_entries

        search_entries.register()
