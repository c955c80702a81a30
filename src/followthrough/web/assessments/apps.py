"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """The ``assessments`` app."""

    name = "followthrough.web.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Let ratings that were not submitted go to a successor."""
        from followthrough.web.accounts.holdings import Holding, register_holding
        from followthrough.web.assessments.policy import open_ratings, rating_in_words

        register_holding(
            Holding("ratings", _("Ratings to submit"), "coder", open_ratings, rating_in_words, ("cell_id",))
        )
