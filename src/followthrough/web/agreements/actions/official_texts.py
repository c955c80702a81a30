"""The official text: found paragraph by paragraph in any copy of it, checked against its digest, and attached."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.packs.folding import fold, squeeze
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import comparison
from followthrough.web.agreements.models import Document, OfficialText, Provision
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record

SLIDES = 4_000_000
"""How many places are tried at most for paragraphs that do not stand behind their number."""


@dataclass(frozen=True, slots=True)
class Check:
    """How a copy compared: ``words`` of each verified provision by id, and a sentence for each that differs."""

    words: dict[str, str]
    mismatches: tuple[str, ...]
    expected: int


def check_copy(provisions: list[Provision], text: str) -> Check:
    """Look for every hashed provision in ``text``, whatever stands around it and however its lines are broken."""
    copies = [(squeeze(form), fold(form)) for form in _forms(text)]
    words: dict[str, str] = {}
    mismatches: list[str] = []
    hashed = [provision for provision in provisions if provision.sha256 and provision.length]
    slides = SLIDES
    for provision in hashed:
        found = _find(provision, copies, slide=slides > 0)
        if found is None:
            slides -= len(text) // 6
            mismatches.append(_sentence(provision, copies[0][1]))
        else:
            words[provision.id] = found
    return Check(words, tuple(mismatches), len(hashed))


def _forms(text: str) -> list[str]:
    """The copy as it is and, where lines end in a hyphen, with those lines joined: the hyphen kept, then dropped."""
    broken = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
    return list(dict.fromkeys([text, broken.sub("-", text), broken.sub("", text)]))


def _find(provision: Provision, copies: list[tuple[str, str]], *, slide: bool) -> str | None:
    """Return the words that match the provision's digest: behind its number or, with ``slide``, anywhere."""
    length = provision.length or 0
    for starts in (lambda folded: _behind_number(folded, provision.num), _word_starts)[: 2 if slide else 1]:
        for kept, folded in copies:
            start = _first(starts(folded), folded, length, provision.sha256)
            if start is not None:
                return kept[start : start + length]
    return None


def _behind_number(folded: str, num: str) -> Iterator[int]:
    if num:
        for match in re.finditer(rf"(?<![\w.]){re.escape(num)}[.):]*\s*", folded):
            yield match.end()


def _word_starts(folded: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(r"(?<!\S)\S", folded))


def _first(starts: Iterator[int], folded: str, length: int, sha256: str) -> int | None:
    for start in starts:
        if hashlib.sha256(folded[start : start + length].encode()).hexdigest() == sha256:
            return start
    return None


def _sentence(provision: Provision, folded: str) -> str:
    there = next(_behind_number(folded, provision.num), None) is not None
    what = "its words differ from the official ones" if there else "it was not found"
    return f"{provision.kind} {provision.num or provision.eid}: {what}"


def attach_official_text(document: Document, reading: Reading, filename: str, *, by: Actor) -> Check:
    """Check a copy of the official text and keep the words of every provision that matches its digest.

    A provision that does not match keeps no words and is named in the answer. Raises ``NotAllowed``, and
    ``InputRefused`` where the copy holds none of the document's provisions.
    """
    require(by, Permission.ATTACH_TEXT, document)
    with transaction.atomic():
        provisions = list(Provision.objects.filter(document=document).order_by("position"))
        check = check_copy(provisions, reading.document.text)
        if not check.words:
            _refuse(document, filename)
        for provision in provisions:
            provision.words = check.words.get(provision.id, "")
        Provision.objects.bulk_update(provisions, ["words"], batch_size=200)
        _keep(document, reading, filename, check, name_of(by))
    return check


def _refuse(document: Document, filename: str) -> None:
    what = f"holds no paragraph of {document.short_title} as it was adopted"
    raise InputRefused(filename, what, "attach a copy of the official text in its authentic language")


def _keep(document: Document, reading: Reading, filename: str, check: Check, by: str) -> None:
    sha256 = reading.document.sha256
    compared = {
        "verified": len(check.words),
        "expected": check.expected,
        "mismatches": list(check.mismatches),
    }
    held = OfficialText.objects.filter(document=document, sha256=sha256, **compared)
    if held.exists():
        return
    OfficialText.objects.update_or_create(
        document=document,
        defaults={
            "sha256": sha256,
            "filename": filename[-255:],
            "attached": timezone.now(),
            "comparison": comparison.kept(reading.verification),
            **compared,
        },
    )
    record(
        by, EventType.TEXT_ATTACHED, "document", document.id, {"file": filename[-255:], "sha256": sha256, **compared}
    )
