"""Two agreements whose every text carries a word of its own: one is published, one is not; and people of every kind.

The fields of all models of the register are walked: a new field, and a new model, is filled without a word here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from followthrough.model.vocabulary import LinkSubject
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Commitment, Document, Instrument, Pack, Party, Provision, Source
from followthrough.web.assessments.models import PUBLISHED, RATING, Assessment, Rating, RatingUnit
from followthrough.web.evidence.models import Claim, ConflictSide
from followthrough.web.exchange.pack_tables import MODELS
from followthrough.web.followup.models import Cycle
from followthrough.web.indicators.models import Target
from followthrough.web.kit.model_fields import ExactDecimalField
from followthrough.web.links.models import Link
from held_rows import analysed

SHUT, OPEN, BLIND, OFFICE = "zyzzyva", "quetzal", "axolotl", "narwhal"
REGISTER = (
    "agreements",
    "links",
    "files",
    "evidence",
    "activities",
    "indicators",
    "assessments",
    "workbench",
    "followup",
)
NOBODYS = {"Pack", "Party", "Membership", "Scale", "ScaleValue", "Refresh"}
"""Models that belong to no agreement: parties and memberships, published scales, runs of fetching, counters."""
ITEM = {
    "key": 1, "spans": [[0, 5]], "kind": "action", "strength": 4, "instruments": [], "goals": [], "deadline": "",
    "quantity": "", "missing": [], "state": "accepted", "origin": "person", "letter": "a",
}  # fmt: skip
FIXED: dict[str, dict[str, Any]] = {
    "Document": {"language": "en", "adopted": "2019-11-26"},
    "OfficialText": {"comparison": {}},
    "Provision": {"kind": "paragraph", "num": "1", "position": 1, "political": False, "length": 40},
    "Commitment": {"spans": [[0, 5]], "position": 0, "strength": 4, "goals": [], "missing": []},
    "InterpretiveNote": {"version": 1},
    "Instrument": {"kind": "fund", "open_to": None},
    "Source": {"language": "en", "publisher_kind": "government"},
    "Activity": {"currency": "USD"},
    "FundFigure": {"currency": "USD", "period": "2020", "kind": "contribution"},
    "Observation": {"period": "2020", "value": "5", "area": "THA"},
    "Indicator": {"breaks": [], "above": [], "below": [], "target_year": 2030, "base_year": 2015},
    "Feed": {"provider": "hand", "rank": 1},
    "Vintage": {"number": 1, "fetched": "2024-05-01T00:00:00"},
    "Figure": {"area": "THA", "period": "2020", "value": "5"},
    "Assessment": {"scale": "g20-2009", "scale_version": "1", "na": "exclude", "state": PUBLISHED, "example": False},
    "Rating": {"claims": [], "sure": "sure"},
    "AdjudicatedRating": {"claims": [], "number": 1, "reason": ""},
    "Cycle": {"shown": "parties", "zone": "UTC", "period_start": "2020", "period_end": "2021", "closed": None},
    "LifeDecision": {"state": "retired", "taken_back": None},
    "Question": {"key": "done", "kind": "text"},
    "Comment": {"question": "done"},
    "ConfirmLink": {"revoked": None, "expires": timezone.now() + timedelta(days=9)},
    "Workbook": {"of": "reports", "written": None, "discarded": None},
    "Suggestion": {"answered": None, "kind": "suggestion"},
    "StoredFile": {"kind": "txt", "size": 5},
    "ReportFile": {"withdrawn": None},
    "Draft": {"discarded": None},
    "ProvisionDraft": {"page": 1, "start": 0},
    "Step": {"number": 1, "before": {}, "after": {}, "revisions": {}, "published": [], "register": {}, "turns": None},
}  # fmt: skip
"""What cannot be a word: it is computed with, or names something that has to be there."""
EMPTY = {"withdrawn", "replaced_by", "parent", "repeats", "implements", "succeeds", "derived_from", "turns", "previous"}
"""Fields that would take the record out of every list, or lead to another of its kind."""
_number = count(1)


@dataclass
class World:
    """An agreement with everything around it: ``held`` by model, and what each marked word stands for."""

    mark: str
    held: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def one(self, model: type[models.Model]) -> Any:
        """Return the first record of a model."""
        return self.held[model][0]

    def ids(self, model: type[models.Model]) -> list[str]:
        """Return the ids of the records of a model."""
        return [str(one.pk) for one in self.held.get(model, ())]

    def word(self, label: str) -> str:
        """Return a word of its own for a field."""
        made = f"{self.mark}{next(_number)}z"
        self.words[made] = label
        return made

    def make(self, model: type[models.Model], **given: Any) -> Any:
        """Make a record with every field filled."""
        values = {**self._values(model), **FIXED.get(model.__name__, {}), **given}
        one = model._default_manager.create(**values)
        self.held.setdefault(model, []).append(one)
        return one

    def _values(self, model: type[models.Model]) -> dict[str, Any]:
        return {
            one.name: self._value(model, one)
            for one in model._meta.concrete_fields
            if not isinstance(one, models.AutoField) and one.name not in EMPTY
        }

    def _value(self, model: type[models.Model], one: models.Field[Any, Any]) -> Any:  # noqa: PLR0911
        label = f"{model.__name__}.{one.name}"
        if isinstance(one, models.ForeignKey):
            held = self.held.get(one.related_model)
            return held[0] if held else _shared(one)
        if known := _enumerated(model, one.name):
            return known
        if isinstance(one, ExactDecimalField):
            return Decimal(5)
        if isinstance(one, models.JSONField):
            return [self.word(label)]
        if isinstance(one, models.BooleanField):
            return False
        if isinstance(one, models.DateTimeField):
            return timezone.now()
        if isinstance(one, models.DateField):
            return date(2024, 5, 1)
        if isinstance(one, models.IntegerField):
            return 1
        if one.primary_key:
            return f"{self.mark}-{model.__name__.lower()}-{next(_number)}"
        word = self.word(label)
        return f"https://example.org/{word}" if isinstance(one, models.URLField) else word[: one.max_length]


def _enumerated(model: type[models.Model], name: str) -> str:
    """Return a word that the packs' tables allow in a column, or a date where it holds one."""
    table = next((one for at, one in enumerate(TABLES) if MODELS.get(one.name) is model), None)
    column = next((one for one in table.columns if one.name == name), None) if table else None
    if column is None:
        return ""
    return column.one_of[0] if column.one_of else "2020-01-01" if column.kind == "date" else ""


