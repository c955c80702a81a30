"""Evidence on the pages: coverage four ways and on three days, both lists, the thread, the database's own guard."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.evidence.models import Link
from followthrough.web.evidence.rows import Scope, claims_of
from followthrough.web.evidence.thread import thread

DOC = "/agreements/asean-rok-2019"


def coverage(client: Client, **query: str) -> dict[str, Any]:
    """The coverage of the statement as its JSON twin gives it."""
    found: dict[str, Any] = json.loads(client.get(f"{DOC}.json", query).content)["coverage"]
    return found


def at(found: dict[str, Any], rung: str) -> str:
    """n of a rung."""
    return next(str(one["n"]) for one in found["rungs"] if one["rung"] == rung)


def test_every_figure_has_its_rule_and_both_lists(register: Document, client: Client) -> None:
    found = coverage(client)
    assert len(found["denominator"]) == 25
    assert found["rule"]["name"] == "any party acts"
    standing = [place for rung in found["rungs"] for place in rung["standing"]]
    assert sorted(standing) == sorted(found["denominator"])
    above = 0
    for rung in found["rungs"]:
        above += len(rung["standing"])
        assert (rung["n"], rung["N"]) == (str(above), 25)


def test_the_four_ways_differ_as_they_must(register: Document, client: Client) -> None:
    shares = {way: Decimal(at(coverage(client, rollup=way), "planned")) for way in ("any", "all", "mean", "joint")}
    assert shares["all"] <= shares["mean"] <= shares["any"]
    assert shares["joint"] <= shares["any"]
    assert shares["all"] < shares["any"], "what one party did is not what all did"


def test_three_days_never_know_less_than_the_one_before(register: Document, client: Client) -> None:
    days = ("2019-12-31", "2021-12-31", "2025-12-31")
    outputs = [int(at(coverage(client, as_of=day), "output delivered")) for day in days]
    assert outputs == sorted(outputs)
    assert outputs[0] < outputs[-1]


def test_nothing_is_confirmed_until_somebody_does(register: Document, client: Client) -> None:
    assert at(coverage(client, basis="confirmed"), "planned") == "0"
    link = Link.objects.filter(claim__kind="output", role="main", claim__stance="neutral").first()
    assert link is not None
    Link.objects.filter(pk=link.pk).update(confirmed="2026-11-25", confirmed_by="somebody")
    assert at(coverage(client, basis="confirmed"), "output delivered") == "1"
    assert coverage(client)["links"]["confirmed"] == 1


def test_a_wrong_question_is_named_and_the_page_stands(register: Document, client: Client) -> None:
    page = client.get(DOC, {"as_of": "soon", "rollup": "most", "unit": "pages"}).content.decode()
    assert "“soon” is not a date" in page
    assert "“most” is not a known rollup" in page


def test_the_overview_says_what_is_covered_silent_and_contested(register: Document, client: Client) -> None:
    page = " ".join(client.get(DOC).content.decode().split())
    assert "of 25 paragraphs have an output on record" in page
    assert "paragraph-years since adoption are silent" in page
    assert "Where sources do not agree" in page
    assert "Suggested, not confirmed" in page
    assert "Paragraphs 1.3, 2.1, 2.3, 2.5 are political" in page


def test_a_paragraph_shows_its_evidence_or_says_that_there_is_none(register: Document, client: Client) -> None:
    page = " ".join(client.get(f"{DOC}/4.3").content.decode().split())
    assert "Silent for 35 months" in page
    assert "No activity is on record" in page
    Link.objects.filter(commitment__provision="asean-rok-2019/4.3").delete()
    assert "Nothing recorded." in client.get(f"{DOC}/4.3").content.decode()


def test_figures_that_no_list_stands_behind_are_marked(register: Document, client: Client) -> None:
    page = client.get(f"{DOC}/1.2").content.decode()
    assert page.count("not reproducible: no list stands behind it") == 2


def test_the_thread_is_oldest_first_and_draws_silences(register: Document) -> None:
    scope = Scope(places=("asean-rok-2019/4.3a", "asean-rok-2019/4.3b"))
    knots = thread(claims_of(scope), adopted="2019-11-26", today="2026-11-25")
    dates = [knot.claim.date for knot in knots if knot.claim and knot.claim.date]
    assert dates == sorted(dates)
    assert [knot.milestone for knot in knots if knot.milestone] == ["Adopted"]
    assert [knot.silence for knot in knots if knot.silence][-1] == "Silent for 24 months to today"
    assert thread([], adopted="2019-11-26", today="2019-11-25") == []


@pytest.mark.database
@pytest.mark.django_db
def test_the_database_refuses_more_than_the_whole_of_an_activity(register: Document) -> None:
    held = Link.objects.filter(activity__isnull=False, share__isnull=False).first()
    assert held is not None
    spare = Commitment.objects.exclude(links__activity=held.activity).first()
    new = Link(
        id="l-too-much", commitment=spare, activity=held.activity, role="main", share="0.5",
        rationale="one half per cent too many", origin="person",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="exceed 100 per cent"), transaction.atomic():
        new.save(force_insert=True)
    with pytest.raises(DatabaseError, match="exceed 100 per cent"), transaction.atomic():
        Link.objects.filter(pk=held.pk).update(share="101")
    new.share = None
    new.save(force_insert=True)


@pytest.mark.database
@pytest.mark.django_db
def test_the_database_refuses_a_link_to_two_things(register: Document) -> None:
    held = Link.objects.filter(claim__isnull=False).first()
    meeting = Link.objects.filter(meeting__isnull=False).first()
    assert held is not None
    assert meeting is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Link.objects.filter(pk=held.pk).update(meeting=meeting.meeting)
