"""Registers the app with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The ``site`` app."""

    name = "followthrough.web.site"
    label = "site"