def _shared(one: models.ForeignKey[Any, Any]) -> Any:
    if one.related_model is Party:
        return Party.objects.get(pk="THA")
    return None if one.null else one.related_model._default_manager.first()


def register_models() -> list[type[models.Model]]:
    """Return the models that belong to agreements, each behind those that it cannot be without."""
    waiting = [
        one for label in REGISTER for one in apps.get_app_config(label).get_models() if one.__name__ not in NOBODYS
    ]
    ordered: list[type[models.Model]] = []
    while waiting:
        for model in list(waiting):
            needs = {f.related_model for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)}
            if not needs - {model} & set(waiting):
                ordered.append(model)
                waiting.remove(model)
    return ordered


def _build(world: World, *, public: bool, coders: Sequence[User]) -> None:
    special: dict[type[models.Model], Any] = {
        Document: {"id": f"{world.mark}-doc", "public": public},
        Provision: {
            "id": f"{world.mark}-doc/1",
            "words": f"{world.word('Provision.words')} shall be done by all of them.",
        },
        Commitment: {"id": f"{world.mark}-doc/1a"},
        Assessment: {"id": f"{world.mark}-round"},
        Cycle: {"id": f"{world.mark}-cycle", "late_until": timezone.now() + timedelta(days=9)},
    }
    for model in register_models():
        if model is Link:
            for thing in LinkSubject:
                _link(world, thing, world.one(Link._meta.get_field(thing).related_model))  # type: ignore[arg-type]
        elif model.__name__ != "Edge":
            for given in _several(world, model.__name__, coders) or [special.get(model, {})]:
                world.make(model, **given)


