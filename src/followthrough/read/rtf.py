"""Reader of RTF: paragraphs with the numbers that it prints; notes behind the text, hidden and deleted text aside."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from followthrough.errors import InputRefused
from followthrough.model.document import Notice, SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.lines import Source
from followthrough.read.paragraphs import Para, one_line, source_of

DEEPEST = 500
"""Groups within groups; a text has no twenty."""
MOST_TOKENS = 8_000_000
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict themedata datastore listtable listoverridetable rsidtbl generator"
    b" fldinst xmlnstbl latentstyles bkmkstart bkmkend atnid atnauthor revtbl filetbl"
    b" objdata objclass objname objalias objsect sp shprslt".split()
)
_MATHS = re.compile(rb"m[A-Za-z]{1,20}Pr")
_TOLD = frozenset(b"footnote listtext pntext shpinst do moMath moMathPara annotation".split())
"""Groups whose mark says that a reader may skip them, and which hold words."""
_HOMES = {b"annotation": "comment", b"shptxt": "box", b"dptxbxtext": "box"}
_UNSHOWN = frozenset({b"xe", b"tc", b"tcn"})
_WATERMARK = re.compile(rb"\\sn\s{1,9}gtextUNICODE\s{0,9}\}\s{0,9}\{\\sv\s([^{}\\]{1,200})\}")
_MARGINS = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
_BREAKS = {b"line": " ", b"tab": " ", b"cell": " | ", b"nestcell": " | "}
_CHARACTERS = {
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emspace": " ",
    b"enspace": " ",
}
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"*": ""}
_ENDS = frozenset({b"par", b"sect", b"page", b"row", b"nestrow"})


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside one pair of braces."""

    skipped: bool = False
    home: str = "text"
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    fallback: int = 1
    level: int = 0


