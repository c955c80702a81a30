"""Reader of web pages: the main content without navigation, with list numbers as a browser renders them."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of
from followthrough.read.html_encoding import MARKS, page_text
from followthrough.read.lines import Source
from followthrough.read.paragraphs import Para, number, one_line, row_of, source_of
from followthrough.read.structure.markers import marker_of

_PAGE = re.compile(
    rb"\A[\s\x00]*(?:<\?xml[^>]{0,200}\?>\s*)?(?>(?:<!--(?>(?:(?!-->).){0,2000})-->\s*+)*)"
    rb"<(?:!doctype\s+html|html|head|body|meta)\b",
    re.I | re.S,
)
_TAGS = re.compile(rb"<(?:p|div|h[1-6]|ol|ul|li|table|section|article|main)\b[^<>]{0,500}>", re.I)
MOST_MARKS = 500_000
MOST_ATTRIBUTES = 2_000
"""Attributes of one tag: the parser compares each with all before it."""
_CROWDED = re.compile(r"<[A-Za-z][^<>]{5000,}+")
_DROPPED = frozenset(
    [
        "script", "style", "noscript", "template", "nav", "footer", "aside", "head", "iframe", "object", "svg",
        "button", "select", "textarea", "dialog", "canvas", "audio", "video", "header", "form", "figure", "math",
        "input", "menu", "rt", "rp",
    ]
)  # fmt: skip
_SILENT = frozenset({"script", "style", "head"})
_UNSHOWN = frozenset({"noscript", "template"})
_RUBY = frozenset({"rt", "rp"})
_SHOWN = f".//text()[not({' or '.join(f'ancestor::{tag}' for tag in sorted(_SILENT))})]"
_FIGURES = frozenset({"figure", "svg", "canvas", "math", "object"})
_MAY_HOLD_ALL = frozenset({"form", "header", "aside", "menu", "figure", "dialog"})
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|share|sharing|social|sns|cookies?|consent|gdpr"
    r"|footer|masthead|site-?header|toolbar|related|comments?|advert\w*|ads|banner|newsletter|subscribe|pagination|pager"
    r"|skip-?link|popup|modal|login|search|sr-only|visually-hidden|screen-reader-text)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = frozenset(
    [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "table", "tr", "td", "th", "tbody",
        "thead", "section", "article", "main", "blockquote", "pre", "dl", "dt", "dd", "hr", "center", "address",
        "caption", "body", "figcaption", "fieldset", "details", "summary", "form", "header", "html",
    ]
)  # fmt: skip
_HOLDERS = frozenset(
    ["html", "body", "div", "section", "main", "article", "td", "table", "tbody", "tr", "form", "center"]
)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SKIPPING = re.compile(
    r"(?:(?:main|site|service|context|page|quick|meta)[ -]?)?(?:navigation|sidebar|menu|breadcrumbs?)"
    r"(?: (?:and|und|et|y) \w{1,20})?",
    re.I,
)
_SKIP_CLASS = re.compile(r"(?:^|[\s_-])(?:nav|skip|sr-only|visually-hidden)(?=$|[\s_A-Z-])|(?:^|\s)\w{0,20}Skip\b")
_LEADS = re.compile(r"(?:go|skip|jump|zum|zur|aller|ir|vai)\b", re.I)
_STYLED = re.compile(r"list-style(?:-type)?\s*:[^;]{0,200}?(lower|upper)-(alpha|latin|roman)", re.I)
_NOTE = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?\s*")
_BACK = frozenset(["↩", "↩︎", "↑", "^", "⏎"])
_NOTED = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])|doc-(?:foot|end)notes?", re.I)
_MAY_BE_NOTES = frozenset(["section", "div", "ol", "ul", "aside", "li", "p", "dl"])


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is a web page: it begins as one, or has many HTML tags near its beginning."""
    head = data[:65536]
    for mark in MARKS:
        head = head.removeprefix(mark)
    if data.startswith(MARKS[1:]):
        head = head.replace(b"\x00", b"")
    return bool(_PAGE.match(head)) or (head.lstrip()[:1] == b"<" and len(_TAGS.findall(head)) >= 3)


