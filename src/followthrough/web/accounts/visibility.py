"""The doors for reading: every page, file, count and search starts from what ``visible_*(by)`` returns.

Who may read what (the documents themselves: ``policy.visible_documents``):

- An agreement that is published is read by everybody; one that is not, by those whose role over it says so.
- What stands in an agreement (provisions, commitments, notes, citations) is seen with it; an edge with both its ends.
- What is linked to agreements (evidence, activities, targets, series, meetings, instruments, indicators) is seen by who
  sees one of them. What was ever linked to an agreement that somebody may not see, and to none that they may, is hidden
  from them: a link that was withdrawn shows nothing more, and still hides. What was never linked is seen by all.
- A source is hidden where something hidden rests on it and nothing that is seen.
- A question on which sources disagree is seen by who sees all its sides: its words speak of all of them.
- A round of ratings is seen once it is published, before by those who settle it and by its coders; what a coder gave is
  the coder's alone until all coders of the cell have submitted (``assessments.rows.cells_of``).
- Suggestions of readers are seen by those who enter evidence in that agreement.

The doors leave out the few records that a person may not see, which costs the database less than finding all that may
be seen. Django takes longer to work such a condition out than the database takes to answer it, so its SQL is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, Actor, documents_where, hidden_documents, visible_documents
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.models import Activity, ActivityEvent, ActivityParty, FundFigure, Meeting
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    Edge,
    Instrument,
    InterpretiveNote,
    Membership,
    PartyEvent,
    Provision,
    Source,
)
from followthrough.web.assessments.models import PUBLISHED, Assessment, Cell, Rating
from followthrough.web.evidence.models import Claim, ClaimParty, ConflictSide, Suggestion
from followthrough.web.indicators.models import Indicator, Observation, Series, Target
from followthrough.web.links.models import Link, within
from followthrough.web.workbench.models import Draft

Record = TypeVar("Record", bound=Model)


# What stands in agreements


def visible_provisions(by: Actor) -> QuerySet[Provision]:
    """Return the provisions that ``by`` may see."""
    return Provision.objects.filter(document__in=_ids(visible_documents(by)))


def visible_commitments(by: Actor) -> QuerySet[Commitment]:
    """Return the commitments that ``by`` may see, withdrawn ones too."""
    return Commitment.objects.filter(provision__document__in=_ids(visible_documents(by)))


def visible_notes(by: Actor) -> QuerySet[InterpretiveNote]:
    """Return the interpretive notes that ``by`` may see."""
    return InterpretiveNote.objects.filter(commitment__provision__document__in=_ids(visible_documents(by)))


def visible_citations(by: Actor) -> QuerySet[Citation]:
    """Return where commitments that ``by`` may see, and that stand, name instruments."""
    shown = _ids(visible_documents(by))
    return Citation.objects.filter(commitment__withdrawn="", commitment__provision__document__in=shown)


def visible_edges(by: Actor) -> QuerySet[Edge]:
    """Return the edges both of whose commitments ``by`` may see."""
    shown = _ids(visible_documents(by))
    return Edge.objects.filter(later__provision__document__in=shown, earlier__provision__document__in=shown)


def visible_suggestions(by: Actor) -> QuerySet[Suggestion]:
    """Return the suggestions of readers that ``by`` may see."""
    return Suggestion.objects.filter(document__in=_ids(documents_where(by, Permission.ENTER)))


def visible_drafts(by: Actor) -> QuerySet[Draft]:
    """Return what stands on the workbench for ``by``."""
    return Draft.objects.filter(document__in=_ids(documents_where(by, Permission.EDIT)))


def visible_assessments(by: Actor) -> QuerySet[Assessment]:
    """Return the rounds of ratings that ``by`` may see."""
    published = Q(state=PUBLISHED, document__in=_ids(visible_documents(by)))
    run = Q(document__in=_ids(documents_where(by, Permission.ADJUDICATE)))
    return Assessment.objects.filter(published | run | Q(pk__in=own_ratings(by).values("cell__assessment")))


def visible_cells(by: Actor) -> QuerySet[Cell]:
    """Return the cells of rounds over agreements that ``by`` may see; a round may still be closed to them."""
    return Cell.objects.filter(assessment__document__in=_ids(visible_documents(by)))


def own_ratings(by: Actor) -> QuerySet[Rating]:
    """Return the ratings that ``by`` gives as a coder, and nobody else's."""
    return Rating.objects.filter(coder=by.pk if isinstance(by, User) and by.is_active else None).order_by()


# What is linked to agreements


def visible_links(by: Actor) -> QuerySet[Link]:
    """Return the links that stand, into documents that ``by`` may read."""
    return Link.objects.filter(within(_ids(visible_documents(by))))


def visible_claims(by: Actor) -> QuerySet[Claim]:
    """Return the evidence that ``by`` may see, withdrawn items too."""
    return _but(Claim, "claim", by)


def visible_claim_parties(by: Actor) -> QuerySet[ClaimParty]:
    """Return which parties the evidence that ``by`` may see speaks of."""
    return _but(ClaimParty, "claim", by, "claim")


