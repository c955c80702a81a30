"""Registers the app with Django."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The ``followup`` app."""

    name = "followthrough.web.followup"
    label = "followup"
