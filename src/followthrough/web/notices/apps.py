"""Registers the app with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The ``notices`` app."""

    name = "followthrough.web.notices"
    label = "notices"

    def ready(self) -> None:
        """Let lists answer as feeds."""
        from followthrough.web.kit.feeds import writers
        from followthrough.web.notices import feeds

        writers |= {"atom": feeds.atom, "ics": feeds.calendar}
