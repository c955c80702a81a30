"""Registers the app with Django."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """The ``limits`` app."""

    name = "followthrough.web.limits"
    label = "limits"
