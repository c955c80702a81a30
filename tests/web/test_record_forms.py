"""Records of an agreement are entered and corrected in the browser: each kind with its form, by who may alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import FundFigure, Meeting
from followthrough.web.agreements.models import Document, Edge, Instrument, Membership, Party, PartyEvent, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.indicators.models import Indicator, Target
from followthrough.web.links.models import Link
from followthrough.web.records.kinds import KINDS
from web_forms import stamped

DOC = "asean-rok-2019"
PLACE = f"/agreements/{DOC}/records"
NEW_SOURCE = {
    "sources.url": "https://lake.example/statement", "sources.title": "Statement on the lake",
    "sources.publisher": "Lake Commission", "sources.publisher_kind": "joint_organ",
    "sources.published": "14 March 2026", "sources.language": "en",
}  # fmt: skip
LINKED = {"linked": "4.3, 4.3a", "links.rationale": "The paragraph names it."}
FORMS: dict[str, tuple[type[Any], dict[str, str], dict[str, Any]]] = {
    "target": (
        Target,
        {"targets.statement": "Cut discharge by 40 per cent.", "targets.value": "40", "targets.unit": "per cent",
         "targets.due": "31 December 2030", **NEW_SOURCE, **LINKED},
        {"value": Decimal(40), "due": "2030-12-31"},
    ),
    "meeting": (
        Meeting,
        {"meetings.body": "Lake Committee", "meetings.date": "5 May 2026", "meetings.number": "3",
         **NEW_SOURCE, **LINKED},
        {"date": "2026-05-05", "number": "3"},
    ),
    "instrument": (
        Instrument,
        {"instruments.name": "Lake Convention", "instruments.kind": "treaty", "instruments.established": "2021",
         **LINKED},
        {"id": "lake-convention", "established": "2021", "source_id": None},
    ),
    "treaty-action": (
        PartyEvent,
        {"party_events.instrument": "regional comprehensive", "party_events.party": "Kenya",
         "party_events.event": "ratified", "party_events.date": "June 2024", **NEW_SOURCE},
        {"party_id": "KEN", "event": "ratified", "date": "2024-06"},
    ),
    "fund-figure": (
        FundFigure,
        {"fund_figures.fund": "akcf", "fund_figures.kind": "pledge", "fund_figures.amount": "1500000",
         "fund_figures.currency": "USD", "fund_figures.period": "2026", **NEW_SOURCE},
        {"fund_id": "akcf", "amount": Decimal(1500000), "kind": "pledge"},
    ),
    "indicator": (
        Indicator,
        {"indicators.title": "Treated water", "indicators.definition": "Share of water that is treated.",
         "indicators.unit": "%", "indicators.direction": "up", "indicators.aggregation": "median", **LINKED},
        {"id": "i-treated-water", "direction": "up", "verified": False},
    ),
    "lineage-edge": (
        Edge,
        {"edges.later": "asean-rok-2019/4.3a", "edges.earlier": "asean-rok-poa-2005/line-1a",
         "edges.kind": "elaborates",
         "edges.rationale": "It says more of the same."},
        {"kind": "elaborates", "origin": "person"},
    ),
    "membership": (
        Membership,
        {"memberships.organisation": "ASEAN", "memberships.party": "Fiji", "memberships.since": "1 June 2020",
         "memberships.until": "2021"},
        {"party_id": "FJI", "since": "2020-06-01", "until": "2021"},
    ),
}  # fmt: skip


@pytest.fixture
def editor_of_all(register: Document, client: Client) -> User:
    """An editor of the whole register, signed in."""
    user = User.objects.create_user("editor-of-all")
    grant_role(user, Role.EDITOR, by=SYSTEM)
    client.force_login(user)
    return user


def test_every_kind_that_is_entered_is_tested() -> None:
    assert set(FORMS) | {"document"} == set(KINDS)
    assert all(len(part.asks) <= 7 for kind in KINDS.values() for part in kind.sets)


@pytest.mark.parametrize("noun", FORMS)
def test_a_record_is_entered_with_its_source_its_links_and_its_events(
    editor_of_all: User, client: Client, noun: str
) -> None:
    model, form, expected = FORMS[noun]
    before = set(model.objects.values_list("pk", flat=True))
    page = f"{PLACE}/{noun}/new"
    assert client.get(page).status_code == 200
    blank = client.post(page, {})
    assert blank.status_code == 422
    assert set(model.objects.values_list("pk", flat=True)) == before
    answer = client.post(page, form)
    assert answer.status_code == 302, answer.content.decode()
    (made,) = model.objects.exclude(pk__in=before)
    assert {name: getattr(made, name) for name in expected} == expected
    kind = KINDS[noun]
    assert AuditEvent.objects.filter(verb=f"{kind.event_kind}.added", target=made.pk, by="editor-of-all").exists()
    if kind.subject:
        links = Link.objects.filter(**{kind.subject: made})
        assert {one.commitment_id or one.provision_id for one in links} == {f"{DOC}/4.3", f"{DOC}/4.3a"}
    if "sources.url" in form:
        assert made.source.published == "2026-03-14"
    again = client.post(page, form)
    assert again.status_code == (422 if noun in ("treaty-action", "lineage-edge", "membership") else 409)
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("noun", FORMS)
def test_what_was_typed_stands_in_the_answer_that_refuses_it(editor_of_all: User, client: Client, noun: str) -> None:
    _model, form, _expected = FORMS[noun]
    date = next((name for name in form if name.endswith((".due", ".date", ".since", ".established", ".period"))), "")
    typed = {**form, **({date: "soon"} if date else {"links.rationale": "", "edges.rationale": ""})}
    answer = client.post(f"{PLACE}/{noun}/new", typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    for text in filter(None, typed.values()):
        assert text in said, text


def test_a_source_is_found_by_its_address_or_by_words_of_its_title(editor_of_all: User, client: Client) -> None:
    known = Source.objects.get(pk="s-newz9-acai")
    form = FORMS["meeting"][1]
    plain = {name: text for name, text in form.items() if not name.startswith("sources.")}
    assert client.post(f"{PLACE}/meeting/new", {**plain, "sources.url": known.url}).status_code == 302
    words = known.title.rpartition(" ")[0]
    more = {**plain, "meetings.date": "6 May 2026", "sources.url": words}
    answer = client.post(f"{PLACE}/meeting/new", more)
    if answer.status_code == 422:
        assert f'value="{known.pk}"' in answer.content.decode()
        answer = client.post(f"{PLACE}/meeting/new", {**more, "sources.url.is": known.pk})
    assert answer.status_code == 302
    assert set(Meeting.objects.filter(body="Lake Committee").values_list("source_id", flat=True)) == {known.pk}
    wrong = client.post(f"{PLACE}/meeting/new", {**plain, "sources.url": "no such words anywhere"})
    assert wrong.status_code == 422


def test_a_target_is_corrected_by_a_new_one_that_takes_its_place(editor_of_all: User, client: Client) -> None:
    old = Target.objects.get(pk="t-01")
    page = f"{PLACE}/target/t-01"
    said = client.get(page).content.decode()
    assert "Raise two-way trade to 150 billion dollars by 2015." in said
    form = {"targets.statement": old.statement, "targets.value": "151", "targets.unit": old.unit,
            "targets.due": "2015",
            "targets.announced": old.announced, "targets.series": old.series_id,
            "sources.url": old.source.url}  # fmt: skip
    assert stamped(client, page, form).status_code == 422  # no reason
    assert stamped(client, page, {**form, "reason": "Misread."}).status_code == 302
    old.refresh_from_db()
    assert old.value == Decimal(150)
    assert old.replaced_by is not None
    assert old.replaced_by.value == Decimal(151)
    held = set(Link.objects.filter(target=old).values_list("commitment_id", flat=True))
    assert held == set(Link.objects.filter(target=old.replaced_by).values_list("commitment_id", flat=True))
    assert client.get(page).status_code == 404


def test_an_instrument_is_corrected_where_it_stands_and_the_record_keeps_what_was(
    editor_of_all: User, client: Client
) -> None:
    page = f"{PLACE}/instrument/ach"
    seen = client.get(page).content.decode().partition('name="stamp" value="')[2][:16]
    form = {"instruments.name": "ASEAN Culture House", "instruments.kind": "institution",
            "instruments.established": "2 September 2017", "instruments.custodian": "Korea Foundation",
            "sources.url": Instrument.objects.get(pk="ach").source.url, "stamp": seen}  # type: ignore[union-attr]  # fmt: skip
    assert client.post(page, {**form, "reason": "The source says so."}).status_code == 302
    assert Instrument.objects.get(pk="ach").established == "2017-09-02"
    event = AuditEvent.objects.filter(verb="instrument.changed", target="ach").latest("id")
    assert event.detail == {"changes": {"established": ["2017-09-01", "2017-09-02"]}, "reason": "The source says so."}
    stale = client.post(page, {**form, "instruments.name": "Culture House", "reason": "Shorter."})
    assert stale.status_code == 409
    assert "Culture House" in stale.content.decode()
    del form["stamp"]
    assert stamped(client, page, form).status_code == 422  # nothing differs


def test_the_source_and_the_lineage_of_a_document(editor_of_all: User, client: Client) -> None:
    draft = Document.objects.create(id="lakes", title="Lakes", short_title="Lakes", kind="declaration", public=False)
    page = "/agreements/lakes/records/document/lakes"
    form = {"documents.implements": "asean-rok-2019", "documents.period_start": "2026", **NEW_SOURCE}
    assert stamped(client, page, form).status_code == 302
    draft.refresh_from_db()
    assert (draft.implements_id, draft.period_start) == ("asean-rok-2019", "2026")
    assert draft.source is not None
    circle = "/agreements/asean-rok-2019/records/document/asean-rok-2019"
    answer = stamped(client, circle, {"documents.implements": "lakes", "reason": "x"})
    assert answer.status_code == 422
    assert "follows this one already" in answer.content.decode()


def test_an_editor_of_another_agreement_enters_and_corrects_nothing_here(register: Document, client: Client) -> None:
    other = Document.objects.create(id="lakes", title="Lakes", short_title="Lakes", kind="declaration", public=True)
    user = User.objects.create_user("elsewhere")
    grant_role(user, Role.EDITOR, by=SYSTEM, document=other)
    client.force_login(user)
    for noun, (_model, form, _expected) in FORMS.items():
        assert client.get(f"{PLACE}/{noun}/new").status_code == 403
        assert client.post(f"{PLACE}/{noun}/new", form).status_code == 403
    assert client.post(f"{PLACE}/target/t-01", {"targets.statement": "x"}).status_code == 403
    edge = FORMS["lineage-edge"][1]
    assert client.post("/agreements/lakes/records/lineage-edge/new", edge).status_code == 403
    assert client.get("/agreements/lakes/records/membership/ASEAN/BRN").status_code == 404
    assert not Party.objects.filter(pk="FJI").exists()
