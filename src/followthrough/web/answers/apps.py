"""Registers the app with Django."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """The ``answers`` app: it has templates and no tables."""

    name = "followthrough.web.answers"
    label = "answers"
