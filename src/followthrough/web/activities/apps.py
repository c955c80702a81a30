"""Registers the app with Django."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The ``activities`` app."""

    name = "followthrough.web.activities"
    label = "activities"
