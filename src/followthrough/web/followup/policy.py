"""Who may see which reporting cycles, reports and drafts.

- A cycle is seen by who runs it, by those who speak for a party that it asks, and by everybody where its ``shown`` says
  so or it is closed.
- A cycle that was invented for the demonstration is seen in the demo, and by nobody where the register is served for
  real; nor is anything of it.
- A draft is seen by those who speak for its party alone, not by the secretariat, and so is a workbook that waits. What
  was sent is seen by both; what was published, by everybody who sees the agreement.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, NotAllowed, require, speaks_for
from followthrough.web.accounts.record_registry import ids
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.agreements.policy import documents_where, visible_documents
from followthrough.web.files.policy import register_place
from followthrough.web.followup.models import (
    Comment,
    ConfirmLink,
    Cycle,
    RecordCheck,
    Report,
    ReportFile,
    SentFile,
    Submission,
    Workbook,
)
from followthrough.web.followup.states import ACCEPTED, RIGHT, Check, Shown


def _voice(by: Actor, document: str, party: str) -> Exists:
    """Return the condition that ``by`` is focal point of the party in the columns named."""
    held = Grant.objects.filter(
        Q(document=None) | Q(document=OuterRef(document)),
        user=by.pk if isinstance(by, User) else None, user__is_active=True,
        role=Role.CONTRIBUTOR.value, party=OuterRef(party),
    )  # fmt: skip
    return Exists(held.order_by())


def _real(path: str = "") -> Q:
    """Return the condition that what is at the end of ``path`` is no example, which only the demo shows."""
    return Q() if settings.DEMO else Q(**{f"{path}example": False})


def own_reports(by: Actor) -> QuerySet[Report]:
    """Return the reports that ``by`` writes for a party, drafts and all."""
    return Report.objects.filter(_voice(by, "cycle__document", "party"), _real("cycle__"))


def own_workbooks(by: Actor) -> QuerySet[Workbook]:
    """Return the workbooks that came back from the office of a party that ``by`` speaks for; by no signed link."""
    mine = _voice(by, "cycle__document", "party")
    return Workbook.objects.filter(mine, _real("cycle__"), discarded=None, link=None)


def link_workbooks(link: ConfirmLink) -> QuerySet[Workbook]:
    """Return the workbooks that came back by a signed link, which whoever has it reads and writes."""
    return Workbook.objects.filter(_real("cycle__"), link=link, discarded=None)


def own_checks(by: Actor) -> QuerySet[RecordCheck]:
    """Return what was said of the records of a party that ``by`` speaks for."""
    return RecordCheck.objects.filter(_voice(by, "cycle__document", "party"), _real("cycle__"), replaced=False)


def checks_to_decide(by: Actor) -> QuerySet[RecordCheck]:
    """Return what parties said of their records, in the cycles that ``by`` runs."""
    return RecordCheck.objects.filter(cycle__in=ids(run_cycles(by)), replaced=False)


def open_proposals(by: Actor) -> QuerySet[RecordCheck]:
    """Return what parties propose about their records and ``by`` has to decide."""
    return checks_to_decide(by).filter(decision="").exclude(answer=RIGHT)


def visible_confirmations(by: Actor) -> QuerySet[RecordCheck]:
    """Return the confirmations that ``by`` may read: one's own, and of cycles that tell which party has reported."""
    return _told_checks(by).filter(answer=RIGHT)


def visible_notes(by: Actor) -> QuerySet[RecordCheck]:
    """Return what parties say of figures of indicators and the secretariat let stand beside them, to the same readers.

    A provider's figure is corrected by nobody here: what was accepted of it is a note.
    """
    return _told_checks(by).filter(kind="figure", answer=Check.CORRECT, decision=ACCEPTED).order_by("pk")


def _told_checks(by: Actor) -> QuerySet[RecordCheck]:
    told = Q(cycle__closed__isnull=False) | Q(cycle__shown=Shown.PARTIES)
    public = told & Q(cycle__document__in=ids(visible_documents(by)))
    mine = Q(pk__in=ids(own_checks(by))) | Q(cycle__in=ids(run_cycles(by)))
    return RecordCheck.objects.filter(public | mine, _real("cycle__"), replaced=False)


