"""Where a file of a folder ends: each in exactly one bucket, counted at the end of the run."""

from __future__ import annotations

from collections.abc import Iterable

from followthrough.errors import InputRefused
from followthrough.model.document import Notice
from followthrough.model.vocabulary import Vocabulary
from followthrough.read.pdf.recognition import needs_recognition


class Bucket(Vocabulary):
    """What became of a file."""

    READ = "read"
    WARNED = "read with warnings"
    RECOGNITION = "needs recognition"
    LANGUAGE = "other language"
    REFUSED = "refused"


_PLAIN = frozenset({"note", "furniture", "left-out"})
"""Warnings that every reading of such a file has: they name what stands outside the text, and nothing is amiss."""


def bucket_of_reading(warnings: Iterable[Notice]) -> Bucket:
    """Return the bucket of a file that was read with ``warnings``."""
    codes = {notice.code for notice in warnings}
    if "language" in codes:
        return Bucket.LANGUAGE
    if "needs-recognition" in codes:
        return Bucket.RECOGNITION
    return Bucket.WARNED if codes - _PLAIN else Bucket.READ


def bucket_of_refusal(refused: InputRefused) -> Bucket:
    """Return the bucket of a file that was refused: one of pictures only is not lost, it needs recognition first."""
    return Bucket.RECOGNITION if needs_recognition(refused) else Bucket.REFUSED