def _several(world: World, name: str, coders: Sequence[User]) -> list[dict[str, Any]]:
    """Return what is given to the records of models that need several, or words in a place of their own."""
    if name in FOLLOWUP:
        return FOLLOWUP[name](world)
    if name == "Rating":
        return [{"coder": coder, "submitted": timezone.now()} for coder in coders]
    if name == "Observation":
        return [{"period": period} for period in ("2019", "2020", "2021")]
    if name == "ConflictSide":
        return [{"fund_figure": None, "observation": None}, {"claim": None, "observation": None}]
    if name == "ProvisionDraft":
        note = {part: world.word(f"ProvisionDraft.note.{part}") for part in ("full", "partial", "none")}
        texts = {part: world.word(f"ProvisionDraft.{part}") for part in ("verb", "summary", "actors", "reason")}
        items = [{**ITEM, **texts, "note": note}]
        return [{"items": items, "proposal": items}]
    return []


def _reports(world: World) -> list[dict[str, Any]]:
    """Return one that is published, and one that is not sent: what its office wrote is for nobody else."""
    office = {"answers": {"done.text": f"{OFFICE}{world.mark}"}}
    return [{"state": "published", "answers": {}, "party": Party.objects.get(pk="KHM")}, {"state": "open", **office}]


def _office_draft(world: World) -> list[dict[str, Any]]:
    draft = world.held[apps.get_model("followup", "Report")][1]
    return [{"report": draft, "answers": {"done.text": f"{OFFICE}{world.mark}"}, "by": f"{OFFICE}by"}]


def _checks(world: World) -> list[dict[str, Any]]:
    """Return a proposal about an evidence item, which its party and the secretariat read."""
    proposed = {"statement": world.word("RecordCheck.proposed")}
    about = {"kind": "claim", "record": world.ids(Claim)[0], "answer": "correct"}
    return [{**about, "before": {}, "proposed": proposed, "decision": "", "decided": None}]


def _office_workbook(world: World) -> list[dict[str, Any]]:
    """Return one of the office and one that came by a signed link; both wait, with a row that is refused by its id."""
    row = [[f"{OFFICE}{world.mark}", "text", 0, 0], []]
    head = [[text, "text", 0, 0] for text in ("id", "version")]
    own = {"cells": {"name": "t", "rows": [head, row]}, "by": f"{OFFICE}by", "link": None}
    linked = [[world.word("Workbook.cells"), "text", 0, 0], []]
    return [own, {"cells": {"name": "t", "rows": [head, linked]}, "of": "record"}]


def _published(world: World) -> list[dict[str, Any]]:
    return [{"answers": {"done.text": world.word("Submission.answers")}, "decision": "accepted"}]


def _files(world: World) -> list[dict[str, Any]]:
    """Return a file that was sent and published, and one of a draft: its name and words are for its office alone."""
    model = apps.get_model("files", "StoredFile")
    kept = {"kind": "txt", "size": 5, "received": timezone.now()}
    hidden = model._default_manager.create(sha256=f"{OFFICE}{world.mark}", words=f"{OFFICE}words", **kept)
    draft = {"report": world.held[apps.get_model("followup", "Report")][1], "attached_by": f"{OFFICE}by"}
    world.held[model].append(hidden)
    return [{}, {**draft, "file": hidden, "name": f"{OFFICE}name"}]


def _sent_file(world: World) -> list[dict[str, Any]]:
    return [{"attached": world.held[apps.get_model("followup", "ReportFile")][0]}]


FOLLOWUP: dict[str, Callable[[World], list[dict[str, Any]]]] = {
    "Report": _reports,
    "SavedDraft": _office_draft,
    "Submission": _published,
    "ReportFile": _files,
    "SentFile": _sent_file,
    "Workbook": _office_workbook,
    "RecordCheck": _checks,
}


def _link(world: World, thing: str, one: Any, **given: Any) -> Link:
    """Link a thing, instruments to the provision, all others to the commitment."""
    places = {"commitment": world.one(Commitment), "provision": None}
    if thing == "instrument":
        places = {"commitment": None, "provision": world.one(Provision)}
    nothing: dict[str, Any] = dict.fromkeys(LinkSubject)
    share = Decimal(5) if thing == "activity" else None
    made: Link = world.make(Link, **{**nothing, **places, thing: one, "share": share, **given})
    return made


