"""The operations that write the register: evidence, activities, proposals of links, and values of series."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from pydantic import AfterValidator, ConfigDict, Field

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.actions.activities import ActivityEntry, enter_activity
from followthrough.web.activities.policy import visible_activities, visible_meetings
from followthrough.web.agreements.entry_forms import known_source
from followthrough.web.agreements.policy import document_to, visible_instruments
from followthrough.web.api.authentication import TokenNeeded, caller
from followthrough.web.api.collection import Collection
from followthrough.web.api.collections import COLLECTIONS
from followthrough.web.api.collections.activities import Activity
from followthrough.web.api.collections.evidence import Claim, Link
from followthrough.web.api.collections.indicators import Observation
from followthrough.web.api.described import first_sentence, writes
from followthrough.web.api.idempotency import once
from followthrough.web.evidence.actions.claims import Entry, enter_claim
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.indicators.actions.observations import ObservationEntry, enter_observation
from followthrough.web.indicators.policy import visible_indicators, visible_series, visible_targets
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.plain_text import UNSTORABLE
from followthrough.web.links.actions.links import LinkRequest, link


def _plain(text: str) -> str:
    """Return a text with one space where there were several. Raises ``ValueError`` for what no database holds."""
    if UNSTORABLE.search(text):
        raise ValueError(_("holds a character that no text holds"))
    return " ".join(text.split())


Text = Annotated[str, Field(max_length=1_000), AfterValidator(_plain)]
Id = Annotated[str, Field(max_length=250), AfterValidator(_plain)]
Ids = Annotated[list[Id], Field(max_length=200)]


class Sent(Schema):
    """What is sent: these fields and no others. What is not known is left out."""

    model_config = ConfigDict(extra="forbid")


class SourceIn(Sent):
    """A source: the id of one that the register has, or its address and, where that is new, the rest."""

    id: Id = ""
    url: Text = ""
    title: Text = ""
    publisher: Text = ""
    publisher_kind: Text = ""
    published: Text = ""
    language: Text = ""
    archived: Text = ""

    def cells(self, by: Actor) -> dict[str, str]:
        """Return the cells of the source. Raises ``InvalidEntry`` for an id that ``by`` sees none of."""
        typed = self.dict()
        chosen = str(typed.pop("id"))
        found = known_source(typed, chosen, by)
        if chosen and not found["url"]:
            raise InvalidEntry({"source.id": _("the register holds no source %(id)s") % {"id": chosen}})
        return found


class ClaimIn(Sent):
    """An evidence item with its source and the commitments that it is about, all of one agreement."""

    document: Id
    source: SourceIn
    kind: Text
    date: Text = ""
    statement: Text
    value: Text = ""
    unit: Text = ""
    stance: Text
    reproducible: bool = True
    quote: Text = ""
    notes: Text = ""
    commitments: Ids
    role: Text = "main"
    rationale: Text
    parties: Ids = Field(default_factory=list)
    anyway: bool = False


class ActivityIn(Sent):
    """An activity with its source and the commitments that it serves, all of one agreement."""

    document: Id
    source: SourceIn
    title: Text
    statement: Text = ""
    kind: Text
    state: Text
    status: Text = ""
    start: Text = ""
    end: Text = ""
    budget: Text = ""
    currency: Text = ""
    fund: Id = ""
    parent: Id = ""
    lead_body: Text = ""
    commitments: Ids
    role: Text = "main"
    rationale: Text
    share: Text = ""
    parties: Ids = Field(default_factory=list)
    anyway: bool = False


class LinkIn(Sent):
    """A proposal that a record belongs to paragraphs or commitments, named by their ids."""

    subject: Literal["claim", "activity", "indicator", "instrument", "meeting", "series", "target"]
    subject_id: Id
    places: Ids
    role: Text = "main"
    rationale: Text
    share: Text = ""


class Proposed(Schema):
    """The links that were proposed."""

    links: list[Link]


class ObservationIn(Sent):
    """A value of a series, as its source printed it: ``68.5``, ``<2.5``."""

    series: Id
    area: Id
    period: Text
    value: Text
    source: SourceIn
    anyway: bool = False


_CLAIM = ("kind", "date", "statement", "value", "unit", "stance", "quote", "notes")
_ACTIVITY = (
    "title", "statement", "kind", "state", "status", "start", "end", "budget", "currency", "fund", "parent",
    "lead_body",
)  # fmt: skip


def add_claim(request: HttpRequest, entry: ClaimIn) -> HttpResponse:
    """Enter an evidence item; who may confirm links confirms its links with it."""
    by = caller(request).by

    def act() -> HttpResponse:
        document = document_to(by, Permission.ENTER, entry.document)
        cells = {name: getattr(entry, name) for name in _CLAIM}
        cells["reproducible"] = "true" if entry.reproducible else "false"
        made = enter_claim(
            document,
            Entry(entry.source.cells(by), cells, tuple(entry.commitments), entry.rationale, entry.role,
                  tuple(entry.parties), entry.anyway),
            by=by,
        )  # fmt: skip
        return _made("claims", made.pk, by)

    return once(request, act)


def add_activity(request: HttpRequest, entry: ActivityIn) -> HttpResponse:
    """Enter an activity; who may confirm links confirms its links with it."""
    by = caller(request).by

    def act() -> HttpResponse:
        document = document_to(by, Permission.ENTER, entry.document)
        cells = {name: getattr(entry, name) for name in _ACTIVITY}
        asked = LinkRequest(tuple(entry.commitments), entry.role, entry.rationale, entry.share)
        made = enter_activity(
            document, ActivityEntry(entry.source.cells(by), cells, asked, tuple(entry.parties), entry.anyway), by=by
        )
        return _made("activities", made.pk, by)

    return once(request, act)


def propose_link(request: HttpRequest, entry: LinkIn) -> HttpResponse:
    """Propose links. They stay proposals until somebody confirms them on the site, whoever proposes them."""
    by = caller(request).by

    def act() -> HttpResponse:
        if not _subject(entry.subject, entry.subject_id, by):
            raise InvalidEntry({"subject_id": _("the register holds no %(kind)s %(id)s") % {
                "kind": entry.subject, "id": entry.subject_id}})  # fmt: skip
        asked = LinkRequest(tuple(entry.places), entry.role, entry.rationale, entry.share)
        made = link(entry.subject, entry.subject_id, asked, by=by, confirm=False)
        of = _collection("links")
        answer = json_answer({"links": [of.one_said(one.pk, by) for one in made]})
        answer.status_code = 201
        return answer

    return once(request, act)


def add_observation(request: HttpRequest, entry: ObservationIn) -> HttpResponse:
    """Enter one value of a series, beside what other sources say of the same period."""
    by = caller(request).by

    def act() -> HttpResponse:
        cells = {"area": entry.area, "period": entry.period, "value": entry.value}
        asked = ObservationEntry(entry.series, cells, entry.source.cells(by), entry.anyway)
        return _made("observations", enter_observation(asked, by=by).pk, by)

    return once(request, act)


def _subject(kind: str, key: str, by: Actor) -> bool:
    """Say whether ``by`` sees a record that stands and that links may lead to."""
    doors: dict[str, QuerySet[Any]] = {
        "claim": visible_claims(by).filter(withdrawn=""), "activity": visible_activities(by).filter(withdrawn=""),
        "target": visible_targets(by).filter(withdrawn=""), "meeting": visible_meetings(by).filter(withdrawn=""),
        "instrument": visible_instruments(by), "indicator": visible_indicators(by), "series": visible_series(by),
    }  # fmt: skip
    return doors[kind].filter(pk=key).exists()


def _collection(name: str) -> Collection[Any]:
    return next(one for one in COLLECTIONS if one.name == name)


def _made(name: str, key: str, by: Actor) -> HttpResponse:
    """Answer 201 with a record that was made, and its address."""
    said = _collection(name).one_said(key, by)
    if said is None:
        raise Http404
    answer = json_answer(said)
    answer.status_code = 201
    answer["Location"] = reverse(f"api-{name}-one", args=[key])
    return answer


def register(api: NinjaAPI) -> None:
    """Add the operations that write the register."""
    for path, view, answered in (
        ("claims", add_claim, Claim), ("activities", add_activity, Activity), ("links", propose_link, Proposed),
        ("observations", add_observation, Observation),
    ):  # fmt: skip
        api.post(
            f"/{path}", response={201: answered}, auth=TokenNeeded(), tags=[path],
            operation_id=view.__name__, summary=first_sentence(view), url_name=f"api-{path}",
            openapi_extra=writes("Location"),
        )(view)  # fmt: skip