def source(data: bytes, name: str) -> Source:
    """Return the main content of the web page ``data`` as lines: headings, paragraphs, list items, table rows.

    Navigation, headers and footers, forms, sharing, cookie notices and hidden parts are left out. Raises
    ``InputRefused`` for a file called ``name`` that is empty, too large, binary or without words.
    """
    root, guessed = _parsed(data, name)
    stated = {"language": root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""}
    walk = _Walk(root)
    found = source_of(walk.paras(), name)
    return replace(found, guessed=guessed, metadata=stated, set_aside=tuple(walk.aside))


def shown_words(data: bytes, name: str) -> str:
    """Return all words of the web page ``data`` that a browser shows. Raises ``InputRefused`` as ``source``."""
    return one_line(_shown(_parsed(data, name)[0]))


def _parsed(data: bytes, name: str) -> tuple[etree._Element, str]:
    """Return the tree of a web page, and its encoding where that was guessed."""
    text, guessed = page_text(data, name)
    if text.count("<") > MOST_MARKS:
        raise InputRefused(name_of(name), "this web page has more than 500,000 tags", "save its text as .txt")
    if any(len(tag.group().split()) > MOST_ATTRIBUTES for tag in _CROWDED.finditer(text)):
        what = f"this web page has a tag with more than {MOST_ATTRIBUTES:,} attributes"
        raise InputRefused(name_of(name), what, "save its text as .txt")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputRefused(name_of(name), "this web page cannot be parsed", "save its text as .txt") from error
    if root is None:
        raise InputRefused(name_of(name), "the file holds no words", "give a file that holds the text")
    return root, guessed


