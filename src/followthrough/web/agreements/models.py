"""The register: documents, their provisions and commitments, the parties to them and the instruments they cite.

Primary keys are the stable ids that people cite (``accord-2021/4.3a``); rows are superseded or withdrawn, never
deleted, so every foreign key protects what it points to.
"""

from __future__ import annotations

from django.db import models


class Pack(models.Model):
    """A data package that was imported: what it says of itself, and the digest of what came in."""

    name = models.CharField(primary_key=True, max_length=100)
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=40)
    description = models.TextField(blank=True)
    licence = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    imported = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """A state or an organisation; states carry their place on the tile grid."""

    id = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    tile_x = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_y = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.short_name


class Source(models.Model):
    """A published page or file that facts are taken from."""

    id = models.CharField(primary_key=True, max_length=120)
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=300)
    publisher_kind = models.CharField(max_length=40)
    published = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=12)
    archived = models.URLField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "evidence_source"  # from before sources stood with the agreements
        ordering = ["id"]
        indexes = [models.Index(fields=["id", "publisher_kind", "published"], name="source_in_brief")]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """A state's membership of an organisation, from a day and, where it ended, until one."""

    id = models.CharField(primary_key=True, max_length=80)
    organisation = models.ForeignKey(Party, models.PROTECT, related_name="members")
    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    since = models.CharField(max_length=10)
    until = models.CharField(max_length=10, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id


class Document(models.Model):
    """One adopted text. Those with provisions are catalogued; the others stand in the lineage around them."""

    id = models.CharField(primary_key=True, max_length=80)
    title = models.CharField(max_length=500)
    short_title = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    adopted = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=120, blank=True)
    period_start = models.CharField(max_length=10, blank=True)
    period_end = models.CharField(max_length=10, blank=True)
    implements = models.ForeignKey("self", models.PROTECT, related_name="implemented_by", null=True, blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, related_name="succeeded_by", null=True, blank=True)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    public = models.BooleanField(default=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="documents", null=True, blank=True)

    class Meta:
        ordering = ["adopted", "id"]

    def __str__(self) -> str:
        return self.short_title


class DocumentParty(models.Model):
    """A signatory of a document; an organisation stands for those who were its members on the day."""

    id = models.CharField(primary_key=True, max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, related_name="signatories")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signed")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id


class Instrument(models.Model):
    """A treaty, fund, plan, network or institution that provisions cite; some are open to an organisation's members."""

    id = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    established = models.CharField(max_length=10, blank=True)
    custodian = models.CharField(max_length=200, blank=True)
    open_to = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="instruments", null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Provision(models.Model):
    """A place in a document. ``words`` are the official ones, folded, and empty until a verified copy is attached."""

    id = models.CharField(primary_key=True, max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, related_name="provisions")
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    eid = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    num = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    length = models.PositiveIntegerField(null=True, blank=True)
    political = models.BooleanField(default=False)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "eid"], name="one_provision_an_eid"),
            models.UniqueConstraint(fields=["document", "position"], name="one_provision_a_position"),
        ]

    def __str__(self) -> str:
        return self.id


class Commitment(models.Model):
    """One undertaking of a provision; ``spans`` are half-open ranges of the provision's folded words."""

    id = models.CharField(primary_key=True, max_length=130)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="commitments")
    position = models.PositiveIntegerField()
    spans = models.JSONField(default=list)
    verb = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    strength = models.PositiveSmallIntegerField()
    summary = models.CharField(max_length=500, blank=True)
    actors = models.CharField(max_length=200, blank=True)
    goals = models.JSONField(default=list)
    deadline = models.CharField(max_length=10, blank=True)
    quantity = models.CharField(max_length=120, blank=True)
    missing = models.JSONField(default=list)
    withdrawn = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["provision__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "position"],
                condition=models.Q(withdrawn=""),
                name="one_commitment_a_position",
            ),
            models.CheckConstraint(condition=models.Q(strength__range=(1, 5)), name="strength_from_1_to_5"),
        ]

    def __str__(self) -> str:
        return self.id


class InterpretiveNote(models.Model):
    """What would count as an undertaking kept, partly kept, and not kept; a change is a new version."""

    id = models.CharField(primary_key=True, max_length=140)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="notes")
    version = models.PositiveSmallIntegerField()
    full = models.TextField(blank=True)
    partial = models.TextField(blank=True)
    none = models.TextField(blank=True)
    agreed = models.CharField(max_length=10)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "version"], name="one_note_a_version")]

    def __str__(self) -> str:
        return self.id


class PaperWords(models.Model):
    """What the papers of an agreement say in place of the words that come with the software, by their name."""

    id = models.CharField(primary_key=True, max_length=150)
    document = models.ForeignKey(Document, models.PROTECT, related_name="paper_words")
    name = models.CharField(max_length=60)
    words = models.CharField(max_length=2000)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="one_paper_word_a_name")]

    def __str__(self) -> str:
        return self.id


class Citation(models.Model):
    """A commitment names an instrument."""

    id = models.CharField(primary_key=True, max_length=220)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="citations")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="citations")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "instrument"], name="cited_once")]

    def __str__(self) -> str:
        return self.id


class PartyEvent(models.Model):
    """What a party did with an instrument, and when."""

    id = models.CharField(primary_key=True, max_length=140)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="events")
    party = models.ForeignKey(Party, models.PROTECT, related_name="events")
    event = models.CharField(max_length=20)
    date = models.CharField(max_length=10)
    source = models.ForeignKey(Source, models.PROTECT, related_name="events")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id


class Edge(models.Model):
    """Lineage between commitments: the later one implements, continues, restates ... the earlier."""

    id = models.CharField(primary_key=True, max_length=120)
    later = models.ForeignKey(Commitment, models.PROTECT, related_name="earlier_edges")
    earlier = models.ForeignKey(Commitment, models.PROTECT, related_name="later_edges")
    kind = models.CharField(max_length=20)
    rationale = models.CharField(max_length=300)
    origin = models.CharField(max_length=20)
    confirmed = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["later", "earlier", "kind"], name="one_edge_a_kind")]

    def __str__(self) -> str:
        return self.id


class OfficialText(models.Model):
    """The copy of a document's official text that was attached: its digest, its name, and how it compared.

    ``comparison`` is what a second reader found of the file (``comparison.kept``), empty where none compared it.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="official", primary_key=True)
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    attached = models.DateTimeField()
    verified = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()
    mismatches = models.JSONField(default=list)
    comparison = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.document_id}: {self.verified} of {self.expected}"
