"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedViewsConfig(AppConfig):
    """The ``saved_views`` app."""

    name = "followthrough.web.saved_views"
    label = "saved_views"

    def ready(self) -> None:
        """Let saved views go to a successor with the rest of somebody's work."""
        from followthrough.web.accounts.holdings import Holding, register_holding
        from followthrough.web.saved_views.policy import own_views

        register_holding(Holding("views", _("Saved views"), "owner", own_views, str))
