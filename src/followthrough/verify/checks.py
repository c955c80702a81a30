"""The questions that are asked of a reading and its file; each fails on an empty input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from followthrough.model.commitment import Commitment
from followthrough.model.reading import Reading
from followthrough.model.verification import Check
from followthrough.verify.compare import Found
from followthrough.verify.letters import words_of
from followthrough.verify.source_words import SourceWords


def checks_of(
    reading: Reading, source: SourceWords, words: int, missing: Sequence[tuple[str, str]], found: Found
) -> tuple[Check, ...]:
    """Return the answers: is there a source, is every word there, is none invented, do provisions and spans hold."""
    told = words_of(reading.document.text)
    return (
        Check("source", words > 0, f"{words:,} words found by {source.reader}" if words else "the file holds no words"),
        _lost(words, missing, source.unseen),
        _invented(told, found, source.counts),
        _provisions(reading),
        _commitments(reading, told),
    )


def _lost(words: int, missing: Sequence[tuple[str, str]], unseen: Sequence[str]) -> Check:
    lost = sum(len(run.split()) for run, _ in missing)
    if not words:
        return Check("lost", False, "there is nothing to compare with")
    if lost:
        return Check("lost", False, f"{_count(lost, 'word')} lost in {_count(len(missing), 'place')}")
    if unseen:
        return Check("lost", False, f"words nobody can read: {_count(len(unseen), 'part')} ({', '.join(unseen[:3])})")
    return Check("lost", True, "no word lost")


def _invented(told: Sequence[str], found: Found, counts: bool) -> Check:
    if not told:
        return Check("invented", False, "the reading holds no words")
    if found.invented:
        where = ", ".join(dict.fromkeys(eid or "the text outside provisions" for eid, _ in found.invented[:3]))
        return Check(
            "invented", False, f"words invented or out of order in {_count(len(found.invented), 'place')} ({where})"
        )
    numbers = f"; {found.counted:,} numbers are counted by the format" if counts and found.counted else ""
    return Check("invented", True, f"no word invented{numbers}")


def _provisions(reading: Reading) -> Check:
    """Provisions are slices of the text with words, and no two of them overlap."""
    document = reading.document
    found = sorted((one for one in document.provisions if one.end > one.start), key=lambda one: one.start)
    bad = [one.eid for one in found if not 0 <= one.start <= one.body <= one.end <= len(document.text)]
    bad += [after.eid for before, after in pairwise(found) if after.start < before.end]
    if not found:
        return Check("provisions", False, "the reading holds no provision")
    detail = f"provisions overlap or leave the text: {', '.join(bad[:3])}" if bad else f"{len(found):,} provisions"
    return Check("provisions", not bad, detail)


def _commitments(reading: Reading, told: Sequence[str]) -> Check:
    """Every commitment lies in its provision; its instruments and its quantity stand in the text as printed."""
    places = {one.eid: (one.start, one.end) for one in reading.document.provisions}
    words = " ".join(told) if reading.commitments else ""
    bad = [one.id for one in reading.commitments if not _holds(words, one, places.get(one.provision))]
    if not places:
        return Check("commitments", False, "the reading holds no provision")
    detail = f"not in their provision: {', '.join(bad[:3])}" if bad else f"{len(reading.commitments):,} commitments"
    return Check("commitments", not bad, detail)


def _holds(words: str, commitment: Commitment, place: tuple[int, int] | None) -> bool:
    if place is None:
        return False
    printed = (*commitment.instruments, str((commitment.quantity or {}).get("text", "")))
    spans = all(place[0] <= start < end <= place[1] for start, end in _spans(commitment))
    return spans and all(" ".join(words_of(name)) in words for name in filter(None, printed))


def _spans(commitment: Commitment) -> Iterator[tuple[int, int]]:
    yield commitment.start, commitment.end
    yield from commitment.spans


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
