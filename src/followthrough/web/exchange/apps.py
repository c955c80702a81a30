"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """The ``exchange`` app."""

    name = "followthrough.web.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register who sees which uploads, and let those that wait go to a successor with the maps of sheets."""
        from followthrough.web.accounts.holdings import Holding, register_holding
        from followthrough.web.exchange import policy

        policy.register()
        register_holding(Holding("spreadsheets", _("Spreadsheets to import"), "owner", policy.waiting_uploads, str))
        register_holding(Holding("maps", _("Maps of spreadsheets"), "owner", policy.own_maps, str, ("signature",)))
