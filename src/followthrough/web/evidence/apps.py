"""Registers the app with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The ``evidence`` app."""

    name = "followthrough.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Register what is hidden with the records of the app."""
        from followthrough.web.evidence import policy

        policy.register()
