"""Registers the app with Django."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """The ``links`` app."""

    name = "followthrough.web.links"
    label = "links"