def _cross(shut: World, opened: World) -> None:
    """Let the two touch wherever the register lets them: what is public must stay readable, and tell nothing."""
    shut.make(apps.get_model("agreements", "Edge"), later=shut.one(Commitment), earlier=opened.one(Commitment))
    Document.objects.filter(pk=opened.one(Document).pk).update(succeeds=shut.one(Document))
    Document.objects.filter(pk=shut.one(Document).pk).update(implements=opened.one(Document))
    conflict = shut.make(apps.get_model("evidence", "Conflict"))
    for side in (shut, opened):
        shut.make(ConflictSide, conflict=conflict, claim=side.one(Claim), fund_figure=None, observation=None)
    _link(shut, "claim", shut.make(Claim, source=opened.one(Source)))
    _link(shut, "claim", shut.make(Claim), withdrawn="it belongs elsewhere")
    _link(shut, "activity", shut.make(Activity, fund=opened.one(Instrument), source=opened.one(Source)))
    Activity.objects.filter(pk=opened.one(Activity).pk).update(parent=shut.one(Activity))
    Target.objects.filter(pk=opened.one(Target).pk).update(repeats=shut.one(Target))
    shut.make(apps.get_model("agreements", "Citation"), instrument=opened.one(Instrument))


def _rounds(shut: World, opened: World, people: dict[str, User]) -> None:
    """Open a round over each: the first coder has submitted, the second has not, and nobody else may know the value."""
    for world in (shut, opened):
        one = world.make(Assessment, id=f"{world.mark}-open-round", state=RATING, published=None)
        cell = world.make(RatingUnit, assessment=one)
        said = {"value": f"{BLIND}value", "why": f"{BLIND}why"}
        Rating.objects.create(cell=cell, coder=people["coder a"], submitted=timezone.now(), claims=[], **said)
        Rating.objects.create(cell=cell, coder=people["coder b"], claims=[])


def people_of(document: Document, other: Document) -> dict[str, User]:
    """Return people of every kind: with a role over ``document``, over the ``other`` one, over all, and with none."""
    roles: list[tuple[str, Role, Document | None, str]] = [
        ("focal", Role.CONTRIBUTOR, document, "THA"), ("other focal", Role.CONTRIBUTOR, document, "KHM"),
        ("coder a", Role.ASSESSOR, document, ""), ("coder b", Role.ASSESSOR, document, ""),
        ("coordinator", Role.COORDINATOR, document, ""), ("editor", Role.EDITOR, document, ""),
        ("other editor", Role.EDITOR, other, ""),
        ("administrator", Role.ADMINISTRATOR, None, ""),
    ]  # fmt: skip
    found = {"plain": User.objects.create_user("plain")}
    for name, role, over, party in roles:
        found[name] = User.objects.create_user(name.replace(" ", "-"))
        grant_role(
            found[name], role, by=SYSTEM, document=over, **({"party": Party.objects.get(pk=party)} if party else {})
        )
    found["superuser"] = User.objects.create_superuser("superuser")
    return found


@dataclass
class Both:
    """The two agreements, and the people."""

    shut: World
    open: World
    people: dict[str, User]

    def roles(self) -> Iterator[tuple[str, User | None]]:
        """Return everybody, and nobody first."""
        yield "signed out", None
        yield from self.people.items()


def two_agreements() -> Both:
    """Build both in the database that is open."""
    Pack.objects.create(name="p", title="p", version="1", digest="x", imported=timezone.now())
    for key, at in (("THA", 1), ("KHM", 2)):
        Party.objects.create(id=key, name=key.title(), short_name=key, kind="state", tile_x=at, tile_y=1)
    apps.get_model("indicators", "Refresh")._default_manager.create(asked="all", started=timezone.now())
    shut, opened = World(SHUT), World(OPEN)
    coders = [User.objects.create_user(name) for name in ("first", "second")]
    for world, public in ((opened, True), (shut, False)):
        _build(world, public=public, coders=coders)
    people = people_of(shut.one(Document), opened.one(Document))
    _cross(shut, opened)
    _rounds(shut, opened, people)
    return Both(shut, opened, people)


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Both]:
    """The two agreements, built once for the tests of a file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = two_agreements()
        analysed()
        yield made
        transaction.set_rollback(True)