def _name(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


class _Walk:
    """Two passes over the tree, neither recursive: bottom-up for text weights, top-down for the text."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.order = list(root.iter())
        self.total: dict[etree._Element, int] = {}
        self.linked: dict[etree._Element, int] = {}
        self._weigh()
        self.all = max(1, self.total.get(root, 0))
        self.out: list[Para] = []
        self.rows: list[list[list[Para]]] = []
        self.lists: list[tuple[str, int, int] | None] = []
        self.buffer: list[str] = []
        self.pending: tuple[str, str] | None = None
        self.heading = 0
        self.notes = 0
        self.pre = 0
        self.titled = False
        self.aside: list[SetAside] = []

    def _weigh(self) -> None:
        for one in reversed(self.order):
            tag = _name(one)
            if tag in _SILENT or tag in _UNSHOWN or not tag:
                self.total[one] = self.linked[one] = 0
                continue
            length = len((one.text or "").strip()) + sum(self.total[c] + len((c.tail or "").strip()) for c in one)
            self.total[one] = length
            self.linked[one] = length if tag == "a" else sum(self.linked[c] for c in one)

    def paras(self) -> list[Para]:
        """Return the paragraphs of the main text, the title of the page first."""
        main = self._main()
        self._outside(main)
        self._down(main)
        for frame in (one for one in self.order if _name(one) == "iframe" and one.get("srcdoc")):
            self._leave(AsideKind.EMBEDDED, _framed(frame.get("srcdoc") or ""))
        title = next((one for one in self.order if _name(one) == "h1" and self.total[one]), None)
        if title is not None and not self.titled:
            below, self.out = self.out, []
            self._down(title)
            self.out += below
        return self.out

    def _outside(self, main: etree._Element) -> None:
        """Set aside what the page prints around its main content."""
        at: etree._Element | None = main
        while at is not None and (above := at.getparent()) is not None:
            self._leave(AsideKind.NAVIGATION, above.text or "")
            for one in above:
                if one is not at:
                    self._leave(self._kind(one), _shown(one))
                self._leave(AsideKind.NAVIGATION, one.tail or "")
            at = above

    def _leave(self, kind: AsideKind, words: str) -> None:
        if words := one_line(words):
            self.aside.append(SetAside(kind, words))

    def _kind(self, one: etree._Element) -> AsideKind:
        """Return what an element is that is left out."""
        if _name(one) in _UNSHOWN or "hidden" in one.attrib or _HIDDEN.search(one.get("style") or ""):
            return AsideKind.HIDDEN
        if _name(one) in {"sup", "a"} and _is_mark(one):
            return AsideKind.NOTE_MARK
        if _name(one) in _RUBY:
            return AsideKind.RUBY
        return AsideKind.FIGURE if _name(one) in _FIGURES else AsideKind.NAVIGATION

    def _main(self) -> etree._Element:
        for one in self.order:
            if (_name(one) == "main" or one.get("role") == "main") and self.total[one] >= 0.4 * self.all:
                return one
        at, going = self.root, True
        while going:
            plain = self._plain(at)
            best = max((c for c in at if _name(c) in _HOLDERS), key=self._plain, default=None)
            going = best is not None and not self._dropped(best) and self._plain(best) >= 0.9 * max(1, plain)
            at = best if going and best is not None else at
        return at

    def _plain(self, one: etree._Element) -> int:
        return self.total[one] - self.linked[one]

    def _dropped(self, one: etree._Element) -> bool:
        tag = _name(one)
        if self._noted(one):
            return False
        if not tag or "hidden" in one.attrib or _HIDDEN.search(one.get("style") or "") or _skips(one):
            return True
        large = self.total[one] > 0.4 * self.all
        if tag in _DROPPED and not (large and tag in _MAY_HOLD_ALL):
            return True
        if tag in {"sup", "a"} and _is_mark(one):
            return True
        if large or tag in {"body", "html", "main", "article", "h1"}:
            return False
        called = f"{one.get('class') or ''} {one.get('id') or ''} {one.get('role') or ''}"
        menu = tag in {"ul", "div", "ol"} and self.total[one] > 20 and self.linked[one] > 0.8 * self.total[one]
        return bool(_CALLED.search(called[:500])) or menu or one.get("aria-hidden") == "true"

    def _noted(self, one: etree._Element) -> bool:
        """Return whether an element contains footnotes or endnotes, and less than most of the page."""
        if _name(one) not in _MAY_BE_NOTES or self.total[one] > 0.4 * self.all:
            return False
        called = f"{one.get('class') or ''} {one.get('id') or ''} {one.get('role') or ''}"
        return bool(_NOTED.search(called[:500]))

    def _down(self, top: etree._Element) -> None:
        walk = etree.iterwalk(top, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, one in walk:
            if event == "start":
                if one is not top and self._dropped(one):
                    self._leave(self._kind(one), _shown(one))
                    walk.skip_subtree()
                    skipped = one
                    continue
                self._start(one)
                self.buffer.append(one.text or "")
            else:
                if one is skipped:
                    skipped = None
                else:
                    self._end(one)
                if one is not top:
                    self.buffer.append(one.tail or "")
        self._flush()

    def _start(self, one: etree._Element) -> None:
        tag = _name(one)
        if tag in _BLOCKS:
            self._flush()
        self.notes += self._noted(one)
        if tag in {"ol", "ul"}:
            self.lists.append(_list_of(one))
        elif tag == "li":
            self._item(one)
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append([])
        elif tag == "br":
            self._break(one)
        elif tag == "pre":
            self.pre += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.heading = int(tag[1])
            self.titled = self.titled or tag == "h1"

    def _end(self, one: etree._Element) -> None:
        tag = _name(one)
        if tag in _BLOCKS:
            self._flush()
        self.notes -= self._noted(one)
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.pending = None
        elif tag == "tr" and self.rows:
            for para in row_of(self.rows.pop()):
                self._emit(para)
        elif tag == "pre":
            self.pre -= 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.heading = 0

    def _item(self, one: etree._Element) -> None:
        current = self.lists[-1] if self.lists else None
        if current is None:
            self.pending = ("bullet", "•")
            return
        form, at, step = current
        value = one.get("value") or ""
        at = int(value) if re.fullmatch(r"-?[0-9]{1,6}", value) else at
        self.lists[-1] = (form, at + step, step)
        self.pending = ("whole", number(at, form) + ".")

    def _break(self, one: etree._Element) -> None:
        """Treat a line break as a space; two in a row, or one before a printed number, end the paragraph."""
        before = "".join(self.buffer[-3:]).rstrip()
        marker = marker_of((one.tail or "")[:40].lstrip())
        doubled = one.getprevious() is not None and _name(one.getprevious()) == "br"  # type: ignore[arg-type]
        doubled = doubled and not (one.getprevious().tail or "").strip()  # type: ignore[union-attr]
        if doubled or (marker is not None and before[-1:] in set(".;:,")):
            self._flush()
        self.buffer.append("\n" if self.pre else " ")

    def _flush(self) -> None:
        raw = "".join(self.buffer)
        self.buffer.clear()
        for part in raw.split("\n") if self.pre else (raw,):
            if words := one_line(part):
                self._emit(self._para(words))

    def _para(self, words: str) -> Para:
        hint, mark = self.pending or ("whole", "")
        self.pending = None
        if mark and marker_of(words) is None:
            words = f"{mark} {words}"
        elif mark:
            hint = "whole"
        if self.notes:
            return Para(words, "note")
        if self.heading:
            return Para(words, "heading", self.heading)
        return Para(words, hint, max(0, len(self.lists) - 1) if hint == "bullet" else 0)

    def _emit(self, para: Para) -> None:
        (self.rows[-1][-1] if self.rows and self.rows[-1] else self.out).append(para)


def _shown(one: etree._Element) -> str:
    """Return the words below an element, without those of scripts and styles; a comment has none."""
    if not _name(one) or _name(one) in _SILENT:
        return ""
    return " ".join(str(part) for part in one.xpath(_SHOWN))  # type: ignore[union-attr]


def _framed(page: str) -> str:
    """Return the words of a page that another one holds in a frame."""
    try:
        root = etree.HTML(page, etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError):
        return ""
    return _shown(root) if root is not None else ""


def _is_mark(one: etree._Element) -> bool:
    """Return whether an element is a footnote reference or its backlink."""
    words = "".join(map(str, one.itertext())).strip()
    if _name(one) == "sup":
        return bool(_NOTE.fullmatch(words)) and one.find(".//a") is not None
    raised = (
        one.find(".//sup") is not None
        or "noteref" in (one.get("role") or "")
        or "footnote-ref" in (one.get("class") or "")
    )
    return words in _BACK or bool(raised and (one.get("href") or "").startswith("#") and _NOTE.fullmatch(words))


def _skips(one: etree._Element) -> bool:
    """Return whether an element leads past the navigation: its heading, or a list of nothing but places of the page."""
    if _name(one) in {"h1", "h2", "h3"}:
        return bool(_SKIPPING.fullmatch(_text(one)) or _SKIP_CLASS.search((one.get("class") or "")[:200]))
    if _name(one) not in {"ul", "ol"} or len(one) > 12:
        return False
    links = one.findall(".//a")
    linked = sum(len(_text(link)) for link in links)
    inside = all((link.get("href") or "").startswith("#") for link in links)
    alone = linked >= len(_text(one).replace(" ", ""))
    return bool(links) and inside and alone and all(_LEADS.match(_text(link)) for link in links)


def _text(one: etree._Element) -> str:
    return one_line("".join(map(str, one.itertext())))


def _list_of(one: etree._Element) -> tuple[str, int, int] | None:
    """Return the number format, first number and step of an ordered list, or ``None`` for an unordered one."""
    if _name(one) == "ul":
        return None
    form = _FORMS.get(one.get("type") or "", "decimal")
    if styled := _STYLED.search((one.get("style") or "")[:500]):
        form = styled.group(1).lower() + ("Roman" if styled.group(2).lower() == "roman" else "Letter")
    reverse = "reversed" in one.attrib
    items = sum(_name(child) == "li" for child in one)
    start = one.get("start") or ""
    first = int(start) if re.fullmatch(r"-?[0-9]{1,6}", start) else (items if reverse else 1)
    return form, first, -1 if reverse else 1
