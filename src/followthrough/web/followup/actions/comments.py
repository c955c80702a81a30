"""What secretariat and party say to each other about a report, at any time: neither returns nor sends it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of, speaks_for
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.actions.submissions import LONGEST_COMMENT
from followthrough.web.followup.models import Comment, Report
from followthrough.web.followup.notices import tell_commented
from followthrough.web.followup.policy import require_run
from followthrough.web.kit.errors import InvalidEntry


def comment(report: Report, text: str, *, by: Actor) -> Comment:
    """Say something about a report: for its party, or else for the secretariat; both read it, and nobody else.

    Raises ``NotAllowed`` for everybody else; ``InvalidEntry`` without words, or with too many.
    """
    by_party = speaks_for(by, report.party_id, report.cycle.document_id)
    if not by_party:
        require_run(by, report.cycle)
    text = text.strip()
    if not text or len(text) > LONGEST_COMMENT:
        raise InvalidEntry({"said": _("write at most 2,000 characters, and at least one")})
    with transaction.atomic():
        last = report.submissions.order_by("-number").first()
        made = Comment.objects.create(
            report=report, submission=last, text=text, by=name_of(by), by_party=by_party, at=clock.now()
        )
        record(name_of(by), EventType.REPORT_COMMENTED, "report", str(report.pk), {"party": report.party_id})
        tell_commented(report, made, by)
    return made
