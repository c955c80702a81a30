"""Feeds of a list: what changed of its rows as Atom (RFC 4287), and their days as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from followthrough.web.audit.event_types import told
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.feeds import Subject
from followthrough.web.kit.wording import capital

NEWEST = 100
"""Changes that a feed holds."""
FIRST_YEAR = "2026"
"""The year since which our tags are ours (RFC 4151); it stays, since what a reader has seen is known by its tag."""
ATOM = "http://www.w3.org/2005/Atom"
BEGINNING = datetime(2019, 1, 1, tzinfo=UTC)
"""When a list changed last that has not changed."""


def atom(request: HttpRequest, title: str, subjects: Sequence[Subject]) -> HttpResponse:
    """Answer with the newest changes of records, each once: its tag holds the number of its event."""
    named = {(one.kind, one.key): one for one in subjects}
    events = _events(named)
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": settings.LANGUAGE_CODE})
    query = request.META.get("QUERY_STRING", "")
    page = request.path.removesuffix(".atom") + (f"?{query}" if query else "")
    _text(feed, "id", f"{_tag()}{page}")
    _text(feed, "title", _("%(title)s: what changed") % {"title": title})
    _text(feed, "updated", (events[0].at if events else BEGINNING).isoformat())
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": request.build_absolute_uri()})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": request.build_absolute_uri(page)})
    _text(ET.SubElement(feed, "author"), "name", "Followthrough")
    for event in events:
        one = named[event.kind, event.target]
        entry = ET.SubElement(feed, "entry")
        _text(entry, "id", f"{_tag()}change/{event.pk}")
        _text(entry, "title", f"{capital(told(event.verb))}: {one.title}")
        _text(entry, "updated", event.at.isoformat())
        ET.SubElement(entry, "link", {"rel": "alternate", "href": request.build_absolute_uri(one.path)})
        _text(entry, "summary", one.title)
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def calendar(request: HttpRequest, title: str, subjects: Sequence[Subject]) -> HttpResponse:
    """Answer with the days of records, each once: its UID is that of the record, so that a moved day moves."""
    changed = _last_changes(subjects)
    whole = Calendar()
    whole.add("prodid", "-//Followthrough//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", title)
    for one in subjects:
        if one.first is not None:
            whole.add_component(_event(request, one, changed.get((one.kind, one.key.partition("#")[0]), BEGINNING)))
    headers = {"Content-Disposition": f'attachment; filename="{request.path.rpartition("/")[2]}"'}
    return HttpResponse(whole.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def _event(request: HttpRequest, one: Subject, changed: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.kind}-{one.key.replace('/', '-')}@{_host()}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", one.title)
    event.add("url", request.build_absolute_uri(one.path))
    event.add("dtstart", one.first)
    if isinstance(one.first, date) and not isinstance(one.first, datetime):
        last = one.last if isinstance(one.last, date) and one.last >= one.first else one.first
        event.add("dtend", last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event


def _events(named: dict[tuple[str, str], Subject]) -> list[AuditEvent]:
    """Return the newest changes of records that are named by kind and key, newest first."""
    found: list[AuditEvent] = []
    for kind, verbs in {(one.kind, one.verbs) for one in named.values()}:
        keys = [one.key for one in named.values() if (one.kind, one.verbs) == (kind, verbs)]
        told_ones = {"verb__in": verbs} if verbs else {}
        held = AuditEvent.objects.filter(kind=kind, target__in=keys, **told_ones).defer("detail", "hash")
        found += held.order_by("-pk")[:NEWEST]
    return sorted(found, key=lambda one: -one.pk)[:NEWEST]


def _last_changes(subjects: Sequence[Subject]) -> dict[tuple[str, str], datetime]:
    found: dict[tuple[str, str], datetime] = {}
    for kind in {one.kind for one in subjects}:
        keys = [one.key.partition("#")[0] for one in subjects if one.kind == kind]
        held = AuditEvent.objects.filter(kind=kind, target__in=keys).order_by().values_list("target")
        found |= {(kind, target): at for target, at in held.annotate(last=Max("at"))}
    return found


def _text(above: ET.Element, name: str, words: str) -> None:
    ET.SubElement(above, name).text = words


def _host() -> str:
    return urlsplit(settings.SITE).hostname or "localhost"


def _tag() -> str:
    return f"tag:{_host()},{FIRST_YEAR}:"
