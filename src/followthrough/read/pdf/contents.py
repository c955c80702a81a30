"""Lists of contents: rows that lead to a page number, with their title."""

from __future__ import annotations

import re

from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.pdf.page import Row

_LEADER = re.compile(r"(?<![.…·_])(?<![.…·_]\s)(?>(?:[.…·_]\s?){4,})\s*+(?:[ivxl]{1,6}|\d{1,4})?$", re.I)
_NUMBER = re.compile(r"[ivxl]{1,6}|\d{1,4}", re.I)
_TITLE = re.compile(
    r"(?:table of )?contents|table des mati[eè]res|sommaire|[ií]ndice(?: general)?|(?:tabla de )?contenidos?|sum[aá]rio"
    r"|inhalt(?:sverzeichnis)?|содержание|оглавление|daftar isi|mục lục|目次|目\s?录|目\s?錄|차\s?례|목\s?차|المحتويات"
    r"|list of (?:tables|figures|boxes|annexes|abbreviations)",
    re.I,
)
_APART = 3  # rows from one entry to the next, an entry over several rows among them


def without_contents(rows: list[Row]) -> tuple[list[Row], list[SetAside]]:
    """Return ``rows`` without lists of contents, and these row by row."""
    drop: set[int] = set()
    at = 0
    while at < len(rows):
        titled = bool(_TITLE.fullmatch(rows[at].text.strip(" :")))
        end = _end(rows, at + titled, titled)
        if end > at + titled:
            drop |= set(range(at, end))
        at = max(end, at + 1)
    aside = [SetAside(AsideKind.CONTENTS, rows[at].text, rows[at].page + 1) for at in sorted(drop)]
    return [row for at, row in enumerate(rows) if at not in drop], aside


def _end(rows: list[Row], start: int, titled: bool) -> int:
    """Return the end of the list that begins at row ``start``, which is ``start`` where there is none."""
    end, entries = start, 0
    if start < len(rows) and not titled and not _LEADER.search(rows[start].text):
        return start
    for at in range(start, len(rows)):
        if _is_entry(rows[at], titled):
            end, entries = at + 1, entries + 1
        elif at - end >= _APART - 1:
            break
    return end if entries >= 2 else start


def _is_entry(row: Row, titled: bool) -> bool:
    if _LEADER.search(row.text) and any(char.isalpha() for char in row.text):
        return True
    return titled and len(row.parts) > 1 and bool(_NUMBER.fullmatch(row.parts[-1]))
