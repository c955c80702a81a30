"""Registers the app with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The ``evidence`` app."""

    name = "followthrough.web.evidence"
    label = "evidence"
