"""A chart of a page as a picture to take away: one SVG file with its title, its key and its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from followthrough.web.kit.stylesheet import STYLES
from followthrough.web.kit.wording import day

SHEETS = ("payments", "trends", "small_multiples", "coverage_bar")
"""The files in ``styles/components`` with the looks of what charts draw."""
WIDTH, MARGIN, HEAD, CAPTION, LINE, GAP = 940, 20, 52, 18, 18, 20
"""Pixels: the whole width, its margin, what the title takes, a caption over a panel, a line of words, and between."""
THEMES = ("auto", "light", "dark")
"""Automatic is light or dark as the reader's system is."""
_PAIR = re.compile(r"light-dark\(([^,()]++),([^()]*+)\)")
_COMMENT = re.compile(r"/\*[^*]*\*/")
_USED = re.compile(r"var\((--[a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing as a page holds it, an ``svg`` element with a view box, and the words over it."""

    caption: str
    svg: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: its title, its drawings, what their marks mean, a name for its file, and the page's path."""

    title: str
    drawn: Sequence[Drawn]
    key: Sequence[str]
    stem: str
    page: str


def picture_answer(one: Picture, request: HttpRequest) -> HttpResponse:
    """Answer with the picture as a file to save."""
    answer = HttpResponse(picture_of(one, request), content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{one.stem}.svg"'
    return answer


def picture_of(one: Picture, request: HttpRequest, theme: str = "light") -> str:
    """Return the picture as a file in a theme of ``THEMES``; the address of its page and the day stand below it."""
    return picture(one.title, one.drawn, one.key, source_of(one, request), theme)


def source_of(one: Picture, request: HttpRequest) -> str:
    """Say where a picture is from, and as of which day."""
    today = day(timezone.localdate().isoformat())
    return _("Followthrough, as of %(day)s, %(url)s") % {"day": today, "url": request.build_absolute_uri(one.page)}


def picture(title: str, drawn: Sequence[Drawn], key: Sequence[str], source: str, theme: str = "light") -> str:
    """Return the text of the file; drawings that are narrow stand side by side."""
    placed, below = _placed(drawn)
    words = [(below + LINE * at, line) for at, line in enumerate([*key, source], start=1)]
    context = {
        "title": title, "placed": placed, "words": words, "width": WIDTH, "margin": MARGIN,
        "height": below + LINE * (len(words) + 1), "style": _themed(theme), "symbols": _symbols(),
    }  # fmt: skip
    return render_to_string("kit/picture.svg", context)


def figure(svg: str, width: int, height: int) -> str:
    """Return one drawing of a page as a file of its own, to stand in a paper that says the words around it."""
    head, _close, rest = svg.strip().partition(">")
    if "viewBox" not in head:
        head = f'{head} viewBox="0 0 {width} {height}"'
    attributes = mark_safe(head.partition(" ")[2])  # noqa: S308 - what a template of ours has drawn
    inside = mark_safe(rest)  # noqa: S308 - likewise
    looks = {"style": _themed("light"), "symbols": _symbols()}
    context = {"width": width, "height": height, "attributes": attributes, "rest": inside, **looks}
    return render_to_string("kit/figure.svg", context)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A drawing in its place, with the class whose looks it takes from a frame around it, if any."""

    caption: str
    x: int
    y: int
    looks: str
    svg: SafeString


def _placed(drawn: Sequence[Drawn]) -> tuple[list[_Placed], int]:
    """Return the drawings in their places, and how far down they reach."""
    found, x, y, row = [], MARGIN, HEAD, 0
    for one in drawn:
        head, rest = one.svg.split(' viewBox="0 0 ', 1)
        size, rest = rest.split('"', 1)
        wide, high = (int(part) for part in size.split())
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y, row = MARGIN, y + row + GAP, 0
        place = f'x="{x}" y="{y + CAPTION}" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
        svg = mark_safe(f"{head} {place}{rest}")  # noqa: S308 - what a template of ours has drawn
        found.append(_Placed(one.caption, x, y, "" if "class=" in head else "panel", svg))
        x, row = x + wide + GAP, max(row, high + CAPTION)
    return found, y + row + GAP


@cache
def _themed(theme: str) -> SafeString:
    """Return the looks of charts for a theme of ``THEMES``."""
    if theme != "auto":
        return _style(theme)
    dark = f"{_style('light')}@media (prefers-color-scheme:dark){{{_style('dark')}}}"
    return mark_safe(dark)  # noqa: S308 - our own stylesheet


@cache
def _style(theme: str) -> SafeString:
    """Return the looks of charts with the value of every token in its place, which every program understands."""
    value_of = r"\2" if theme == "dark" else r"\1"
    said = [part.partition(": ") for part in _COMMENT.sub("", (STYLES / "tokens.css").read_text("utf-8")).split(";")]
    tokens = {before.split()[-1]: _PAIR.sub(value_of, value) for before, _colon, value in said if value}
    sheets = [(STYLES / "components" / f"{name}.css").read_text("utf-8") for name in SHEETS]
    css = "\n".join(sheet[sheet.index("{") + 1 : sheet.rindex("}")] for sheet in sheets)
    own = "text{font-family:sans-serif;fill:var(--ink)}.title{font-size:20px;font-weight:600}.paper{fill:var(--card)}"
    own += ".small{font-size:12px;fill:var(--ink-2)}.caption{font-size:12px;font-weight:600}"
    own += ".thread{stroke:var(--line-2);stroke-width:2}.loose{stroke-dasharray:4 4}.knot{fill:var(--line-2)}"
    own += ".knot.here{fill:var(--accent)}"
    css = f"{own}{css}"
    while _USED.search(css):
        css = _USED.sub(lambda found: tokens.get(found[1], "inherit"), css)
    whole = " ".join(css.split())
    return mark_safe(whole.replace("<", ""))  # noqa: S308 - our own stylesheet


@cache
def _symbols() -> SafeString:
    """Return the symbols that charts use, without the element that hides them on a page."""
    sprite = render_to_string("_components/sprite.html")
    return mark_safe(sprite[sprite.index(">") + 1 : sprite.rindex("</svg>")])  # noqa: S308 - a template of ours
