"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The ``files`` app."""

    name = "followthrough.web.files"
    label = "files"

    def ready(self) -> None:
        """Register who may fetch what is attached to sources."""
        from followthrough.web.files import policy

        policy.register()
