"""The pack that a register of an agreement begins with: what a reading found, as tables that people go on with."""

from __future__ import annotations

import re

from followthrough.model.document import Document
from followthrough.model.reading import Reading
from followthrough.packs.cells import Row, Value, empty
from followthrough.packs.folding import digest, squeeze
from followthrough.packs.reading import Pack
from followthrough.packs.schema import TABLES
from followthrough.pipeline.layout import commitment_id, number_of, places_of, references, title_of
from followthrough.register.editing import Items, drafted, letters, proposed
from followthrough.register.titles import in_title_case

_UNFIT = re.compile(r"[^a-z0-9]+")


def first_pack(reading: Reading, name: str) -> Pack:
    """Return the pack called ``name``: its agreement, provisions and commitments, public and with our own summaries.

    The words of the text are not in it: a provision has their SHA-256. Instruments and evidence are for people to add.
    """
    text = reading.document
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    title = (in_title_case(text.title or "", text.text) or name)[:500]
    rows["documents"] = [_row("documents", id=name, title=title, short_title=title[:120], kind=text.kind or "statement",
                              adopted=text.date or "", place=(text.place or "")[:120], public=True,
                              language=(text.language or "")[:12])]  # fmt: skip
    _places(rows, text, name, reading)
    return Pack(name, title, "0.1.0", "Begun from a reading by machine.", "", "", rows)


def pack_name(folder: str) -> str:
    """Return the name of a folder as the name of a pack and of its agreement: lower case letters, digits, hyphens."""
    return _UNFIT.sub("-", folder.lower()).strip("-")[:70].strip("-") or "agreement"


def _places(rows: dict[str, list[Row]], text: Document, name: str, reading: Reading) -> None:
    """Add the provisions and their commitments."""
    found = proposed(reading.commitments, {place.eid: places_of(text.text, place) for place in text.provisions})
    refs = references(text.provisions)
    for position, place in enumerate(text.provisions, 1):
        words, key = squeeze(text.text[place.body : place.end]), f"{name}/{refs[place.eid]}"
        parent = f"{name}/{refs[place.parent]}" if place.parent else None
        rows["provisions"].append(
            _row("provisions", id=key, document=name, parent=parent, eid=place.eid[:120], kind=place.kind,
                 num=number_of(place, refs), position=position, title=title_of(place, words, text.text) or key,
                 sha256=digest(words) if words else "", length=len(words) or None, political=False)
        )  # fmt: skip
        rows["commitments"] += _commitments(key, drafted(found.get(place.eid, ()), words))


def _commitments(provision: str, items: Items) -> list[Row]:
    given = letters(items)
    return [
        _row("commitments", id=commitment_id(provision, given[one.key]), provision=provision, position=at,
             spans=[list(span) for span in one.spans], verb=one.verb, kind=one.kind, strength=one.strength,
             summary=one.summary, actors=one.actors, deadline=one.deadline, quantity=one.quantity,
             missing=list(one.missing))
        for at, one in enumerate(items, 1)
    ]  # fmt: skip


def _row(table: str, **values: Value) -> Row:
    """Return a row of a table, empty where nothing is said."""
    columns = next(one.columns for one in TABLES if one.name == table)
    return {column.name: values.get(column.name, empty(column)) for column in columns}
