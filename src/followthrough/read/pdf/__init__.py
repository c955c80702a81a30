"""Reader of PDF: paragraphs without running heads, page numbers and line-end hyphens; footnotes follow the text."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from statistics import median, quantiles
from threading import Lock
from typing import Any

from followthrough.errors import InputRefused
from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.lines import Source
from followthrough.read.paragraphs import Para, source_of
from followthrough.read.pdf.page import MAX_PAGE_CHARS, RAISED, Row, glyphs_of, rows_of
from followthrough.read.structure.markers import marker_of

MAX_PAGES = 2_000
MAX_SECONDS = 60.0
MAX_CHARS = 10_000_000

_LOCK = Lock()  # the library below keeps state of its own and knows no threads
_PASSWORD_WANTED = 4
_MARK = re.compile(rb"(?:\A|[\x00-\x1f]) *+%PDF-\d")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*+(?:[-–—|]\s*+)?(?:\d{1,4}|[ivxl]{1,6})\s*+(?:[-–—|]|(?:of|/)\s*\d{1,4})?", re.I
)
_RAISED_RUN = re.compile("[" + "".join(RAISED.values()) + "]+")
_LOWER = {ord(high): low for low, high in RAISED.items()}
_NOTE = re.compile(r"(?:[" + "".join(RAISED.values()) + r"]+|\d{1,3}[.)]?(?=\s+\D)|[*†‡§]+)")
_PAUSE = re.compile(r"(?:[.;:,!?]|\band|\bor)[\"'”’»)\]]*$")
_STOP = re.compile(r"[.;:,!?][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BULLET = re.compile(r"[•●▪◦‣·∙○■□*+–—-]\s")
_COMPOUND = re.compile(
    r"(?:all|co|cross|decision|ex|follow|full|half|high|land|large|long|low|mid|multi|non|post|pre|self|short|so|third"
    r"|two|well|win)$"
)


_PREFIXES = frozenset({"inter", "over", "under", "with"})

_SECONDS = frozenset(
    {
        "based",
        "led",
        "related",
        "wide",
        "free",
        "term",
        "oriented",
        "centred",
        "centered",
        "driven",
        "specific",
        "level",
        "making",
        "sharing",
        "ranging",
        "standing",
        "income",
        "country",
        "state",
        "party",
        "party's",
        "scale",
        "border",
        "sector",
        "effective",
        "friendly",
        "efficient",
        "sensitive",
        "responsive",
    }
)
"""Words that are much more frequent as the second part of a compound than after a line-end hyphen."""
_ENDINGS = ("ship", "ment", "ments", "tion", "tions", "sion", "ness", "ity", "ities", "ance", "ence", "able", "ible")


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is a PDF file."""
    return bool(_MARK.search(data[:1024]))


def source(data: bytes, name: str) -> Source:
    """Return the paragraphs of the PDF file in ``data``, one line each, with hints for headings and bullets.

    Raises ``InputRefused`` for a file that is encrypted, broken, too long or without text, and where the PDF package is
    not installed. ``name`` is used in messages only.
    """
    refuse_size(name, len(data))
    with _LOCK:
        printed = _rows(data, name)
    rows = _without_margins(printed)
    kept = {id(row) for row in rows}
    set_aside = tuple(_margin(row) for row in printed if id(row) not in kept)
    body = _body_size(rows)
    rows, below, marks = _without_notes(rows, body)
    if not rows:
        raise InputRefused(name_of(name), "the pages hold no words", "give a file that holds the text")
    paras = _written(_paragraphs(rows, body), rows, body, marks)
    return replace(source_of([*paras, *_noted(below, _whole_words(rows))], name), set_aside=set_aside)


def _rows(data: bytes, name: str) -> list[Row]:
    try:
        import pypdfium2 as pdfium
        from pypdfium2 import raw
    except ImportError as error:
        what = "reading PDF needs a package that is not installed"
        raise InputRefused(name_of(name), what, "run: pip install 'followthrough[pdf]'") from error
    try:
        book = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_WANTED or "password" in str(error).lower():
            raise InputRefused(name_of(name), "this PDF file is encrypted", "save a copy without a password") from error
        raise InputRefused(name_of(name), "the PDF file is broken", "save or download it again") from error
    try:
        if len(book) > MAX_PAGES:
            what = f"the file has {len(book):,} pages, more than the {MAX_PAGES:,} taken"
            raise InputRefused(name_of(name), what, "split it first")
        return _read_pages(book, raw, name, pdfium.PdfiumError)
    finally:
        book.close()


