"""Registers the app with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The ``notices`` app."""

    name = "followthrough.web.notices"
    label = "notices"
