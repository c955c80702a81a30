"""Reader of Markdown (CommonMark): the text without markup, one line per block, as rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from followthrough.read.lines import Line, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_FACT = re.compile(r"^(title|date)[ \t]*:[ \t]*(\"(?:\\.|[^\"\\\\])*\"|'[^']*'|[^\n]+(?:\n[ \t]+[^\n]+)*)", re.M | re.S)
_COMMENT = re.compile("<!--|-->")
_FOOT = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*", re.M)
_NOTE = re.compile(r"\ufdd0([^\ufdd1]{1,40})\ufdd1[ \t]*")
_FOOT_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]?|\([A-Za-z0-9]{1,4}\)|[A-Za-z]{1,4}[.)])\s+\S")
_ENDS_OPEN = re.compile(r"(?:[.;:,!?”\"*]|\band|\bor)\s*$")
_STRAY = re.compile(r"\*\*|(?<=\w)\*(?=\s)|(?<=\s)\*(?=\w)")
_LATE_CLOSING = re.compile(r"(?<=[^\s*])\s{1,40}\*\*(?=\s|$)")
"""Asterisks that close bold words after a blank, as word processors export them; CommonMark takes them as printed."""
_EARLY_OPENING = re.compile(r"\A\*\*\s{1,40}(?=[^\s*])")
_NOTHING_BOLD = re.compile(r"(?<!\S)\*{4}(?!\S)")
_PAIRED = re.compile(r"(?:(?<!\w)\*|\*(?=\S))([^*]{1,600}+)\*")
_NONCHARACTERS = re.compile("[\ufdd0-\ufdd2]")
_ASTERISK = "\ufdd2"
"""An asterisk of code, while those that mark nothing are taken out."""
_NO_BREAKS = re.compile(r"^[^\S\n]+$", re.M)
_UNMARKED = re.compile(r"[^\\`*_\[\]!<>&\0\r]*+")
"""Inline content without a letter that could be mark-up."""
_SCHEME = re.compile(r"^(?:https?://|mailto:)")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|del|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|s|small|"
    r"span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)\b",
    re.I,
)
_MOST_BRACKETS = 10_000
"""Opening brackets of a paragraph; of more none is read as a link, as looking for the end of each takes seconds."""
_BREAKS = re.compile(r"</?(?:br|dd|div|dt|h[1-6]|hr|li|p|td|th|tr)\b", re.I)
_BOLD = {"<u>": 1, "</u>": -1, "<strong>": 1, "</strong>": -1, "<b>": 1, "</b>": -1}


class _Block(NamedTuple):
    """One line of the result: its text, hint and level, and the source lines that it comes from."""

    words: str
    hint: str
    level: int
    first: int
    last: int


def recognises(text: str) -> bool:
    """Return whether ``text`` is Markdown: front matter, ATX headings, or emphasis at the start of lines."""
    front = _FRONT.match(text)
    if front and _FACT.search(front.group(1)):
        return True
    return bool(re.search(r"^#{1,6} \S", text, re.M) or re.search(r"\*\*\S[^*\n]*\S\*\*", text))


def source(text: str) -> Source:
    """Return the text of Markdown without markup, one line per block, with hints for headings and bullets.

    Emphasis, links, escapes, tags and front matter are removed; offsets refer to the remaining text. A numbered line
    begins a new block, and so does the text after a hard line break.
    """
    front = _FRONT.match(text)
    metadata = _metadata(front.group(1)) if front else {}
    body = text[front.end() :] if front else text
    out: list[str] = []
    lines: list[Line] = []
    at = 0
    for words, hint, level in _with_blanks(_marked_notes(_without_comments(body))):
        out.append(words)
        lines.append(Line(at, at + len(words), hint if words else "", level if words else 0))
        at += len(words) + 1
    return Source("\n".join(out), tuple(lines), metadata)


def _without_comments(body: str) -> str:
    """Leave out comments; one that does not end before another begins is none."""
    kept, at, began = list[str](), 0, -1
    for mark in _COMMENT.finditer(body):
        if mark.group() == "<!--":
            began = mark.start()
        elif began >= 0:
            kept.append(body[at:began])
            at, began = mark.end(), -1
    return "".join((*kept, body[at:]))


def _metadata(front: str) -> dict[str, str]:
    metadata = {}
    for key, raw in _FACT.findall(front):
        value = raw.strip()
        if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
            quoted, value = value[0], value[1:-1]
            if quoted == '"':
                value = re.sub(r"\\\n\s*(?:\\(?=\s))?", "", value)
                value = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), value)
                value = re.sub(r"\\x([0-9a-fA-F]{2})", lambda m: chr(int(m.group(1), 16)), value)
                value = value.replace("\\_", " ").replace('\\"', '"')
        metadata[key] = " ".join(value.replace("\xa0", " ").split())
    return metadata


def _marked_notes(body: str) -> str:
    """Return ``body`` with footnote labels between noncharacters; CommonMark would parse them as links.

    A line of no-break spaces is made blank.
    """
    body = _NO_BREAKS.sub("", _NONCHARACTERS.sub("", body))
    return _FOOT.sub("\ufdd0\\1\ufdd1", body) if "[^" in body else body


@cache
def _parsers() -> tuple[MarkdownIt, MarkdownIt, MarkdownIt]:
    """Return the parsers of blocks, of inline content, and of inline content without links.

    Indented text is layout, not code; tags are inline markup. The library is imported here because few files need it.
    """
    from markdown_it import MarkdownIt

    blocks = MarkdownIt("commonmark").enable("table").disable(["code", "html_block", "inline", "text_join"])
    return blocks, MarkdownIt("commonmark"), MarkdownIt("commonmark").disable(["link", "image"])


def _with_blanks(body: str) -> Iterator[tuple[str, str, int]]:
    """Return text, hint and level of each block, and an empty block for each blank line between them."""
    at = 0
    printed = body.split("\n")
    for block in _Walk(printed).blocks(body):
        yield from (("", "", 0) for _ in range(at, block.first))
        yield block.words, block.hint, block.level
        at = max(at, block.last)
    yield from (("", "", 0) for _ in range(at, len(printed)))


class _Walk:
    """A single pass over the tokens; ``marker`` is printed before the next text of a list item."""

    def __init__(self, printed: list[str]) -> None:
        self.printed = printed
        self.references: dict[str, object] = {}
        self.marker = ""
        self.bullet = False
        self.colon = False

    def blocks(self, body: str) -> Iterator[_Block]:
        """Return the blocks of ``body`` in order."""
        opener: Token | None = None
        cells: list[str] = []
        for token in _parsers()[0].parse(body, self.references):
            first, last = token.map or (0, 0)
            if token.type == "list_item_open":
                self.marker += f"{token.info}{token.markup} "
                self.bullet = not token.info
            elif token.type == "fence":
                yield from self._code(token, first)
            elif token.type == "tr_open":
                cells, row = [], (first, last)
            elif token.type == "tr_close":
                yield _Block("  ".join(cell for cell in cells if cell), "whole", 0, *row)
            elif token.type == "inline" and opener is not None:
                if opener.type in ("th_open", "td_open"):
                    cells.append(self._words(token.content)[0])
                else:
                    yield from self._paragraph(token, opener, first)
            opener = token

    def _code(self, token: Token, first: int) -> Iterator[_Block]:
        for at, line in enumerate(token.content.rstrip("\n").split("\n"), first + 1):
            yield _Block(" ".join(line.split()), "whole", 0, at, at + 1)

    def _paragraph(self, token: Token, opener: Token, first: int) -> Iterator[_Block]:
        """Return the lines of a heading or of a paragraph, a part for each number, footnote and hard break."""
        level = int(opener.tag[1]) if opener.tag[0] == "h" else 0
        if level and not (opener.markup in "=-" and _no_heading(token.content)):
            words = self._words(token.content)[0].strip("*_ ").strip("#")
            yield _Block(words, "heading", level, first, (opener.map or (first, first + 1))[1])
            return
        for raw, at, end in _parts(token.content, first):
            note = _NOTE.match(raw)
            words, bold = self._words(raw[note.end() :] if note else raw)
            indent = len(self.printed[at]) - len(self.printed[at].lstrip())
            if note:
                yield _Block(f"{note.group(1)} {words}", "note", 0, at, end)
            elif self.marker and self.bullet:
                yield _Block(f"{self.marker}{words}", "bullet", indent, at, end)
            elif words.strip("#") == "":
                yield _Block("", "", 0, at, end)
            elif bold and not self.marker:
                yield _Block(words.removesuffix(":").rstrip() if self.colon else words, "heading", 3, at, end)
            else:
                yield _Block(f"{self.marker}{words}", "whole", 0, at, end)
            self.marker = ""

    def _words(self, raw: str) -> tuple[str, bool]:
        """Return the text of ``raw`` without markup, and whether all of it is bold or underlined."""
        if _UNMARKED.fullmatch(raw):  # most paragraphs, which the parser would take letter by letter
            self.colon = raw.rpartition("\n")[2].strip() == ":"
            return " ".join(raw.split()), ":" in raw and not raw.strip(" :\n")
        parser = _parsers()[2 if raw.count("[") > _MOST_BRACKETS else 1]
        [inline] = parser.parseInline(_with_tight_marks(raw), self.references)
        out: list[str] = []
        bold, depth, automatic = True, 0, False
        for token in inline.children or []:
            depth += _deeper(token)
            if token.type in ("link_open", "link_close"):
                automatic = token.nesting > 0 and token.info == "auto"
            said = _said(token, automatic)
            bold = bold and (depth > 0 or not said.strip(" :\n"))
            out.append(said)
        words = _PAIRED.sub(r"\1", _STRAY.sub("", _FOOT_MARK.sub("", "".join(out))))
        words = " ".join(words.replace(_ASTERISK, "*").split())
        bold = bold and any(not said.isspace() and said for said in out)
        self.colon = bool(out) and out[-1].strip() == ":"
        return words, bold


def _with_tight_marks(raw: str) -> str:
    """Return ``raw`` with the asterisks of bold words next to them, as word processors fail to put them."""
    return _NOTHING_BOLD.sub("", _LATE_CLOSING.sub("** ", _EARLY_OPENING.sub("**", raw)))


def _no_heading(content: str) -> bool:
    """Tell whether what is underlined with dashes or equals signs is a paragraph above a rule."""
    return "\n" in content or content.rstrip().endswith((".", ";", ","))


def _parts(content: str, first: int) -> Iterator[tuple[str, int, int]]:
    """Return the parts of a paragraph that are separate blocks, each with its range of source lines, half-open."""
    lines = content.split("\n")
    begin = 0
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at]
        numbered = _NUMBER.match(line) and _ENDS_OPEN.search(before[-40:])
        if numbered or _NOTE.match(line.lstrip()) or before.endswith(("  ", "\\")):
            yield _joined(lines[begin:at]), first + begin, first + at
            begin = at
    yield _joined(lines[begin:]), first + begin, first + len(lines)


def _joined(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines).removesuffix("\\")


def _deeper(token: Token) -> int:
    """Return by how much ``token`` changes the nesting depth of bold or underlined elements."""
    if token.type in ("strong_open", "strong_close"):
        return token.nesting
    return _BOLD.get(token.content.lower(), 0) if token.type == "html_inline" else 0


def _said(token: Token, automatic: bool) -> str:
    """Return the rendered text of ``token``; an autolink is rendered without its scheme."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline" and _TAG.match(token.content):
        return " " if _BREAKS.match(token.content) else ""
    if token.type == "code_inline":
        return token.content.replace("*", _ASTERISK)
    if token.type == "text" and automatic:
        return _SCHEME.sub("", token.content)
    return token.content
