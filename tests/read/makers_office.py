"""Makes Word files and web pages of our own writing for the tests that read them."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP container that holds ``parts``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in parts.items():
            file.writestr(name, words)
    return out.getvalue()


def word(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Return a Word file of hand-made parts."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    return package(parts)


def para(words: str, num: int | None = None, level: int = 0, style: str = "") -> str:
    """Return a paragraph, numbered by list ``num`` at ``level`` or by its ``style``."""
    props = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        props += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return f'<w:p><w:pPr>{props}</w:pPr><w:r><w:t xml:space="preserve">{html.escape(words)}</w:t></w:r></w:p>'


def level(depth: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """Return one level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(levels: str, nums: Iterable[str] = ("",)) -> str:
    """Return one abstract list and the lists made from it, numbered from 1, each with its overrides."""
    made = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/>{change}</w:num>' for at, change in enumerate(nums, start=1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{made}'


def page(body: str, head: str = '<meta charset="utf-8"><title>Isles Press</title>') -> str:
    """Return a web page with a site around ``body``."""
    return (
        f"<!DOCTYPE html><html><head>{head}<style>p {{}}</style></head><body><nav><ul><li><a href='/'>Home</a></li>"
        "<li><a href='/n'>News</a></li></ul></nav><div class='cookie-banner'>We like biscuits, accept?</div>"
        f"<div id='content'>{body}<div class='share-buttons'><a href='#'>Pass it on</a></div></div>"
        "<aside>Other stories of the week</aside><footer>Isles Press, 1 Quay Road</footer><script>var a;</script>"
        "</body></html>"
    )


def plain_as_page(text: str) -> bytes:
    """Return the blocks of plain ``text`` as a web page, the first as its title."""
    title, *rest = (" ".join(block.split()) for block in text.split("\n\n") if block.strip())
    paras = "".join(f"<p>{html.escape(one)}</p>\n" for one in rest)
    return page(f"<h1>{html.escape(title)}</h1>{paras}").encode()
