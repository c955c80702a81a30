"""A paper as a document: headings, paragraphs, lists, tables, pictures and notes, whatever form it is written in.

Each form is one function from a ``Paper`` to bytes; none of them adds or drops a word, so ``Paper.words`` is what each
of them says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no XML file holds: control characters and halves of a surrogate pair."""


def clean(text: str) -> str:
    """Return ``text`` on one line, without what no file format holds."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look: plain, ``strong``, ``dim``, or ``missing`` for what stands in the place of a value.

    ``cites`` are numbers of sources, printed behind the words in brackets. ``mark`` names a
    shape beside the words, which says nothing that they do not.
    """

    text: str
    look: str = ""
    cites: tuple[int, ...] = ()
    mark: str = ""

    @property
    def cited(self) -> str:
        """The numbers of its sources in brackets, or nothing."""
        return f"[{', '.join(map(str, self.cites))}]" if self.cites else ""

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{clean(self.text)} {self.cited}".strip()


Words: TypeAlias = tuple[Run, ...]


def said(words: Words) -> str:
    """Return runs as plain text."""
    return " ".join(run.words for run in words if run.words)


def plain(text: str, look: str = "") -> Words:
    """Return a text as words."""
    return (Run(text, look),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; of level 1 are the title of the paper, and that of a second paper in the same file."""

    text: str
    level: int = 2

    def words(self) -> Iterator[str]:
        """Yield what it says."""
        yield clean(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: ``body``, or a ``finding`` that answers before anything is counted, or ``small``."""

    runs: Words
    style: str = "body"

    def words(self) -> Iterator[str]:
        """Yield what it says."""
        yield said(self.runs)


@dataclass(frozen=True, slots=True)
class Items:
    """A list without an order."""

    items: tuple[Words, ...]

    def words(self) -> Iterator[str]:
        """Yield what each item says."""
        yield from map(said, self.items)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on how to read the paper, set apart."""

    title: str
    runs: Words

    def words(self) -> Iterator[str]:
        """Yield what it says."""
        yield f"{clean(self.title)} {said(self.runs)}"


@dataclass(frozen=True, slots=True)
class Counts:
    """A few numbers side by side, each with what it counts."""

    counts: tuple[tuple[str, str], ...]

    def words(self) -> Iterator[str]:
        """Yield each number with what it counts."""
        yield from (f"{clean(number)} {clean(words)}" for number, words in self.counts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: lines of words, and the step of the colour ramp, 0 hatched, where its depth says something."""

    lines: tuple[Words, ...]
    shade: int | None = None

    @property
    def text(self) -> str:
        """What it says, one line after another."""
        return "\n".join(said(line) for line in self.lines)


def cell(text: str | int, look: str = "", shade: int | None = None) -> Cell:
    """Return a cell of one line."""
    return Cell((plain(str(text), look),) if str(text) else (), shade)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label, its share of the width, and whether it holds numbers."""

    label: str
    width: float = 1.0
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption that says what it holds; its first row is repeated on every page, its first column heads.

    ``dense`` tables have small letters.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    dense: bool = False

    def words(self) -> Iterator[str]:
        """Yield its caption, its labels, and what each cell says."""
        yield clean(self.caption)
        yield from (clean(column.label) for column in self.columns)
        for row in self.rows:
            yield from (said(line) for one in row for line in one.lines)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its caption; ``alt`` says in words what it shows."""

    svg: str
    caption: str
    alt: str
    height: float = 55.0
    """Millimetres."""

    def words(self) -> Iterator[str]:
        """Yield its caption; the alternative text is no part of what is printed."""
        yield clean(self.caption)


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a paper by its number: publisher, date, title, address."""

    number: int
    publisher: str
    date: str
    title: str
    url: str

    @property
    def text(self) -> str:
        """How it is listed, without its number."""
        return clean(", ".join(part for part in (self.publisher, self.date, self.title) if part))

    @property
    def site(self) -> str:
        """The site of its address, which stands for the whole address where it is a link."""
        return clean(urlsplit(self.url).netloc.removeprefix("www.") or self.url)


@dataclass(frozen=True, slots=True)
class Sources:
    """The list of sources."""

    sources: tuple[Source, ...]

    def words(self) -> Iterator[str]:
        """Yield each with its number and its site."""
        yield from (f"{one.number} {one.text} {one.site}" for one in self.sources)


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on a new page, with its broad side down where it is ``wide``."""

    wide: bool

    def words(self) -> Iterator[str]:
        """Yield nothing."""
        return iter(())


Block: TypeAlias = "Heading | Paragraph | Items | Note | Counts | Table | Picture | Sources | Turn"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper: what it is, of what, as of when, for whom, and its blocks in order.

    ``stem`` begins the name of its file; ``wide`` asks for the broad side of the page.
    """

    title: str
    over: str
    about: str
    as_of: str
    edition: str
    page_of: tuple[str, str]
    language: str
    stem: str
    blocks: tuple[Block, ...]
    wide: bool = False

    def words(self) -> Iterator[str]:
        """Yield all that it says, in order, without what is repeated on every page."""
        yield from (clean(part) for part in (self.over, self.title) if part)
        for block in self.blocks:
            yield from block.words()


class Cited:
    """Numbers sources in the order in which a paper first rests on them."""

    def __init__(self) -> None:
        self._found: dict[str, Source] = {}

    def number(self, publisher: str, date: str, title: str, url: str) -> int:
        """Return the number of a source, the same for the same address and title."""
        key = f"{url}\n{title}"
        known = self._found.get(key)
        if known is None:
            known = self._found[key] = Source(len(self._found) + 1, publisher, date, title, url)
        return known.number

    def listed(self) -> Sources:
        """Return the sources so far."""
        return Sources(tuple(self._found.values()))


def lines(texts: Iterable[str], look: str = "") -> tuple[Words, ...]:
    """Return each text as a line of a cell."""
    return tuple(plain(text, look) for text in texts if text)


def rows(table: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows of cells as a table holds them."""
    return tuple(tuple(row) for row in table)