@dataclass(slots=True)
class _Homes:
    """Where words go: the open paragraph, the notes, and what stands aside."""

    text: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    margin: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    box: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is RTF."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def source(data: bytes, name: str) -> Source:
    """Return the paragraphs of the RTF file ``data`` as lines.

    Raises ``InputRefused`` for a file called ``name`` that is too large, nested too deep or without words.
    """
    refuse_size(name, len(data))
    reader = _Reader(name)
    paras = [*reader.paragraphs(data), *reader.notes]
    found = source_of(paras, name)
    changes = (Notice("tracked-changes", "deletions are tracked, read as accepted"),) if reader.changed else ()
    marks = [SetAside(AsideKind.WATERMARK, words.decode("cp1252", "replace")) for words in _WATERMARK.findall(data)]
    return replace(found, set_aside=(*reader.aside, *marks), notices=changes)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.stack = [_Group()]
        self.homes = _Homes()
        self.encoding = "cp1252"
        self.bytes = bytearray()
        self.skip = 0
        self.notes: list[Para] = []
        self.boxes: list[Para] = []
        self.aside: list[SetAside] = []
        self.changed = False
        self.starred = False
        self.raised = -1

    def paragraphs(self, data: bytes) -> Iterator[Para]:
        """Yield the paragraphs of the body in order."""
        for count, token in enumerate(_TOKEN.finditer(data)):
            if count > MOST_TOKENS:
                raise InputRefused(name_of(self.name), "the RTF file holds too many marks", "save it as .docx or .txt")
            word, number, code, symbol, brace, words = token.groups()
            if code:
                self._byte(int(code, 16))
                continue
            self._flush()
            if brace:
                yield from self._brace(brace)
            elif word:
                yield from self._word(word, number)
            elif symbol:
                self.starred = symbol == b"*"
                self._say(_SYMBOLS.get(symbol, ""))
            elif words:
                self._plain(words)
        self._flush()
        yield from self._end()

    def _byte(self, value: int) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.bytes.append(value)

    def _flush(self) -> None:
        if self.bytes:
            words, self.bytes = self.bytes.decode(self.encoding, "replace"), bytearray()
            self._say(words)

    def _plain(self, words: bytes) -> None:
        said = words[self.skip :]
        self.skip = max(0, self.skip - len(words))
        self._say(said.decode(self.encoding, "replace"))

    def _say(self, words: str) -> None:
        group = self.stack[-1]
        if words and not group.skipped:
            home = "hidden" if group.hidden else "deleted" if group.deleted else group.home
            getattr(self.homes, home).append(words)
            if group.raised and home == "text":
                self.raised = len(self.homes.text)

    def _brace(self, brace: bytes) -> Iterator[Para]:
        self.skip, self.starred = 0, False
        if brace == b"{":
            if len(self.stack) > DEEPEST:
                raise InputRefused(name_of(self.name), "the RTF file is nested too deep", "save it as .docx or .txt")
            self.stack.append(self.stack[-1])
            return
        left = self.stack.pop() if len(self.stack) > 1 else self.stack[0]
        if left.home != self.stack[-1].home:
            yield from self._close(left.home)

    def _word(self, word: bytes, number: bytes | None) -> Iterator[Para]:
        value = int(number) if number else None
        starred, self.starred = self.starred, False
        if word in _SKIPPED or (starred and word not in _TOLD) or _MATHS.fullmatch(word):
            self._set(skipped=True)
        elif word in _HOMES:
            self._set(home=_HOMES[word])
        elif word in _UNSHOWN:
            self._set(hidden=True)
            self._say(" ")
        elif word in _MARGINS:
            self._set(home="margin")
        elif word == b"footnote":
            self._unmark()
            self._set(home="note")
        elif word in _ENDS:
            yield from self._end()
        elif word == b"u" and value is not None:
            self._say(chr(value % 65536))
            self.skip = self.stack[-1].fallback
        elif word == b"ansicpg" and value:
            self.encoding = _codec(value)
        else:
            self._format(word, value)

    def _unmark(self) -> None:
        """Set aside the raised number right before a note, which is its mark."""
        text = self.homes.text
        if text and self.raised == len(text) and text[-1].strip().isdigit():
            self.aside.append(SetAside(AsideKind.NOTE_MARK, text.pop().strip()))

    def _format(self, word: bytes, value: int | None) -> None:
        if word == b"uc" and value is not None:
            self._set(fallback=max(0, min(value, 8)))
        elif word == b"v":
            self._set(hidden=value != 0)
            if value != 0:
                self._say(" ")
        elif word == b"deleted":
            self.changed = True
            self._set(deleted=value != 0)
        elif word == b"plain":
            self._set(hidden=False, deleted=False, raised=False)
        elif word in {b"super", b"nosupersub"}:
            self._set(raised=word == b"super" and value != 0)
        elif word == b"pard":
            self._set(level=0)
        elif word == b"outlinelevel" and value is not None:
            self._set(level=value + 1)
        else:
            self._say(_CHARACTERS.get(word) or _BREAKS.get(word, ""))

    def _set(self, **changes: bool | int | str) -> None:
        self.stack[-1] = replace(self.stack[-1], **changes)  # type: ignore[arg-type]

    def _end(self) -> Iterator[Para]:
        """Close the open paragraph of where the words go now."""
        home = self.stack[-1].home
        if home == "box":
            yield from self._close(home)
            return
        if home != "text":
            self._say(" ")
            return
        level = self.stack[-1].level
        yield from self._close("text", level)
        yield from self.boxes
        self.boxes.clear()
        for kind, aside in (("hidden", AsideKind.HIDDEN), ("deleted", AsideKind.DELETED)):
            if words := self._taken(kind):
                self.aside.append(SetAside(aside, words))

    def _close(self, home: str, level: int = 0) -> Iterator[Para]:
        words = self._taken(home)
        if home == "text" and words:
            bullet = words[:1] in {"•", "·", "\uf0b7"}
            yield Para(words, "heading" if level else "bullet" if bullet else "whole", level)
        elif home == "note" and words:
            self.notes.append(Para(f"{len(self.notes) + 1} {words}", "note"))
        elif home == "box" and words:
            self.boxes.append(Para(words))
        elif words:
            kind = AsideKind.COMMENT if home == "comment" else AsideKind.RUNNING_HEAD
            self.aside.append(SetAside(kind, words))

    def _taken(self, home: str) -> str:
        kept: list[str] = getattr(self.homes, home)
        words = one_line("".join(kept)).strip("| ")
        kept.clear()
        return words


def _codec(page: int) -> str:
    try:
        return codecs.lookup({10000: "mac_roman", 65001: "utf-8"}.get(page, f"cp{page}")).name
    except LookupError:
        return "cp1252"
