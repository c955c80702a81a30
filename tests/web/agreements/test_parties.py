"""One invented party: its memberships, the newest of its steps in the order in which it took them, what it signed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements import parties
from followthrough.web.agreements.models import (
    Document,
    DocumentParty,
    Instrument,
    Membership,
    Party,
    PartyEvent,
    Source,
)
from followthrough.web.agreements.parties import documents_signed, party_facts

pytestmark = pytest.mark.django_db


def party(key: str) -> Party:
    return Party.objects.create(id=key, name=f"Land of {key}", short_name=key, kind="state")


def signed(key: str, adopted: str, *by: Party, public: bool = True) -> None:
    made = Document.objects.create(id=key, title=key, short_title=key, kind="statement", adopted=adopted, public=public)
    for one in by:
        DocumentParty.objects.create(id=f"{key}-{one.id}", document=made, party=one)


def steps(of: Party, *dates: str) -> None:
    source = Source.objects.create(id="log", url="https://log.example/", title="Log", publisher="Mill", language="en")
    treaty = Instrument.objects.create(id="weirs", name="Weir Treaty", kind="treaty")
    for at, date in enumerate(dates):
        PartyEvent.objects.create(
            id=f"step-{at}", instrument=treaty, party=of, event="signature", date=date, source=source
        )


def test_there_is_nothing_about_a_party_that_is_unknown() -> None:
    assert party_facts("nobody", SYSTEM) is None


def test_a_party_without_memberships_and_steps_is_only_itself() -> None:
    party("OTT")
    about = {"id": "OTT", "name": "Land of OTT", "short_name": "OTT", "kind": "state"}
    assert party_facts("OTT", SYSTEM) == {**about, "memberships": [], "events": [], "count": 0}


def test_memberships_stand_in_the_order_in_which_they_began() -> None:
    otters, guild, league = party("OTT"), party("guild"), party("league")
    Membership.objects.create(id="a", organisation=guild, party=otters, since="2010", until="2015")
    Membership.objects.create(id="b", organisation=league, party=otters, since="1999")
    facts = party_facts("OTT", SYSTEM)
    assert facts is not None
    assert facts["memberships"] == [
        {"organisation__name": "Land of league", "since": "1999", "until": ""},
        {"organisation__name": "Land of guild", "since": "2010", "until": "2015"},
    ]


def test_the_newest_steps_are_shown_the_earliest_of_them_first_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parties, "SHOWN", 2)
    steps(party("OTT"), "2012", "2001", "2020")
    facts = party_facts("OTT", SYSTEM)
    assert facts is not None
    assert ([step["date"] for step in facts["events"]], facts["count"]) == (["2012", "2020"], 3)
    assert facts["events"][0]["source__publisher"] == "Mill"


def test_steps_of_another_party_are_not_its_own() -> None:
    steps(party("OTT"), "2012")
    party("BVR")
    facts = party_facts("BVR", SYSTEM)
    assert facts is not None
    assert (facts["events"], facts["count"]) == ([], 0)


def test_a_document_is_listed_once_whether_the_party_or_its_organisation_signed() -> None:
    otters, guild, beavers = party("OTT"), party("guild"), party("BVR")
    Membership.objects.create(id="a", organisation=guild, party=otters, since="1990")
    signed("both", "2012", otters, guild)
    signed("by-guild", "2010", guild)
    signed("by-beavers", "2011", beavers)
    assert [row["id"] for row in documents_signed("OTT", SYSTEM)] == ["by-guild", "both"]
    assert [row["id"] for row in documents_signed("BVR", SYSTEM)] == ["by-beavers"]
    assert documents_signed("nobody", SYSTEM) == []


def test_a_document_that_is_not_published_is_not_listed_for_the_public() -> None:
    signed("draft", "2012", party("OTT"), public=False)
    assert documents_signed("OTT", AnonymousUser()) == []
