"""Registers the app with Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The ``papers`` app."""

    name = "followthrough.web.papers"
    label = "papers"
