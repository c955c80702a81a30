"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The ``search`` app."""

    name = "followthrough.web.search"
    label = "search"

    def ready(self) -> None:
        """Let the index follow the audit events."""
        from followthrough.web.audit.record import followers
        from followthrough.web.search.index import follow

        followers.append(follow)
