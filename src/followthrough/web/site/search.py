"""Search over documents, provisions, commitments and instruments: every word must be there, accents do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from followthrough.web.agreements.models import Citation, Commitment, Document, Instrument, Provision
from followthrough.web.agreements.rows import tail
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Link
from followthrough.web.site.wording import capital, fold, plain

LIMIT = 50
SEPARATORS = re.compile(r"[^\w.]+")
NUMBER = re.compile(r"(?:no\. ?)?(\d+(?:\.\d+)*[a-z]?)")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, what it is called, what is said of it."""

    id: str
    link: str
    name: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind; ``count`` is of all, ``hits`` the first of them."""

    name: str
    count: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    number: str
    text: str


def search(visible: QuerySet[Document], q: str) -> list[Group]:
    """Return what matches ``q`` in ``visible``, by kind; a number finds the place that bears it."""
    words = _spaced(fold(q)).split()
    if not words:
        return []
    ids = tuple(visible.order_by("id").values_list("id", flat=True))
    groups = []
    for name, entries in _index(ids, _version()):
        hits = [entry.hit for entry in entries if all(_matches(entry, word) for word in words)]
        if hits:
            groups.append(Group(name, len(hits), hits[:LIMIT]))
    return groups


def _version() -> tuple[int, str]:
    """Return what changes with every change of the register: its last audit event."""
    latest = AuditEvent.objects.order_by("-id").values_list("id", "at").first()
    return (latest[0], latest[1].isoformat()) if latest else (0, "")


@lru_cache(maxsize=4)
def _index(ids: tuple[str, ...], _version: tuple[int, str]) -> list[tuple[str, list[_Entry]]]:
    """Return everything that can be found in the documents ``ids``, folded once for each state of the register."""
    held = list(ids)
    return [
        ("Commitments", list(_commitments(held))),
        ("Paragraphs and sections", list(_provisions(held))),
        ("Evidence", list(_claims(held))),
        ("Documents", list(_documents(Document.objects.filter(id__in=held)))),
        ("Instruments", list(_instruments(held))),
    ]


def _claims(ids: list[str]) -> Iterable[_Entry]:
    asked: Any = Link.objects.filter(claim__isnull=False, commitment__provision__document__in=ids, claim__withdrawn="")
    columns = ("claim_id", "claim__statement", "claim__date", "claim__source__publisher", "claim__source__title")
    found: dict[str, _Entry] = {}
    for document, key, statement, date, publisher, title in asked.values_list(
        "commitment__provision__document_id", *columns
    ):
        if key not in found:
            hit = Hit(key, f"/agreements/{document}/claims?q={key}#all", key, statement, f"{publisher}, {date[:4]}")
            found[key] = _Entry(hit, "", _spaced(fold(f"{key} {statement} {publisher} {title}")))
    yield from found.values()


def _matches(entry: _Entry, word: str) -> bool:
    number = NUMBER.fullmatch(word)
    if number is None or not any(sign.isalpha() or sign == "." for sign in number[1]):
        return f" {word}" in entry.text if word.isascii() else word in entry.text
    rest = entry.number.removeprefix(number[1])
    return rest != entry.number and not rest[:1].isdigit()


def _spaced(text: str) -> str:
    """Return folded text with one space before every word, so that a word is found by its beginning."""
    return " " + " ".join(SEPARATORS.split(text))


def _documents(visible: QuerySet[Document]) -> Iterable[_Entry]:
    rows = visible.order_by("adopted", "id").values_list(
        "id", "title", "short_title", "kind", "adopted", "place", "summary"
    )
    for key, title, short, kind, adopted, place, summary in rows:
        about = ", ".join(part for part in (capital(plain(kind)), place, adopted[:4]) if part)
        text = _spaced(fold(f"{key} {title} {short} {kind} {adopted} {place} {summary}"))
        yield _Entry(Hit(key, f"/agreements/{key}", short, title, about), "", text)


def _provisions(ids: list[str]) -> Iterable[_Entry]:
    rows = Provision.objects.filter(document__in=ids).order_by("document", "position")
    for key, kind, num, title, summary, words, short in rows.values_list(
        "id", "kind", "num", "title", "summary", "words", "document__short_title"
    ):
        hit = Hit(key, f"/agreements/{key}", f"{num} {title}".strip(), summary, f"{capital(kind)}, {short}")
        yield _Entry(hit, num, _spaced(fold(f"{key} {title} {summary} {words}")))


def _commitments(ids: list[str]) -> Iterable[_Entry]:
    held = Commitment.objects.filter(provision__document__in=ids, withdrawn="")
    rows = held.order_by("provision__document", "provision__position", "position")
    for key, summary, verb, kind, title, short in rows.values_list(
        "id", "summary", "verb", "kind", "provision__title", "provision__document__short_title"
    ):
        about = f"{title} · {capital(kind)} · {short}"
        yield _Entry(
            Hit(key, f"/agreements/{key}", tail(key), summary or title, about),
            tail(key),
            _spaced(fold(f"{key} {summary} {verb} {title}")),
        )


def _instruments(ids: list[str]) -> Iterable[_Entry]:
    cited: dict[str, list[str]] = {}
    named_in = Citation.objects.filter(commitment__provision__document__in=ids, commitment__withdrawn="")
    pairs = named_in.order_by("commitment__provision__position")
    for instrument, commitment in pairs.values_list("instrument_id", "commitment_id"):
        cited.setdefault(instrument, []).append(commitment)
    rows = Instrument.objects.order_by("name").values_list("id", "name", "kind", "custodian", "source__url")
    for key, name, kind, custodian, url in rows:
        named = cited.get(key, [])
        link = f"/agreements/{named[0].partition('/')[0]}/commitments?instrument={key}#all" if named else url or ""
        said = f"named by {', '.join(map(tail, named))}" if named else "named by no commitment"
        about = ", ".join(part for part in (capital(plain(kind)), custodian) if part)
        yield _Entry(Hit(key, link, name, said, about), "", _spaced(fold(f"{key} {name} {kind} {custodian}")))
