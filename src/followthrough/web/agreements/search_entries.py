"""What can be found of agreements: documents, provisions, commitments, instruments, parties and sources."""

from __future__ import annotations

from collections.abc import Iterator

from followthrough.register.alike_words import ENGLISH
from followthrough.web.agreements.models import Citation, Commitment, Document, Instrument, Party, Provision, Source
from followthrough.web.agreements.rows import tail
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.locales import state_names
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.search.entries import entry, some
from followthrough.web.search.groups import Group, Some, register_group
from followthrough.web.search.lexicon import further_names, name_sources
from followthrough.web.search.models import Entry

COMMITMENTS = Group(0, "Commitments", weight=5)
PROVISIONS = Group(1, "Paragraphs and sections", weight=6)
DOCUMENTS = Group(4, "Documents", weight=3)
INSTRUMENTS = Group(5, "Instruments", record="instrument", weight=3)
PARTIES = Group(8, "Parties", record="party", hidden=False, weight=4)
SOURCES = Group(9, "Sources", record="source")


def documents(ids: Some = None) -> Iterator[Entry]:
    """Return the documents themselves."""
    rows = some(Document.objects.order_by("adopted", "id"), ids).values_list(
        "id", "title", "short_title", "kind", "adopted", "place", "summary"
    )
    for key, title, short, kind, adopted, place, summary in rows.iterator():
        about = ", ".join(part for part in (capital(plain(kind)), place, adopted[:4]) if part)
        text = f"{title} {short} {kind} {adopted} {place} {summary}"
        yield entry(DOCUMENTS, key, key, text, link=address("document", key), name=short, says=title, about=about)


def provisions(ids: Some = None) -> Iterator[Entry]:
    """Return the provisions of documents with these ``ids``."""
    rows = some(Provision.objects.order_by("document", "position"), ids, "document")
    for key, document, kind, num, title, summary, words, short in rows.values_list(
        "id", "document_id", "kind", "num", "title", "summary", "words", "document__short_title"
    ).iterator():
        yield entry(
            PROVISIONS, key, document, f"{title} {summary} {words}", link=place_address(key),
            name=f"{num} {title}".strip(), says=summary, about=f"{capital(kind)}, {short}", number=num,
        )  # fmt: skip


def commitments(ids: Some = None) -> Iterator[Entry]:
    """Return the commitments of documents with these ``ids``."""
    held = Commitment.objects.filter(withdrawn="").order_by("provision__document", "provision__position", "position")
    for key, document, summary, verb, kind, title, short in (
        some(held, ids, "provision__document")
        .values_list(
            "id", "provision__document_id", "summary", "verb", "kind", "provision__title",
            "provision__document__short_title",
        ).iterator()
    ):  # fmt: skip
        yield entry(
            COMMITMENTS, key, document, f"{summary} {verb} {title}", link=place_address(key),
            name=summary or title or tail(key), about=f"{tail(key)} · {title} · {capital(kind)} · {short}",
            number=tail(key),
        )  # fmt: skip


def instruments(ids: Some = None) -> Iterator[Entry]:
    """Return instruments, each with the commitments of one document that name it."""
    named: dict[str, list[str]] = {}
    cited = Citation.objects.filter(commitment__withdrawn="").order_by(
        "-commitment__provision__document__public", "commitment__provision__position"
    )
    for instrument, commitment in some(cited, ids, "instrument").values_list("instrument_id", "commitment_id"):
        named.setdefault(instrument, []).append(commitment)
    rows = some(Instrument.objects.order_by("name"), ids).values_list("id", "name", "kind", "custodian", "source__url")
    for key, name, kind, custodian, url in rows.iterator():
        document = named[key][0].partition("/")[0] if key in named else ""
        places = [tail(one) for one in named.get(key, ()) if one.startswith(f"{document}/")]
        yield entry(
            INSTRUMENTS, key, document, f"{name} {kind} {custodian}", name=name,
            link=address("commitments", document) + f"?instrument={key}#all" if places else url or "",
            says=f"named by {', '.join(places)}" if places else "named by no commitment",
            about=", ".join(part for part in (capital(plain(kind)), custodian) if part),
        )  # fmt: skip


def parties(ids: Some = None) -> Iterator[Entry]:
    """Return the parties."""
    for key, name, short, kind in some(Party.objects.order_by("name"), ids).values_list(
        "id", "name", "short_name", "kind"
    ):
        other = " ".join(one for names in names_of(key, name, short).values() for one in names)
        yield entry(
            PARTIES, key, "", f"{name} {short} {other}", link=address("party", key), name=name, about=capital(kind)
        )


def names_of(key: str, *names: str) -> dict[str, list[str]]:
    """Return the names of a party by language: those of the register, of CLDR, and short and former ones."""
    found: dict[str, list[str]] = {ENGLISH: [name for name in (*names, key) if name]}
    for language, name in state_names(key).items():
        found.setdefault(language, []).append(name)
    for language, further in further_names().get(key, {}).items():
        found.setdefault(language, []).extend(further)
    return found


def party_names() -> list[dict[str, list[str]]]:
    """Return the names of every party."""
    return [names_of(*cells) for cells in Party.objects.order_by("id").values_list("id", "name", "short_name")]


def sources(ids: Some = None) -> Iterator[Entry]:
    """Return the sources, newest first."""
    rows = some(Source.objects.order_by("-published", "id"), ids).values_list(
        "id", "title", "publisher", "publisher_kind", "published"
    )
    for key, title, publisher, kind, published in rows.iterator():
        about = ", ".join(part for part in (publisher, plain(kind), day(published)) if part)
        yield entry(SOURCES, key, "", f"{title} {publisher}", link=address("source", key), name=title, about=about)


def register() -> None:
    """Register what can be found: called once all models are loaded."""
    name_sources.append(party_names)
    register_group(COMMITMENTS, commitments)
    register_group(PROVISIONS, provisions)
    register_group(DOCUMENTS, documents)
    register_group(INSTRUMENTS, instruments)
    register_group(PARTIES, parties)
    register_group(SOURCES, sources)
