"""A reading in parts of JSON and back, so that ``followthrough.io.child_process`` can make it in another process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from followthrough.errors import InputRefused
from followthrough.io import child_process
from followthrough.model.commitment import Adjunct, Commitment
from followthrough.model.document import Document, Notice, Provision, Recognised, SetAside
from followthrough.model.reading import Reading
from followthrough.model.verification import Verification
from followthrough.model.vocabulary import AsideKind
from followthrough.pipeline import register_bytes
from followthrough.read.pdf.recognition import PACKAGE, needs_recognition
from followthrough.verify import ALONE

PIECE = 1 << 18
"""Characters of the text in one part."""


def recognised_parts_of(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Give the parts of ``data`` as ``parts_of`` does, with print on pictures of pages recognised."""
    return _parts(register_bytes(data, name, recognise=True))


def parts_of(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Read and catalogue ``data``; give its text in pieces, each provision, the document, each warning, what was set
    aside, and each commitment.

    No part is large, so that giving them takes no memory beside the reading's own. Raises ``InputRefused`` as
    ``register_bytes`` does.
    """
    return _parts(register_bytes(data, name))


def _parts(reading: Reading) -> Iterator[dict[str, Any]]:
    text = reading.document.text
    for at in range(0, len(text), PIECE):
        yield {"text": text[at : at + PIECE]}
    for provision in reading.document.provisions:
        yield {"provision": provision.to_dict()}
    yield {"document": replace(reading.document, text="", provisions=()).to_dict()}
    for notice in reading.warnings:
        yield {"warning": notice.to_dict()}
    for stretch in reading.recognised:
        yield {"recognised": stretch.to_dict()}
    for aside in reading.set_aside:
        yield {"set_aside": aside.to_dict()}
    if reading.verification:
        yield {"verification": reading.verification.to_dict()}
    for commitment in reading.commitments:
        yield {"commitment": commitment.to_dict()}


def register_apart(data: bytes, name: str, bounds: child_process.Bounds = child_process.WEB) -> Reading:
    """Read and catalogue ``data`` as ``register_bytes`` does, in a process of its own that is held to ``bounds``.

    A file of pictures is recognised where the extra is installed, within bounds of its own.

    Raises ``InputRefused`` as it does, and where the file meets a bound.
    """
    try:
        return reading_of(child_process.run_task("catalogue", data, name, bounds))
    except InputRefused as refused:
        if not needs_recognition(refused) or find_spec(PACKAGE) is None:
            raise
        return reading_of(child_process.run_task("recognition", data, name, child_process.SCAN))


def reading_of(parts: Iterable[dict[str, Any]]) -> Reading:
    """Return the reading that was given in parts."""
    found = defaultdict[str, list[Any]](list)
    for part in parts:
        for kind, value in part.items():
            found[kind].append(_MADE[kind](value))
    text, provisions = "".join(found["text"]), tuple(found["provision"])
    document = replace(found["document"][0], text=text, provisions=provisions)
    commitments, warnings, set_aside = (tuple(found[kind]) for kind in ("commitment", "warning", "set_aside"))
    verification = next(iter(found["verification"]), None)
    return Reading(document, commitments, warnings, set_aside, verification, tuple(found["recognised"]))


def verification_of(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Read and catalogue ``data`` and compare it with the file within the limits of a comparison alone; give one part.

    Raises ``InputRefused`` as ``register_bytes`` does.
    """
    found = register_bytes(data, name, limits=ALONE).verification
    yield {"verification": found.to_dict() if found else {}}


def _document(said: dict[str, Any]) -> Document:
    return Document(**said | {"provisions": (), "parties": tuple(said["parties"])})


def _commitment(said: dict[str, Any]) -> Commitment:
    lists = {
        name: tuple(said[name])
        for name in ("instruments", "missing", "actors", "addressees", "actor_classes", "addressee_classes")
    }
    pairs = tuple((start, end) for start, end in said["spans"])
    adjuncts = tuple(Adjunct(**one) for one in said["adjuncts"])
    made = {**said, **lists, "spans": pairs, "adjuncts": adjuncts}
    del made["sdgs"]  # not held: they are empty until goals are classified
    return Commitment(**made)


_MADE: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "provision": lambda said: Provision(**said),
    "document": _document,
    "warning": lambda said: Notice(**said),
    "recognised": lambda said: Recognised(**said),
    "verification": Verification.from_dict,
    "set_aside": lambda said: SetAside(**said | {"what": AsideKind(said["what"])}),
    "commitment": _commitment,
}
"""How each kind of part becomes what it was."""
