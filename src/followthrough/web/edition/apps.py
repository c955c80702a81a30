"""Registers the app with Django."""

from django.apps import AppConfig


class EditionConfig(AppConfig):
    """The ``edition`` app: it has templates and no tables."""

    name = "followthrough.web.edition"
    label = "edition"
