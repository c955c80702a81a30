"""Registers the app with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ``audit`` app."""

    name = "followthrough.web.audit"
    label = "audit"
