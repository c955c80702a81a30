"""Registers the app with Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The ``records`` app, which has pages and no models of its own."""

    name = "followthrough.web.records"
    label = "records"
