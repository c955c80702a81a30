"""Rows of one file: a pure function, usable in a local process or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followthrough.corpus.buckets import bucket_of_reading
from followthrough.model.vocabulary import ProvisionKind
from followthrough.pipeline import register_bytes

COLUMNS: dict[str, str] = {
    "file": "string",
    "bucket": "string",
    "sha256": "string",
    "title": "string",
    "date": "string",
    "place": "string",
    "language": "string",
    "document_kind": "string",
    "parties": "list",
    "paragraphs": "integer",
    "words": "integer",
    "words_lost": "integer",
    "places_invented": "integer",
    "commitment": "string",
    "provision": "string",
    "num": "string",
    "text": "string",
    "verb": "string",
    "kind": "string",
    "strength": "integer",
    "instruments": "list",
    "deadline": "string",
    "quantity": "string",
    "missing": "list",
    "actors": "list",
    "addressees": "list",
    "start": "integer",
    "end": "integer",
}
"""The columns of the table with their types, in order. A document without commitments has one row."""

DOCUMENT = ("file", "bucket", "sha256", "title", "date", "place", "language", "document_kind", "parties", "paragraphs")
COMPARED = ("words", "words_lost", "places_invented")
"""What the comparison with the file found; empty where it could not be made."""


def rows_of(data: bytes, name: str) -> list[dict[str, Any]]:
    """Return the rows of the file ``name`` with the content ``data``: one per commitment.

    Every row has all ``COLUMNS``; ``start`` and ``end`` are offsets in code points of the document's text. Raises
    ``InputRefused`` for data that ``followthrough.read.read_bytes`` refuses.
    """
    reading = register_bytes(data, name)
    document = reading.document
    paragraphs = sum(one.kind == ProvisionKind.PARAGRAPH for one in document.provisions)
    said = (document.title, document.date, document.place, document.language, document.kind, list(document.parties))
    facts = (name, str(bucket_of_reading(reading.warnings)), document.sha256, *said, paragraphs)
    found = reading.verification
    figures = (found.words, found.lost, len(found.invented)) if found and found.words else (None, None, None)
    about = dict.fromkeys(COLUMNS) | dict(zip((*DOCUMENT, *COMPARED), (*facts, *figures), strict=True))
    rows = []
    for one in reading.commitments:
        cells = one.to_dict()
        rows.append(
            about
            | {key: cells[key] for key in COLUMNS if key in cells and key not in DOCUMENT}
            | {
                "commitment": one.id,
                "text": " ".join(document.text[one.start : one.end].split()),
                "quantity": (one.quantity or {}).get("text"),
            }
        )
    return rows or [about]


def parts_of(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Give the rows of a file one by one, as a process of its own does. Raises ``InputRefused`` as ``rows_of``."""
    yield from rows_of(data, name)