def _read_pages(book: Any, raw: Any, name: str, failure: type[Exception]) -> list[Row]:
    began, chars = time.monotonic(), 0
    rows: list[Row] = []
    for number in range(len(book)):
        try:
            page = book[number]
            text_page = page.get_textpage()
        except failure as error:
            what = f"page {number + 1} of the PDF file is broken"
            raise InputRefused(name_of(name), what, "save or download it again") from error
        if raw.FPDFText_CountChars(text_page) > MAX_PAGE_CHARS:
            what = f"page {number + 1} holds more than {MAX_PAGE_CHARS:,} characters"
            raise InputRefused(name_of(name), what, "no printed page does; save it again as text")
        glyphs = glyphs_of(raw, text_page)
        height = page.get_height()
        text_page.close()
        page.close()
        chars += len(glyphs)
        if chars > MAX_CHARS or time.monotonic() - began > MAX_SECONDS:
            raise InputRefused(name_of(name), "the file takes too long to read", "split it first", f"page {number + 1}")
        rows += rows_of(glyphs, number, height)
    if not rows:
        what = "the file holds pictures only"
        raise InputRefused(name_of(name), what, "it needs text recognition (OCR) first")
    return rows


def _without_margins(rows: list[Row]) -> list[Row]:
    """Return ``rows`` without page numbers and running heads: edge rows that recur except for their digits."""
    pages = len({row.page for row in rows})
    seen: dict[str, set[int]] = defaultdict(set)
    edge = [row for row in rows if row.edge]
    for row in edge:
        for part in _folded(row):
            seen[part].add(row.page)
    often = max(2, min(0.3 * pages, 12))
    drop = {
        id(row)
        for row in edge
        if all(len(seen[part]) >= often for part in _folded(row))
        or (_PAGE_NUMBER.fullmatch(row.text) and _alone(row, rows))
    }
    return [row for row in rows if id(row) not in drop]


def _margin(row: Row) -> SetAside:
    number = _PAGE_NUMBER.fullmatch(row.text)
    return SetAside(AsideKind.PAGE_NUMBER if number else AsideKind.RUNNING_HEAD, row.text, row.page + 1)


def _folded(row: Row) -> list[str]:
    return [re.sub(r"\d+", "#", part.casefold()) for part in row.parts]


def _alone(row: Row, rows: list[Row]) -> bool:
    """Return whether ``row``, a page number, is the outermost row at its edge of the page."""
    same = [other.place for other in rows if other.page == row.page]
    return row.place in (min(same), max(same))


def _body_size(rows: list[Row]) -> float:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _without_notes(rows: list[Row], body: float) -> tuple[list[Row], list[Row], frozenset[str]]:
    """Return ``rows`` without the footnotes, those of the footnotes, and the marks of these."""
    pages: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        pages[row.page].append(row)
    drop: set[int] = set()
    marks: set[str] = set()
    open_note = False
    for page in pages.values():
        small = [row for row in page if row.size < 0.92 * body and row.place < 0.6]
        block = [row for row in small if not _below(row, page, body)]
        opening = next((at for at, row in enumerate(block) if _NOTE.match(row.text)), None)
        if block and open_note and len(block) < 0.7 * len(page):
            opening = 0
        open_note = opening is not None and len(block) < 0.7 * len(page)
        if opening is None or not open_note:
            continue
        for row in block[opening:]:
            drop.add(id(row))
            if found := _NOTE.match(row.text):
                marks.add(found.group().translate(_LOWER).rstrip(".)"))
    kept, below = ([row for row in rows if (id(row) in drop) is noted] for noted in (False, True))
    return kept, below, frozenset(marks)


def _noted(rows: list[Row], words: Counter[str]) -> list[Para]:
    """Return the footnotes; each begins with a row that starts with a reference mark."""
    notes: list[list[str]] = []
    for row in rows:
        if mark := _NOTE.match(row.text):
            printed = mark.group().translate(_LOWER)
            notes.append([f"{printed} {row.text[mark.end() :].lstrip()}"])
        elif notes:
            notes[-1].append(row.text)
        else:
            notes.append([row.text])
    return [Para(_joined(one, words), "note") for one in notes]


def _below(row: Row, page: list[Row], body: float) -> bool:
    """Return whether there is text of the body size below ``row`` in its column."""
    return any(
        other.place < row.place and other.size >= 0.92 * body and (not other.column or other.column == row.column)
        for other in page
    )