def visible_activities(by: Actor) -> QuerySet[Activity]:
    """Return the activities that ``by`` may see."""
    return _but(Activity, "activity", by)


def visible_activity_parties(by: Actor) -> QuerySet[ActivityParty]:
    """Return which parties take part in the activities that ``by`` may see."""
    return _but(ActivityParty, "activity", by, "activity")


def visible_activity_events(by: Actor) -> QuerySet[ActivityEvent]:
    """Return the dated steps of the activities that ``by`` may see."""
    return _but(ActivityEvent, "activity", by, "activity")


def visible_targets(by: Actor) -> QuerySet[Target]:
    """Return the targets that ``by`` may see."""
    return _but(Target, "target", by)


def visible_series(by: Actor) -> QuerySet[Series]:
    """Return the series that ``by`` may see."""
    return _but(Series, "series", by)


def visible_observations(by: Actor) -> QuerySet[Observation]:
    """Return the values of the series that ``by`` may see."""
    return _but(Observation, "series", by, "series")


def visible_indicators(by: Actor) -> QuerySet[Indicator]:
    """Return the indicators that ``by`` may see."""
    return _but(Indicator, "indicator", by)


def visible_instruments(by: Actor) -> QuerySet[Instrument]:
    """Return the instruments that ``by`` may see."""
    return _but(Instrument, "instrument", by)


def visible_party_events(by: Actor) -> QuerySet[PartyEvent]:
    """Return what parties did with the instruments that ``by`` may see."""
    return _but(PartyEvent, "instrument", by, "instrument")


def visible_figures(by: Actor) -> QuerySet[FundFigure]:
    """Return the published figures of the funds that ``by`` may see."""
    return _but(FundFigure, "instrument", by, "fund")


def visible_sides(by: Actor) -> QuerySet[ConflictSide]:
    """Return the sides of the questions all of whose sides ``by`` may see."""
    return _but(ConflictSide, "conflict", by, "conflict")


def visible_sources(by: Actor) -> QuerySet[Source]:
    """Return the sources that ``by`` may see."""
    return _but(Source, "source", by)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is about: a document, some places, or all that ``by``, who reads it, may see."""

    document: str = ""
    places: tuple[str, ...] | None = None
    by: Actor = field(default_factory=AnonymousUser)

    def links(self, wanted: str | Q) -> tuple[QuerySet[Link], QuerySet[Link]]:
        """Return the links of a kind of thing, or the ``wanted`` ones, from its commitments and from its provisions."""
        return links_from(wanted, *self.places_of())

    def places_of(self) -> tuple[RawSQL, RawSQL]:
        """Return the ids of its commitments that stand and of its provisions, to stand in a query."""
        return self._places(_COMMITMENTS), self._places(_PROVISIONS)

    def _places(self, sql: str) -> RawSQL:
        """Return the ids of the places of one kind, to stand in a query."""
        closed, params = hidden("document", self.by), list[str]()
        if self.document:
            sql, params = f"{sql} AND document_id = %s", [self.document]
        if self.places is not None:
            sql += f" AND place.id IN ({', '.join(['%s'] * len(self.places)) or 'NULL'})"
            params += self.places
        if closed is not None:
            sql, params = f"{sql} AND document_id NOT IN ({closed.sql})", [*params, *closed.params]
        return RawSQL(sql, params)  # noqa: S611 - what is asked for goes in as parameters


def links_from(wanted: str | Q, commitments: RawSQL, provisions: RawSQL) -> tuple[QuerySet[Link], QuerySet[Link]]:
    """Return the links of a kind of thing, or the ``wanted`` ones, from ``commitments`` and from ``provisions``.

    The places are asked for as a list inside the query, and among the links that have a provision: else the databases
    read every link.
    """
    links = Link.objects.filter(Q(**{f"{wanted}__isnull": False}) if isinstance(wanted, str) else wanted).order_by()
    by_commitment = links.filter(commitment__in=commitments, commitment__withdrawn="")
    return by_commitment, links.filter(provision__in=provisions, provision__isnull=False)


_PROVISIONS = f"SELECT place.id FROM {Provision._meta.db_table} place WHERE 1 = 1"  # noqa: S608
_COMMITMENTS = (
    f"SELECT place.id FROM {Commitment._meta.db_table} place JOIN {Provision._meta.db_table} home"  # noqa: S608
    " ON home.id = place.provision_id WHERE place.withdrawn = ''"
)


# What a person may not see


def hidden(thing: str, by: Actor) -> RawSQL | None:
    """Return the ids of the records of a kind that ``by`` may not see, to stand in a query; nothing if they see all."""
    if by == SYSTEM or (isinstance(by, User) and by.is_active and by.is_superuser):
        return None
    known = isinstance(by, User) and by.is_active
    sql, params = _kept(thing, known)
    filled = tuple(by.pk if known and not isinstance(by, str) and one == SOMEBODY else one for one in params)
    return RawSQL(sql, filled)  # noqa: S611 - written by Django, of no word that anybody typed


SOMEBODY = -1
"""Stands for the person in SQL that is kept for everybody who has an account."""


@cache
def _kept(thing: str, known: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL and the parameters of what is hidden from a person with an account, or from the public.

    It is written step by step: nested in one another, as Django writes them, these conditions are too deep for SQLite
    to read and take PostgreSQL a fifth of a second to plan.
    """
    by: Actor = User(pk=SOMEBODY) if known else AnonymousUser()
    closed, params = _ids(hidden_documents(by)).query.sql_with_params()
    steps = {"document": closed} | _steps()
    needed = list(steps)[: list(steps).index(thing) + 1]
    named = ", ".join(f"hidden_{step} (id) AS MATERIALIZED ({steps[step]})" for step in needed)
    return f"WITH {named} SELECT id FROM hidden_{thing}", tuple(params)  # noqa: S608 - of our own names