def visible_asking(by: Actor) -> QuerySet[Report]:
    """Return what cycles ask for that tell ``by`` which party has answered; no draft is read of it."""
    told = Q(cycle__closed__isnull=False) | Q(cycle__shown=Shown.PARTIES)
    public = told & Q(cycle__document__in=ids(visible_documents(by)))
    mine = Q(pk__in=ids(own_reports(by))) | Q(cycle__in=ids(run_cycles(by)))
    return Report.objects.filter(public | mine, _real("cycle__")).defer("answers")


def run_cycles(by: Actor) -> QuerySet[Cycle]:
    """Return the cycles that ``by`` runs."""
    return Cycle.objects.filter(_real(), document__in=ids(documents_where(by, Permission.RUN_CYCLE)))


def visible_cycles(by: Actor) -> QuerySet[Cycle]:
    """Return the cycles that ``by`` may see."""
    told = _real() & Q(document__in=ids(visible_documents(by))) & (Q(closed__isnull=False) | ~Q(shown=Shown.NOTHING))
    return Cycle.objects.filter(
        told | Q(pk__in=ids(run_cycles(by))) | Q(pk__in=own_reports(by).order_by().values("cycle"))
    )


def cycles_for(by: Actor) -> QuerySet[Cycle]:
    """Return the cycles that ``by`` may see; of each, whether they run it and whether it asks a party of theirs."""
    runs = Exists(run_cycles(by).filter(pk=OuterRef("pk")))
    return visible_cycles(by).annotate(runs=runs, speaks=Exists(own_reports(by).filter(cycle=OuterRef("pk"))))


def asked_reports(cycle: Cycle, by: Actor, *, runs: bool) -> QuerySet[Report]:
    """Return the reports that ``cycle``, which ``by`` may see, asks for: how far each is, and no draft.

    Where the public is shown nothing yet, they are those of one's own party, except for who ``runs`` it.
    """
    told = cycle.closed or cycle.shown != Shown.NOTHING or runs
    held = Report.objects.filter(cycle=cycle) if told else own_reports(by).filter(cycle=cycle)
    return held.defer("answers")


def sent_reports(by: Actor) -> QuerySet[Report]:
    """Return the reports that the secretariat asks for, of the cycles that ``by`` runs; no draft is read of them."""
    return Report.objects.filter(cycle__in=ids(run_cycles(by))).defer("answers")


def visible_submissions(by: Actor) -> QuerySet[Submission]:
    """Return what ``by`` may read as it was sent: published, of their own party, or of a cycle that they run."""
    public = _real("report__cycle__") & Q(
        published__isnull=False, report__cycle__document__in=ids(visible_documents(by))
    )
    mine = Q(report__in=ids(own_reports(by)))
    return Submission.objects.filter(public | mine | Q(report__cycle__in=ids(run_cycles(by))))


def visible_report_files(by: Actor) -> QuerySet[ReportFile]:
    """Return the files of reports that ``by`` may fetch: of their own party, and those sent in a version they read."""
    sent = SentFile.objects.filter(submission__in=ids(visible_submissions(by))).order_by().values("attached")
    return ReportFile.objects.filter(Q(report__in=ids(own_reports(by))) | Q(pk__in=sent))


def sent_files(submission: Submission | None) -> list[ReportFile]:
    """Return the files that were sent with a version of a report, which the caller may read."""
    return [one.attached for one in submission.files.select_related("attached__file")] if submission else []


def visible_comments(by: Actor) -> QuerySet[Comment]:
    """Return what secretariat and party said to each other about reports that are ``by``'s own or theirs to review."""
    return Comment.objects.filter(Q(report__in=ids(own_reports(by))) | Q(report__cycle__in=ids(run_cycles(by))))


def require_voice(by: Actor, asked: Report | Workbook) -> User:
    """Return ``by``, who speaks for the party of a report. Raises ``NotAllowed`` for everybody else."""
    return require_speaker(by, asked.cycle, asked.party_id)


def require_speaker(by: Actor, cycle: Cycle, party: str) -> User:
    """Return ``by``, who speaks for a party in a cycle. Raises ``NotAllowed`` for everybody else."""
    if not isinstance(by, User) or not speaks_for(by, party, cycle.document_id):
        raise NotAllowed(_("%(by)s is no focal point of %(party)s") % {"by": by, "party": party})
    return by


def register() -> None:
    """Register who may fetch the files of reports: called once all models are loaded."""
    register_place(visible_report_files)


def require_run(by: Actor, cycle: Cycle) -> None:
    """Raise ``NotAllowed`` unless ``by`` runs the cycle."""
    require(by, Permission.RUN_CYCLE, cycle.document)
