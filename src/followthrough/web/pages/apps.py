"""Registers the app with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The ``pages`` app."""

    name = "followthrough.web.pages"
    label = "pages"
