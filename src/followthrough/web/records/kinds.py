"""The records that are entered with one form: for each its columns, in fieldsets of at most seven, and its rules.

Labels, hints and pickers stand here; what a cell may hold, the schema of the pack says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.translation import gettext_lazy as lazy

from followthrough.model.vocabulary import LinkRole
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.models import FundFigure, Meeting
from followthrough.web.agreements.models import Document, Edge, Instrument, Membership, PartyEvent
from followthrough.web.indicators.models import Indicator, Target

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SOURCE = ("url", "title", "publisher", "publisher_kind", "published", "language")
"""The columns of a source that a person types."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: a column of the table, with the picker where it refers to another record."""

    name: str
    hint: str | StrPromise = ""
    picker: str = ""
    default: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Fieldset:
    """A part of the form, with at most seven fields."""

    title: str | StrPromise
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: how it is asked for, by whom, and what makes two of them the same.

    Attributes:
        noun: what its addresses call it.
        subject: what links call it, where it is linked to what was agreed; else empty.
        ident: the columns that make its id, joined by a slash; empty where ``stem`` and ``named`` make it.
        named: the column whose words become the id behind ``stem``.
        twins: the columns that two records of the same thing have alike.
        fixed: cells that nobody types.
        sourced: whether a source is needed, may be given, or is not asked for.
    """

    noun: str
    table: str
    model: type[Model]
    permission: Permission
    title: str | StrPromise
    several: str | StrPromise
    sets: tuple[Fieldset, ...]
    subject: str = ""
    role: LinkRole = LinkRole.MAIN
    ident: tuple[str, ...] = ()
    stem: str = ""
    named: str = ""
    twins: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    sourced: str = "needed"

    @property
    def asks(self) -> tuple[Ask, ...]:
        """All fields of the form, in their order."""
        return tuple(ask for part in self.sets for ask in part.asks)

    @property
    def event_kind(self) -> str:
        """What the audit record calls it."""
        return str(self.model._meta.model_name)

    @property
    def supersedes(self) -> bool:
        """Whether a correction makes a new record beside the old one, which is withdrawn."""
        return any(one.name == "replaced_by" for one in self.model._meta.get_fields())


_DOCUMENT = RecordKind(
    "document", "documents", Document, Permission.EDIT, lazy("Source and lineage"), lazy("Source and lineage"),
    (
        Fieldset(
            lazy("What it follows"),
            (
                Ask("implements", lazy("The agreement that this one carries out."), "documents"),
                Ask("succeeds", lazy("The agreement whose place it takes."), "documents"),
                Ask("period_start"),
                Ask("period_end", lazy("Of a plan of action: the last year that it covers.")),
            ),
        ),
    ),
    sourced="optional",
)  # fmt: skip
_EDGE = RecordKind(
    "lineage-edge", "edges", Edge, Permission.EDIT, lazy("Lineage of a commitment"), lazy("Lineage of commitments"),
    (
        Fieldset(
            lazy("The two commitments"),
            (
                Ask("later", lazy("Its number or some of its words."), "commitments"),
                Ask("kind", lazy("What the later one does to the earlier.")),
                Ask("earlier", lazy("Of this agreement or of another."), "commitments"),
                Ask("rationale", lazy("Why you say so, in one line.")),
            ),
        ),
    ),
    stem="e-", twins=("later", "earlier", "kind"), fixed={"origin": "person"}, sourced="no",
)  # fmt: skip
_MEMBERSHIP = RecordKind(
    "membership", "memberships", Membership, Permission.EDIT, lazy("Membership"), lazy("Memberships"),
    (
        Fieldset(
            lazy("Who belongs to what"),
            (
                Ask("organisation", lazy("An organisation of the register."), "organisations"),
                Ask("party", lazy("A state by its name or code."), "parties"),
                Ask("since"),
                Ask("until", lazy("Empty while it is a member.")),
            ),
        ),
    ),
    ident=("organisation", "party"), twins=("organisation", "party", "since"), sourced="optional",
)  # fmt: skip
_TARGET = RecordKind(
    "target", "targets", Target, Permission.ENTER, lazy("Target"), lazy("Targets"),
    (
        Fieldset(
            lazy("What is to be reached"),
            (
                Ask("statement", lazy("In our own words: Cut untreated discharge by 40 per cent by 2030."), long=True),
                Ask("value", lazy("The number alone: 40.")),
                Ask("unit", lazy("Per cent, USD billion, visits a year.")),
                Ask("due", lazy("When it is to be reached.")),
                Ask("announced"),
                Ask("series", lazy("The series of figures that measures it, if there is one."), "series"),
                Ask("repeats", lazy("The earlier target that it repeats or raises."), "targets"),
            ),
        ),
    ),
    subject="target", stem="t-", twins=("statement",), fixed={"checked": "false"},
)  # fmt: skip
_MEETING = RecordKind(
    "meeting", "meetings", Meeting, Permission.ENTER, lazy("Meeting"), lazy("Meetings"),
    (
        Fieldset(
            lazy("The meeting"),
            (
                Ask("body", lazy("The body that met: Joint Cooperation Committee.")),
                Ask("date"),
                Ask("number", lazy("Which meeting of that body it was: 17.")),
                Ask("place"),
                Ask("result", lazy("What came of it, in our own words."), long=True),
            ),
        ),
    ),
    subject="meeting", stem="m-", named="body", twins=("body", "date"),
)  # fmt: skip
_INSTRUMENT = RecordKind(
    "instrument", "instruments", Instrument, Permission.ENTER, lazy("Instrument"), lazy("Instruments"),
    (
        Fieldset(
            lazy("The treaty, fund, plan or institution"),
            (
                Ask("name"),
                Ask("kind"),
                Ask("established", lazy("When it was adopted or set up.")),
                Ask("custodian", lazy("Who keeps it: the depositary, the secretariat.")),
                Ask("open_to", lazy("The organisation whose members alone it is open to."), "organisations"),
            ),
        ),
    ),
    subject="instrument", role=LinkRole.CONTEXT, named="name", twins=("name",), sourced="optional",
)  # fmt: skip
_TREATY_ACTION = RecordKind(
    "treaty-action", "party_events", PartyEvent, Permission.ENTER, lazy("Treaty action"), lazy("Treaty actions"),
    (
        Fieldset(
            lazy("Who did what, and when"),
            (
                Ask("instrument", lazy("Its name or a part of it."), "instruments"),
                Ask("party", lazy("A state by its name or code."), "parties"),
                Ask("event", lazy("In force is a step of its own: enter it too where its day is known.")),
                Ask("date"),
            ),
        ),
    ),
    ident=("instrument", "party", "event"), twins=("instrument", "party", "event"),
)  # fmt: skip
_FUND_FIGURE = RecordKind(
    "fund-figure", "fund_figures", FundFigure, Permission.ENTER, lazy("Figure of a fund"), lazy("Figures of funds"),
    (
        Fieldset(
            lazy("The figure, as it was published"),
            (
                Ask("fund", lazy("Its name or a part of it."), "funds"),
                Ask("kind", lazy("A contribution of one year, a cumulative total, a pledge ...")),
                Ask("amount", lazy("In whole units: 1500000 for 1.5 million.")),
                Ask("currency", lazy("Its ISO code: USD, EUR.")),
                Ask("period", lazy("The year; of a cumulative figure the last one.")),
                Ask("due", lazy("Of a pledge: the year that it is promised for.")),
                Ask("statement", lazy("What the source says, in our own words."), long=True),
            ),
        ),
    ),
    stem="ff-", twins=("fund", "kind", "period", "amount"), fixed={"checked": "false"},
)  # fmt: skip
_INDICATOR = RecordKind(
    "indicator", "indicators", Indicator, Permission.ENTER, lazy("Indicator"), lazy("Indicators"),
    (
        Fieldset(
            lazy("What is measured"),
            (
                Ask("title"),
                Ask("definition", lazy("What is counted, of whom, in our own words."), long=True),
                Ask("unit", lazy("%, tonnes a year, km.")),
                Ask("direction", lazy("Where it should move; context is never scored.")),
                Ask("aggregation", lazy("How the figures of the parties are summed up.")),
                Ask("note"),
            ),
        ),
        Fieldset(
            lazy("What it should reach"),
            (
                Ask("target", lazy("The number alone, where somebody set one.")),
                Ask("target_year"),
                Ask("target_says", lazy("Who set the target, and where.")),
                Ask("limit", lazy("The natural end: 100 for a percentage.")),
                Ask("base_year"),
            ),
        ),
    ),
    subject="indicator", role=LinkRole.CONTEXT, stem="i-", named="title", twins=("title",),
    fixed={"verified": "false"}, sourced="no",
)  # fmt: skip

KINDS: dict[str, RecordKind] = {
    one.noun: one
    for one in (
        _DOCUMENT, _EDGE, _MEMBERSHIP, _TARGET, _MEETING, _INSTRUMENT, _TREATY_ACTION, _FUND_FIGURE, _INDICATOR,
    )
}  # fmt: skip
"""The kinds by their noun, in the order in which pages name them."""
ENTERED = tuple(noun for noun in KINDS if noun != "document")
"""The kinds of which new records are entered; a document is uploaded on the workbench."""
