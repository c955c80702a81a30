"""Registers the app with Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The ``kit`` app."""

    name = "followthrough.web.kit"
    label = "kit"
