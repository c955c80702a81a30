"""Registers the app with Django."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The ``followup`` app."""

    name = "followthrough.web.followup"
    label = "followup"

    def ready(self) -> None:
        """Let cycles tell what is due by the clock; register who may fetch the files of reports.

        What parties say of a record stands beside it.
        """
        from followthrough.web.followup import policy
        from followthrough.web.followup.confirmations import confirmations_beside, confirmed_facts
        from followthrough.web.followup.reminders import plan
        from followthrough.web.kit.beside import register_beside, register_facts
        from followthrough.web.notices.clockwork import plans

        plans.append(plan)
        policy.register()
        register_beside(confirmations_beside)
        register_facts(confirmed_facts)
