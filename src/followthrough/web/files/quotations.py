"""Whether the words that an evidence item quotes stand in a file that is attached to its source."""

from __future__ import annotations

from typing import NamedTuple

from followthrough.web.accounts.policy import Actor
from followthrough.web.files.policy import visible_source_files
from followthrough.web.files.quotes import stands_in


class QuotationCheck(NamedTuple):
    """The file in which a quotation stands, with its name, or nothing; and how many files were looked into."""

    looked: int
    file: int | None = None
    name: str = ""


def quotation_check(quote: str, source: str, by: Actor) -> QuotationCheck | None:
    """Compare a quotation with the files of its source that ``by`` may fetch; nothing where none of them has a text."""
    if not quote:
        return None
    held = visible_source_files(by).filter(source=source, withdrawn="").exclude(file__words="").order_by("pk")
    looked = 0
    for file, name, words in held.values_list("file", "name", "file__words")[:20]:
        looked += 1
        if stands_in(quote, words):
            return QuotationCheck(looked, file, name)
    return QuotationCheck(looked) if looked else None
