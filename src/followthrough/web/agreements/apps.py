"""Registers the app with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The ``agreements`` app."""

    name = "followthrough.web.agreements"
    label = "agreements"
