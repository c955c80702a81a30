"""Registers the app with Django."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The ``workbench`` app."""

    name = "followthrough.web.workbench"
    label = "workbench"
