"""Registers the app with Django."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """The ``links`` app."""

    name = "followthrough.web.links"
    label = "links"

    def ready(self) -> None:
        """Register what is hidden with the records of the app, and what can be found."""
        from followthrough.web.links import policy, search_entries

        policy.register()
        search_entries.register()
