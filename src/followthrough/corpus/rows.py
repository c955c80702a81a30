"""One file to plain rows: a pure function that runs on a core of this machine or on a cluster alike."""

from __future__ import annotations

from typing import Any

from followthrough.model.vocabulary import ProvisionKind
from followthrough.pipeline import register_bytes

COLUMNS: dict[str, str] = {
    "file": "string",
    "sha256": "string",
    "title": "string",
    "date": "string",
    "place": "string",
    "document_kind": "string",
    "parties": "list",
    "paragraphs": "integer",
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
"""The columns of the table, in order, with what each holds. A document without commitments is one row without one."""

DOCUMENT = ("file", "sha256", "title", "date", "place", "document_kind", "parties", "paragraphs")


def rows_of(data: bytes, name: str) -> list[dict[str, Any]]:
    """Read and catalogue the bytes of a file called ``name`` and return its rows: one a commitment.

    Every row has all ``COLUMNS``; ``start`` and ``end`` count code points of the document's text. Raises
    ``InputRefused`` as ``read_bytes`` does.
    """
    reading = register_bytes(data, name)
    document = reading.document
    paragraphs = sum(one.kind == ProvisionKind.PARAGRAPH for one in document.provisions)
    said = (document.title, document.date, document.place, document.kind, list(document.parties))
    facts = (name, document.sha256, *said, paragraphs)
    about = dict.fromkeys(COLUMNS) | dict(zip(DOCUMENT, facts, strict=True))
    found = []
    for one in reading.commitments:
        cells = one.to_dict()
        found.append(
            about
            | {key: cells[key] for key in COLUMNS if key in cells and key not in DOCUMENT}
            | {
                "commitment": one.id,
                "text": " ".join(document.text[one.start : one.end].split()),
                "quantity": (one.quantity or {}).get("text"),
            }
        )
    return found or [about]
