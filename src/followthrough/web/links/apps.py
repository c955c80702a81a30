"""Registers the app with Django."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """The ``links`` app."""

    name = "followthrough.web.links"
    label = "links"

    def ready(self) -> None:
        """Register what is hidden with the records of the app."""
        from followthrough.web.links import policy

        policy.register()
