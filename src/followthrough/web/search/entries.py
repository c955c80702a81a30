"""What can be found, kind by kind, and how each is shown: read from the register, for all of it or for some records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from followthrough.web.activities.models import Activity, Meeting
from followthrough.web.agreements.models import Citation, Commitment, Document, Instrument, Party, Provision, Source
from followthrough.web.agreements.rows import tail
from followthrough.web.evidence.models import Claim
from followthrough.web.indicators.models import Indicator, Target
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.links.models import Link
from followthrough.web.search.models import Entry
from followthrough.web.search.tokens import spaced, tokens

LONGEST = {"link": 1200, "name": 600, "says": 4000, "about": 600}
Some = Sequence[str] | None
"""The ids of some records, or all of them."""
GROUPS = (
    "Commitments", "Paragraphs and sections", "Evidence", "Activities", "Documents", "Instruments", "Targets",
    "Meetings", "Parties", "Sources", "Indicators",
)  # fmt: skip


def _entry(group: str, record: str, document: str, text: str, *, number: str = "", **shown: str) -> Entry:
    """Return an entry; ``shown`` are its link, its name, what it says and what it is about."""
    at, folded = GROUPS.index(group), spaced(f"{record} {text}")
    return Entry(
        group=at, record=record, document=document, words=tokens(folded, number),
        exact="" if folded.isascii() else folded, **{part: text[:LONGEST[part]] for part, text in shown.items()},
    )  # fmt: skip


def _some(asked: QuerySet[Any], ids: Some, name: str = "pk") -> QuerySet[Any]:
    return asked if ids is None else asked.filter(**{f"{name}__in": ids})


def documents(ids: Some = None) -> Iterator[Entry]:
    """Return the documents themselves."""
    rows = _some(Document.objects.order_by("adopted", "id"), ids).values_list(
        "id", "title", "short_title", "kind", "adopted", "place", "summary"
    )
    for key, title, short, kind, adopted, place, summary in rows.iterator():
        about = ", ".join(part for part in (capital(plain(kind)), place, adopted[:4]) if part)
        text = f"{title} {short} {kind} {adopted} {place} {summary}"
        yield _entry("Documents", key, key, text, link=f"/agreements/{key}", name=short, says=title, about=about)


def provisions(ids: Some = None) -> Iterator[Entry]:
    """Return the provisions of documents with these ``ids``."""
    rows = _some(Provision.objects.order_by("document", "position"), ids, "document")
    for key, document, kind, num, title, summary, words, short in rows.values_list(
        "id", "document_id", "kind", "num", "title", "summary", "words", "document__short_title"
    ).iterator():
        yield _entry(
            "Paragraphs and sections", key, document, f"{title} {summary} {words}", link=f"/agreements/{key}",
            name=f"{num} {title}".strip(), says=summary, about=f"{capital(kind)}, {short}", number=num,
        )  # fmt: skip


def commitments(ids: Some = None) -> Iterator[Entry]:
    """Return the commitments of documents with these ``ids``."""
    held = Commitment.objects.filter(withdrawn="").order_by("provision__document", "provision__position", "position")
    for key, document, summary, verb, kind, title, short in (
        _some(held, ids, "provision__document")
        .values_list(
            "id", "provision__document_id", "summary", "verb", "kind", "provision__title",
            "provision__document__short_title",
        ).iterator()
    ):  # fmt: skip
        yield _entry(
            "Commitments", key, document, f"{summary} {verb} {title}", link=f"/agreements/{key}", name=tail(key),
            says=summary or title, about=f"{title} · {capital(kind)} · {short}", number=tail(key),
        )  # fmt: skip


def instruments(ids: Some = None) -> Iterator[Entry]:
    """Return instruments, each with the commitments of one document that name it."""
    named: dict[str, list[str]] = {}
    cited = Citation.objects.filter(commitment__withdrawn="").order_by(
        "-commitment__provision__document__public", "commitment__provision__position"
    )
    for instrument, commitment in _some(cited, ids, "instrument").values_list("instrument_id", "commitment_id"):
        named.setdefault(instrument, []).append(commitment)
    rows = _some(Instrument.objects.order_by("name"), ids).values_list("id", "name", "kind", "custodian", "source__url")
    for key, name, kind, custodian, url in rows.iterator():
        document = named[key][0].partition("/")[0] if key in named else ""
        places = [tail(one) for one in named.get(key, ()) if one.startswith(f"{document}/")]
        yield _entry(
            "Instruments", key, document, f"{name} {kind} {custodian}", name=name,
            link=f"/agreements/{document}/commitments?instrument={key}#all" if places else url or "",
            says=f"named by {', '.join(places)}" if places else "named by no commitment",
            about=", ".join(part for part in (capital(plain(kind)), custodian) if part),
        )  # fmt: skip


def _homes(thing: str, ids: Some) -> dict[str, str]:
    """Return the document under which each thing is shown: of those it is tied to the first, a public one if any."""
    found: dict[str, tuple[bool, str]] = {}
    held = _some(Link.objects.filter(**{f"{thing}__isnull": False}).order_by(), ids, thing)
    for place in ("commitment__provision", "provision"):
        cells = (f"{thing}_id", f"{place}__document_id", f"{place}__document__public")
        for key, document, public in held.filter(**{f"{place}__isnull": False}).values_list(*cells).iterator():
            rank = (not public, document)
            found[key] = min(found.get(key, rank), rank)
    return {key: document for key, (_, document) in found.items()}


def claims(ids: Some = None) -> Iterator[Entry]:
    """Return the claims that are tied to something and stand, newest first."""
    homes = _homes("claim", ids)
    rows = _some(Claim.objects.filter(withdrawn="").order_by("-date", "id"), ids).values_list(
        "id", "statement", "kind", "date", "source__publisher", "source__title"
    )
    for key, statement, kind, date, publisher, title in rows.iterator():
        if document := homes.get(key, ""):
            yield _entry(
                "Evidence", key, document, f"{statement} {publisher} {title}", name=capital(kind), says=statement,
                link=f"/claims/{key}",
                about=", ".join(part for part in (publisher, day(date)) if part),
            )  # fmt: skip


def activities(ids: Some = None) -> Iterator[Entry]:
    """Return the activities that are tied to something, newest first."""
    homes = _homes("activity", ids)
    rows = _some(Activity.objects.filter(withdrawn="").order_by("-start", "id"), ids).values_list(
        "id", "title", "kind", "state", "start", "statement", "lead_body"
    )
    for key, title, kind, state, start, statement, lead in rows.iterator():
        if document := homes.get(key, ""):
            yield _entry(
                "Activities", key, document, f"{title} {statement} {lead}", name=title, says=statement,
                link=f"/activities/{key}",
                about=", ".join(part for part in (capital(kind), plain(state), day(start)) if part),
            )  # fmt: skip


def targets(ids: Some = None) -> Iterator[Entry]:
    """Return the targets that are tied to something."""
    homes = _homes("target", ids)
    rows = _some(Target.objects.filter(withdrawn="").order_by("announced", "id"), ids).values_list(
        "id", "statement", "due", "announced"
    )
    for key, statement, due, announced in rows.iterator():
        if document := homes.get(key, ""):
            about = ", ".join(part for part in (announced and f"announced {day(announced)}", due and f"due {day(due)}"))
            link = f"/agreements/{document}/targets?q={key}#all"
            yield _entry("Targets", key, document, statement, link=link, name=key, says=statement, about=about)


def indicators(ids: Some = None) -> Iterator[Entry]:
    """Return the indicators that stand around something."""
    homes = _homes("indicator", ids)
    rows = _some(Indicator.objects.order_by("title"), ids).values_list("id", "title", "definition", "unit", "direction")
    for key, title, definition, unit, direction in rows.iterator():
        if document := homes.get(key, ""):
            about = ", ".join(part for part in (unit, "context" if direction == "context" else "") if part)
            yield _entry(
                "Indicators", key, document, f"{title} {definition}", link=f"/indicators/{key}", name=title,
                says=definition, about=about,
            )  # fmt: skip


def meetings(ids: Some = None) -> Iterator[Entry]:
    """Return the meetings that are tied to something, newest first."""
    homes = _homes("meeting", ids)
    rows = _some(Meeting.objects.filter(withdrawn="").order_by("-date", "id"), ids).values_list(
        "id", "date", "body", "number", "place", "result"
    )
    for key, date, body, number, place, result in rows.iterator():
        if document := homes.get(key, ""):
            yield _entry(
                "Meetings", key, document, f"{body} {number} {place} {result}", name=f"{body} {number}".strip(),
                says=result, link=f"/agreements/{document}/meetings?year={date[:4]}#all",
                about=", ".join(part for part in (place, day(date)) if part),
            )  # fmt: skip


def parties(ids: Some = None) -> Iterator[Entry]:
    """Return the parties."""
    for key, name, short, kind in _some(Party.objects.order_by("name"), ids).values_list(
        "id", "name", "short_name", "kind"
    ):
        yield _entry("Parties", key, "", f"{name} {short}", link=f"/parties/{key}", name=name, about=capital(kind))


def sources(ids: Some = None) -> Iterator[Entry]:
    """Return the sources, newest first."""
    rows = _some(Source.objects.order_by("-published", "id"), ids).values_list(
        "id", "title", "publisher", "publisher_kind", "published"
    )
    for key, title, publisher, kind, published in rows.iterator():
        about = ", ".join(part for part in (publisher, plain(kind), day(published)) if part)
        yield _entry("Sources", key, "", f"{title} {publisher}", link=f"/sources/{key}", name=title, about=about)


Maker = Callable[[Some], Iterator[Entry]]
OF_DOCUMENT: tuple[Maker, ...] = (documents, provisions, commitments)
"""What is read anew when a document changes."""
OF_RECORD: dict[str, tuple[str, Maker]] = {
    "claim": ("Evidence", claims), "activity": ("Activities", activities), "instrument": ("Instruments", instruments),
    "target": ("Targets", targets), "meeting": ("Meetings", meetings), "party": ("Parties", parties),
    "source": ("Sources", sources), "indicator": ("Indicators", indicators),
}  # fmt: skip
"""What is read anew when a record of a kind changes, by the kind that audit events name."""
EVERYTHING: tuple[Maker, ...] = (
    commitments, provisions, claims, activities, documents, instruments, targets, meetings, parties, sources,
    indicators,
)  # fmt: skip
