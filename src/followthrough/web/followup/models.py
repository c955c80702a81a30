"""Reporting cycles: what is asked of which party by when, what each answered, and what became of the answer."""

from __future__ import annotations

from django.db import models

from followthrough.web.followup.states import Answering, Shown


class Cycle(models.Model):
    """One round of reporting on an agreement.

    The answers speak of a period; ``zone`` is the IANA time zone in which its people read ``due`` and ``late_until``,
    after which nothing more is taken. ``shown`` is what the public sees of who has reported. ``example`` marks
    one that was invented for the demonstration: it is seen in the demo alone, and counts for nothing.
    """

    id = models.SlugField(primary_key=True, max_length=80)
    document = models.ForeignKey("agreements.Document", models.PROTECT, related_name="cycles")
    title = models.CharField(max_length=200)
    period_start = models.CharField(max_length=10)
    period_end = models.CharField(max_length=10)
    opened = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    due = models.DateTimeField()
    late_until = models.DateTimeField()
    zone = models.CharField(max_length=60)
    shown = models.CharField(max_length=20, choices=[(one.value, one.label) for one in Shown])
    closed = models.DateTimeField(null=True, blank=True)
    example = models.BooleanField(default=False)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opened"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of a cycle; ``kind`` decides which fields it has and how they are read (``followup.answers``)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["cycle", "position"]
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="one_question_a_key")]

    def __str__(self) -> str:
        return self.words


class Report(models.Model):
    """What one party is asked, and answers at once: mostly one paragraph with all its commitments.

    ``answers`` is the draft of its office, by the names of the fields; ``number`` counts its saved drafts, and is what
    a form has seen. ``first_sent`` is when it came in first: sending again does not make it late. One that is
    ``answered_with`` another of its party is sent, returned, accepted and published with that one, and says the same.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="reports")
    provision = models.ForeignKey("agreements.Provision", models.PROTECT, related_name="reports")
    position = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20, default=Answering.OPEN, choices=[(one.value, one.label) for one in Answering]
    )
    answers = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=0)
    saved = models.DateTimeField(null=True, blank=True)
    saved_by = models.CharField(max_length=150, blank=True)
    first_sent = models.DateTimeField(null=True, blank=True)
    answered_with = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")

    class Meta:
        ordering = ["cycle", "party", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "party", "provision"], name="one_report_a_party_and_place")
        ]
        indexes = [models.Index(fields=["cycle", "state"], name="report_by_state")]

    def __str__(self) -> str:
        return f"{self.party_id} on {self.provision_id}"


class Assignment(models.Model):
    """One commitment on which a party reports, in one of its reports; ``lead`` is the body that answers for it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="assignments")
    commitment = models.ForeignKey("agreements.Commitment", models.PROTECT, related_name="assignments")
    lead = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["report", "commitment"]
        constraints = [models.UniqueConstraint(fields=["report", "commitment"], name="one_assignment_each")]

    def __str__(self) -> str:
        return f"{self.commitment_id} in {self.report_id}"


class SavedDraft(models.Model):
    """A draft as somebody saved it; it stays. One that was ``aside`` was saved beside a colleague's and not joined."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    answers = models.JSONField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_draft_a_number")]

    def __str__(self) -> str:
        return f"draft {self.number} of {self.report_id}"


class Submission(models.Model):
    """A report as it was sent. It never changes; what was decided about it stands beside it.

    ``decision`` is empty while it waits.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    answers = models.JSONField()
    sent = models.DateTimeField()
    sent_by = models.CharField(max_length=150)
    late = models.BooleanField(default=False)
    decision = models.CharField(max_length=20, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_submission_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.report_id}"


class ReportFile(models.Model):
    """A file that an office attached to its report; what of it was sent stands in ``SentFile``."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="reports")
    name = models.CharField(max_length=255)
    attached = models.DateTimeField()
    attached_by = models.CharField(max_length=150)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "file"], condition=models.Q(withdrawn=None), name="one_standing_file_a_report"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SentFile(models.Model):
    """A file that was sent with a version of a report, and is seen by who may read that version."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    attached = models.ForeignKey(ReportFile, models.PROTECT, related_name="sent")

    class Meta:
        ordering = ["submission", "pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "attached"], name="one_file_sent_once")]

    def __str__(self) -> str:
        return f"{self.attached_id} with {self.submission_id}"


class Comment(models.Model):
    """What secretariat and party say about an answer; about the whole report where ``question`` is empty.

    What was said before anything was sent has no ``submission``.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="comments")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="comments")
    question = models.SlugField(max_length=40, blank=True)
    text = models.CharField(max_length=2000)
    by = models.CharField(max_length=150)
    by_party = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["report", "id"]

    def __str__(self) -> str:
        return f"comment on {self.report_id}"


class Workbook(models.Model):
    """A workbook that came back from a party's office and waits to be written: its table, cell by cell.

    ``of`` says what its rows are; ``cells`` is emptied once it was ``written`` or ``discarded``. One that came by a
    signed ``link`` is written by that link alone.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="workbooks")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    of = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    cells = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(db_index=True)
    written = models.DateTimeField(null=True, blank=True)
    discarded = models.DateTimeField(null=True, blank=True)
    link = models.ForeignKey("ConfirmLink", models.PROTECT, null=True, blank=True, related_name="workbooks")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name


class LifeDecision(models.Model):
    """A state in the life of a commitment that a person decided, with the reason; it stays, also when taken back."""

    commitment = models.ForeignKey("agreements.Commitment", models.PROTECT, related_name="life_decisions")
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000)
    decided = models.DateTimeField()
    decided_by = models.CharField(max_length=150)
    taken_back = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["commitment", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=models.Q(taken_back=None), name="one_life_decision_holds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} is {self.state}"


class ConfirmLink(models.Model):
    """A link by which a party checks what is on record of it, without an account, and which can do nothing else.

    Its address is the signature of its number (``followup.signed_links``). ``sent_to`` is the office or address that it
    was made for, by which the record names what came through it.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="confirm_links")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="+")
    sent_to = models.CharField(max_length=100)
    made = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["cycle", "party", "-made"]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.sent_to}"


class RecordCheck(models.Model):
    """What a party says of one record that names it, or of one that is missing; it changes nothing of the register.

    ``before`` is what stood when it was said, ``proposed`` what it should be, by column. Of a proposal the secretariat
    decides; one that its party said anew is ``replaced``.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="checks")
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=160)
    answer = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    words = models.CharField(max_length=1000, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=150)
    link = models.ForeignKey(ConfirmLink, models.PROTECT, null=True, blank=True, related_name="checks")
    at = models.DateTimeField()
    replaced = models.BooleanField(default=False)
    decision = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["cycle", "party", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "party", "kind", "record"],
                condition=models.Q(replaced=False),
                name="one_check_a_record",
            )
        ]
        indexes = [models.Index(fields=["kind", "record"], name="check_of_record")]

    def __str__(self) -> str:
        return f"{self.party_id} on {self.kind} {self.record}"
