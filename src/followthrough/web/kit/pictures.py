"""A chart of a page as a picture to take away: one SVG file with its title, its key and its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from followthrough.web.kit.stylesheet import STYLES
from followthrough.web.kit.wording import day

SHEETS = ("payments", "trends", "small_multiples")
"""The files in ``styles/components`` with the looks of what charts draw."""
WIDTH, MARGIN, HEAD, CAPTION, LINE, GAP = 940, 20, 52, 18, 18, 20
"""Pixels: the whole width, its margin, what the title takes, a caption over a panel, a line of words, and between."""
_TOKEN = re.compile(r"(--[a-z0-9-]+):\s*([^;]+);")
_LIGHT = re.compile(r"light-dark\(([^,()]+),[^()]*\)")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing as a page holds it, an ``svg`` element with a view box, and the words over it."""

    caption: str
    svg: str


def picture_answer(
    title: str, drawn: Sequence[Drawn], key: Sequence[str], request: HttpRequest, stem: str
) -> HttpResponse:
    """Answer with ``drawn`` as one file: ``key`` says what its marks mean; its address and the day stand below it."""
    today = day(timezone.localdate().isoformat())
    named = {"day": today, "url": request.build_absolute_uri().replace(".svg", "", 1)}
    body = picture(title, drawn, key, _("Followthrough, as of %(day)s, %(url)s") % named).encode()
    headers = {"Content-Disposition": f'attachment; filename="{stem}.svg"'}
    return HttpResponse(body, content_type="image/svg+xml; charset=utf-8", headers=headers)


def picture(title: str, drawn: Sequence[Drawn], key: Sequence[str], source: str) -> str:
    """Return the text of the file; drawings that are narrow stand side by side."""
    placed, below = _placed(drawn)
    words = [
        f'<text x="{MARGIN}" y="{below + LINE * (at + 1)}" class="small">{escape(line)}</text>'
        for at, line in enumerate([*key, source])
    ]
    height = below + LINE * (len(words) + 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"<title>{escape(title)}</title><style>{_style()}</style><defs>{_symbols()}</defs>"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<text x="{MARGIN}" y="34" class="title">{escape(title)}</text>{"".join(placed)}{"".join(words)}</svg>\n'
    )


def _placed(drawn: Sequence[Drawn]) -> tuple[list[str], int]:
    """Return the drawings in their places, and how far down they reach."""
    found, x, y, row = [], MARGIN, HEAD, 0
    for one in drawn:
        head, rest = one.svg.split(' viewBox="0 0 ', 1)
        size, rest = rest.split('"', 1)
        wide, high = (int(part) for part in size.split())
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y, row = MARGIN, y + row + GAP, 0
        caption = f'<text x="{x}" y="{y + 12}" class="caption">{escape(one.caption)}</text>' if one.caption else ""
        place = f'x="{x}" y="{y + CAPTION}" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
        found.append(f'{caption}<g class="panel">{head} {place}{rest}</g>')
        x, row = x + wide + GAP, max(row, high + CAPTION)
    return found, y + row + GAP


@cache
def _style() -> str:
    """Return the looks of charts with the light value of every token in its place, which every program understands."""
    named = _TOKEN.findall((STYLES / "tokens.css").read_text("utf-8"))
    tokens = {name: _LIGHT.sub(r"\1", value) for name, value in named}
    sheets = [(STYLES / "components" / f"{name}.css").read_text("utf-8") for name in SHEETS]
    css = "\n".join(sheet[sheet.index("{") + 1 : sheet.rindex("}")] for sheet in sheets)
    while _USED.search(css):
        css = _USED.sub(lambda found: tokens.get(found[1], "inherit"), css)
    own = "text{font-family:sans-serif}.title{font-size:20px;font-weight:600}.small{font-size:12px;fill:#525a63}"
    return " ".join(f"{own}.caption{{font-size:12px;font-weight:600}}{css}".split()).replace("<", "")


@cache
def _symbols() -> str:
    """Return the symbols that charts use, without the element that hides them on a page."""
    sprite = render_to_string("_components/sprite.html")
    return sprite[sprite.index(">") + 1 : sprite.rindex("</svg>")]