def _paragraphs(rows: list[Row], body: float) -> list[list[Row]]:
    edges: dict[str, float] = {}
    for row in rows:
        edges[row.column] = max(edges.get(row.column, 0.0), row.right)
    gaps = [row.gap for row in rows if row.gap is not None and 0 < row.gap < 3 * body and abs(row.size - body) < 0.5]
    leading = quantiles(gaps, n=5)[0] if len(gaps) > 1 else min([*gaps, 2 * body])
    ends = [row.gap for before, row in pairwise(rows) if row.gap and not _is_full(before, row, edges[before.column])]
    spaced = sum(1 for gap in ends if gap > 1.25 * leading) > 0.7 * len(ends)
    found: list[list[Row]] = [[rows[0]]]
    for before, row in pairwise(rows):
        if _goes_on(found[-1], before, row, edges[before.column], leading / max(body, 0.01), spaced):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _goes_on(open_rows: list[Row], before: Row, row: Row, edge: float, leading: float, spaced: bool) -> bool:
    """Return whether ``row`` continues the paragraph of ``open_rows``, whose last row is ``before``."""
    full = _is_full(before, row, edge)
    numbered = marker_of(row.text) is not None
    paused = bool(_PAUSE.search(before.text))
    shift = row.left - before.left
    if abs(row.size - before.size) > 0.08 * before.size:
        return False
    if row.gap is None or row.page != before.page:
        joins = row.text[0].islower() or (full and not _STOP.search(before.text))
        return joins and not (numbered and paused)
    apart = not -0.5 * row.size < row.gap < 1.25 * leading * before.size
    if apart or (numbered and ((paused and not spaced) or shift < -0.3 * row.size)):
        return False
    if not full:
        return abs(shift) > row.size and abs(_centre(row) - _centre(before)) < 0.3 * row.size
    if len(open_rows) > 1:
        return abs(shift) < 0.6 * row.size
    return shift < 0.6 * row.size or marker_of(before.text) is not None or not _STOP.search(before.text)


def _centre(row: Row) -> float:
    return (row.left + row.right) / 2


def _is_full(before: Row, row: Row, edge: float) -> bool:
    """Return whether the first word of ``row`` would not have fitted at the end of ``before``."""
    if before.text.endswith("-"):
        return True
    first = len(row.text.split(" ", 1)[0]) + 1
    width = (row.right - row.left) / max(len(row.text), 1)
    return before.right + first * width > edge - 0.4 * before.size


def _written(paragraphs: list[list[Row]], rows: list[Row], body: float, notes: frozenset[str]) -> list[Para]:
    words = _whole_words(rows)
    usual = median(row.weight for row in rows)
    left = {column: min(row.left for row in rows if row.column == column) for column in {row.column for row in rows}}
    sizes = sorted({round(group[0].size) for group in paragraphs if group[0].size > 1.1 * body}, reverse=True)
    found: list[Para] = []
    for group in paragraphs:
        text = _unmarked(_joined([row.text for row in group], words), notes)
        hint = _hint(group, text, body, usual)
        level = 0
        if hint == "heading":
            size = round(group[0].size)
            level = sizes.index(size) + 1 if size in sizes else len(sizes) + 1
        elif hint == "bullet":
            level = round((group[0].left - left[group[0].column]) / (0.5 * body))
        if text:
            found.append(Para(text, hint, level))
    return found


def _whole_words(rows: list[Row]) -> Counter[str]:
    """Return the frequency of each word that is not broken across rows."""
    words: Counter[str] = Counter()
    broken = False
    for row in rows:
        found = [word.casefold() for word in _WORD.findall(row.text)]
        goes_over = row.text.endswith("-")
        words.update(found[1 if broken else 0 : -1 if goes_over else None])
        broken = goes_over
    return words


def _hint(group: list[Row], text: str, body: float, usual: float) -> str:
    if _BULLET.match(text):
        return "bullet"
    bold = usual > 0 and all(row.weight >= 1.3 * usual for row in group)
    large = group[0].size > 1.1 * body
    if (large or bold) and len(text.split()) <= 40 and text[-1:] not in ".;,":
        return "heading"
    return "whole"


def _joined(rows: list[str], words: Counter[str]) -> str:
    text = rows[0]
    for row in rows[1:]:
        if not text.endswith("-") or text[-2:-1] in " -" or not row[0].isalnum():
            text += " " + row
        elif row[0].islower() and _is_one_word(text, row, words):
            text = text[:-1] + row
        else:
            text += row
    return text


def _is_one_word(text: str, row: str, words: Counter[str]) -> bool:
    """Return whether the hyphen at the end of ``text`` is a line-end hyphen of a word continued in ``row``."""
    compound = re.split(r"[^\w'’-]", text[:-1])[-1].casefold()
    left = compound.rpartition("-")[2]
    found = _WORD.match(row)
    right = re.split(r"['’]", found.group())[0].casefold() if found else ""
    if words[left + right]:
        return True
    if words[f"{left}-{right}"] or _COMPOUND.match(left) or right in _SECONDS or not left:
        return False
    if right.endswith(_ENDINGS) and not words[right]:
        return True
    return not (words[left] and len(left) > 3 and left not in _PREFIXES and (words[right] or len(right) > 6))


def _unmarked(text: str, notes: frozenset[str]) -> str:
    def shown(match: re.Match[str]) -> str:
        mark = match.group().translate(_LOWER)
        return "" if mark in notes else mark

    return _RAISED_RUN.sub(shown, text).strip()
