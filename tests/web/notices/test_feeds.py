"""Feeds of lists, read by real readers and held against their standards: Atom (RFC 4287) and iCalendar (RFC 5545)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import feedparser
import icalendar
import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime
from lxml import etree

from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.followup.actions.reviews import accept_report, publish_reports, return_report, review_stamp
from followthrough.web.followup.actions.submissions import submit
from reporting_world import GOOD, World, small_world

pytestmark = pytest.mark.sqlite
DOC = "/agreements/asean-rok-2019"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    return small_world()


def atom(client: Client, path: str) -> etree._Element:
    """Ask for a feed, hold it against the rules of RFC 4287 and return it."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    feed = etree.fromstring(answer.content)
    for one in [feed, *feed.iter(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            found = one.findall(f"{ATOM}{name}")
            assert len(found) == 1
            assert found[0].text
        moment = parse_datetime(str(one.findtext(f"{ATOM}updated")))
        assert moment is not None
        assert moment.tzinfo is not None
        assert re.fullmatch(r"tag:[\w.-]+,\d{4}:\S+", str(one.findtext(f"{ATOM}id")))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    relations = [one.get("rel") for one in feed.findall(f"{ATOM}link")]
    assert relations == ["self", "alternate"]
    assert feed.findall(f"{ATOM}link")[0].get("href") == f"http://testserver{path}"
    ids = [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) <= 100
    return feed


def calendar(client: Client, path: str) -> list[icalendar.Event]:
    """Ask for a calendar, hold it against the rules of RFC 5545 and return its events."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    whole = icalendar.Calendar.from_ical(answer.content)
    assert (whole["VERSION"], bool(whole["PRODID"]), whole.errors) == ("2.0", True, [])
    events = [one for one in whole.walk("VEVENT") if isinstance(one, icalendar.Event)]
    for one in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(one)
        assert one.errors == []
        assert one.decoded("DTSTAMP").tzinfo is not None
        assert "DTEND" not in one or one.decoded("DTEND") > one.decoded("DTSTART")
    assert len({one["UID"] for one in events}) == len(events)
    return events


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (f"{DOC}/meetings", "?year=2024"), (f"{DOC}/claims", "?q=air&period=all"), ("/agreements", ""),
        (f"{DOC}/commitments", "?kind=action"), (f"{DOC}/targets", ""), (f"{DOC}/activities", "?state=completed"),
    ],
)  # fmt: skip
def test_the_filter_of_the_page_is_that_of_the_feed(client: Client, register: Document, path: str, query: str) -> None:
    page = client.get(f"{path}{query}")
    shown = client.get(f"{path}.json{query}").json()
    rows = next(value for value in shown.values() if isinstance(value, list))
    feed = atom(client, f"{path}.atom{query}")
    assert len(feed.findall(f"{ATOM}entry")) == min(100, len(rows)) > 0
    assert f'href="{path}.atom{query.replace("&", "&amp;")}"' in page.content.decode()
    if path in ("/agreements", f"{DOC}/claims"):
        assert client.get(f"{path}.ics").status_code == 404
        return
    days = {"meetings": "date", "commitments": "deadline", "targets": "due", "activities": "start"}
    whole = [one[days[path.rpartition("/")[2]]] for one in rows]
    assert len(calendar(client, f"{path}.ics{query}")) == sum(len(one or "") == 10 for one in whole)


def test_an_activity_lasts_to_its_last_day(client: Client, register: Document) -> None:
    rows = client.get(f"{DOC}/activities.json").json()["activities"]
    one = next(row for row in rows if len(row["start"]) == len(row["end"]) == 10 and row["start"] < row["end"])
    event = next(event for event in calendar(client, f"{DOC}/activities.ics") if f"-{one['id']}@" in str(event["UID"]))
    assert event.decoded("DTSTART") == date.fromisoformat(one["start"])
    assert (event.decoded("DTEND") - date.fromisoformat(one["end"])).days == 1
    assert str(event["SUMMARY"]) == one["title"]


def test_a_cycle_tells_its_ends_and_what_is_published_and_nothing_before(world: World, client: Client) -> None:
    cycle = world.opened("Round, 2099; \\the first\\")
    for place in ("1", "2"):
        submit(world.report(cycle, place=place), GOOD, by=world.focal, seen=0)
    first, second = world.report(cycle), world.report(cycle, place="2")
    return_report(second, {"": "Secret words"}, by=world.editor, seen=review_stamp(second, second.submissions.get()))
    accept_report(first, by=world.editor, seen=review_stamp(first, first.submissions.get()))
    path = f"/cycles/{cycle.pk}"
    assert [one.findtext(f"{ATOM}title") for one in atom(client, f"{path}.atom").iter(f"{ATOM}entry")] == [
        "Opened: Round, 2099; \\the first\\: reports are due"
    ]
    publish_reports(cycle, [first.pk], by=world.editor)
    titles = [one.findtext(f"{ATOM}title") for one in atom(client, f"{path}.atom").iter(f"{ATOM}entry")]
    assert titles == ["Published: Norland: 1 Matter 1", "Opened: Round, 2099; \\the first\\: reports are due"]
    assert AuditEvent.objects.filter(kind="report").count() > 4
    due, late = calendar(client, f"{path}.ics")
    assert due.decoded("DTSTART") == datetime(2099, 10, 31, 16, 59, tzinfo=UTC)
    assert str(late["SUMMARY"]) == "Round, 2099; \\the first\\: last day for late reports"
