"""Registers the app with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The ``evidence`` app."""

    name = "followthrough.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Register what is hidden with the records of the app, and what can be found."""
        from followthrough.web.evidence import policy, search_entries

        policy.register()
        search_entries.register()
