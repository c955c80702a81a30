"""Registers the app with Django."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The ``workbench`` app."""

    name = "followthrough.web.workbench"
    label = "workbench"

    def ready(self) -> None:
        """Register what changes nothing that can be found."""
        from followthrough.web.workbench import search_entries

        search_entries.register()
