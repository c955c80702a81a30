"""A reading in parts of JSON and back, so that it can be made in a process of its own (``followthrough.apart``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from followthrough import apart
from followthrough.model import Adjunct, Commitment, Document, Notice, Provision, Reading
from followthrough.register import register_bytes


def parts_of(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Read and catalogue ``data``; give the document, then each warning and commitment.

    Raises ``InputRefused`` as ``register_bytes`` does.
    """
    reading = register_bytes(data, name)
    yield {"document": reading.document.to_dict()}
    for notice in reading.warnings:
        yield {"warning": notice.to_dict()}
    for commitment in reading.commitments:
        yield {"commitment": commitment.to_dict()}


def register_apart(data: bytes, name: str, bounds: apart.Bounds = apart.WEB) -> Reading:
    """Read and catalogue ``data`` as ``register_bytes`` does, in a process of its own that is held to ``bounds``.

    Raises ``InputRefused`` as it does, and where the file meets a bound.
    """
    return reading_of(apart.read("catalogue", data, name, bounds))


def reading_of(parts: Iterable[dict[str, Any]]) -> Reading:
    """Return the reading that was given in parts."""
    documents, warnings, commitments = list[Document](), list[Notice](), list[Commitment]()
    for part in parts:
        if "document" in part:
            documents.append(_document(**part["document"]))
        elif "warning" in part:
            warnings.append(Notice(**part["warning"]))
        else:
            commitments.append(_commitment(**part["commitment"]))
    return Reading(documents[0], tuple(commitments), tuple(warnings))


def _document(*, provisions: list[dict[str, Any]], parties: list[str], **said: Any) -> Document:
    return Document(provisions=tuple(Provision(**one) for one in provisions), parties=tuple(parties), **said)


def _commitment(*, spans: list[list[int]], adjuncts: list[dict[str, Any]], **said: Any) -> Commitment:
    said.pop("sdgs")  # not held: they are empty until goals are classified
    said |= {name: tuple(said[name]) for name in ("instruments", "missing", "actors", "addressees")}
    pairs = tuple((start, end) for start, end in spans)
    return Commitment(spans=pairs, adjuncts=tuple(Adjunct(**one) for one in adjuncts), **said)
