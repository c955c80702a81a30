"""Registers the app with Django."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The ``assessments`` app."""

    name = "followthrough.web.assessments"
    label = "assessments"