def _ids(records: QuerySet[Any]) -> QuerySet[Any, Any]:
    return records.order_by().values("pk")


def _but(model: type[Record], thing: str, by: Actor, name: str = "pk") -> QuerySet[Record]:
    """Return the records of ``model`` without those whose ``name`` is a thing that ``by`` may not see."""
    gone = hidden(thing, by)
    return model._default_manager.all() if gone is None else model._default_manager.exclude(**{f"{name}__in": gone})


class Rest(NamedTuple):
    """Records that name a thing and show it: hidden by a column that holds something hidden of a kind, if ever."""

    model: type[Model]
    names: str
    column: str = "id"
    hidden_by: str = ""
    only: str = ""


RESTING: tuple[Rest, ...] = (
    Rest(Document, "source_id", "id", "document"),
    Rest(Claim, "source_id", "id", "claim"),
    Rest(Activity, "source_id", "id", "activity"),
    Rest(ActivityEvent, "source_id", "activity_id", "activity"),
    Rest(Target, "source_id", "id", "target"),
    Rest(Observation, "source_id", "series_id", "series"),
    Rest(Meeting, "source_id", "id", "meeting"),
    Rest(Instrument, "source_id", "id", "instrument"),
    Rest(PartyEvent, "source_id", "instrument_id", "instrument"),
    Rest(FundFigure, "source_id", "fund_id", "instrument"),
    Rest(ConflictSide, "source_id", "conflict_id", "conflict"),
    Rest(Membership, "source_id"),
)
"""Every kind of record that names a source; memberships are never hidden."""


def _steps() -> dict[str, str]:
    """Return what writes the hidden records of each kind, each from those before it."""
    sides = (
        _naming(ConflictSide, "claim_id", "claim", "conflict_id"),
        _naming(ConflictSide, "fund_figure_id", "figure", "conflict_id"),
        _naming(ConflictSide, "observation_id", "observation", "conflict_id"),
    )
    return {
        "provision": _naming(Provision, "document_id", "document"),
        "commitment": _naming(Commitment, "provision_id", "provision"),
        "link": f"{_naming(Link, 'commitment_id', 'commitment')} UNION {_naming(Link, 'provision_id', 'provision')}",
        **{thing: _with(_link(thing)) for thing in ("claim", "activity", "target", "meeting", "indicator")},
        "series": _with(_link("series"), Rest(Target, "series_id", "id", "target")),
        "instrument": _with(
            _link("instrument"),
            Rest(Citation, "instrument_id", "commitment_id", "commitment"),
            Rest(Activity, "fund_id", "id", "activity"),
        ),
        "figure": _naming(FundFigure, "fund_id", "instrument"),
        "observation": _naming(Observation, "series_id", "series"),
        "conflict": " UNION ".join(sides),
        "source": _with(*RESTING),
    }


def _naming(model: type[Model], column: str, thing: str, wanted: str = "id") -> str:
    """Write: the records that name something hidden."""
    table = model._meta.db_table
    return f"SELECT {wanted} AS id FROM {table} WHERE {column} IN (SELECT id FROM hidden_{thing})"  # noqa: S608


def _link(thing: str) -> Rest:
    """A link, once made, hides what it linked; it shows it while it stands."""
    return Rest(Link, f"{thing}_id", "id", "link", "one.withdrawn = ''")


def _with(*rests: Rest) -> str:
    """Write: what is named by something hidden, and by nothing that is seen."""
    hiding, showing = [], []
    for model, names, column, thing, only in rests:
        if thing:
            hiding.append(f"{_naming(model, column, thing, names)} AND {names} IS NOT NULL")
        seen = f" AND one.{column} NOT IN (SELECT id FROM hidden_{thing})" if thing else ""  # noqa: S608
        seen += f" AND {only}" if only else ""
        showing.append(f"NOT EXISTS (SELECT 1 FROM {model._meta.db_table} one WHERE one.{names} = held.id{seen})")  # noqa: S608
    return f"SELECT id FROM ({' UNION '.join(hiding)}) held WHERE {' AND '.join(showing)}"  # noqa: S608
