"""Printed numbers at the head of a block: which scheme they follow, and what they may follow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from followthrough.model.letters import from_letters, from_repeated_letter
from followthrough.read.structure.bullets import BULLETS, PRIVATE

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_UNITS = {"十": 10, "百": 100}
_HAN_SCHEMES = {"han": "arabic", "han_article": "arabic", "han_paren": "paren_num"}
"""Chinese numerals take the places of 1. and (1): 一、 and 第一条 number paragraphs, （一） numbers items."""
_ROMAN_SHAPE = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_MARKERS = re.compile(
    rf"""(?:
      (?P<op>(?:OP|PP)\s?\d{{1,3}}[a-z]?(?:bis|ter)?[.:)]?)
    | (?:(?:Section|Article|Chapter|Part|Pillar)\s+)(?P<word>\d{{1,3}}|[IVXLC]{{1,6}})(?:\s*[.:)–—-]|(?=\s*$))
    | (?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,3}})[.):]?(?=\s|$)
    | (?P<arabic>\d{{1,3}})[.)](?=\s|$)
    | (?P<bare>\d{{1,3}})(?=\s+[A-Z]{{2,}})
    | (?P<dash>\d{{1,3}})\s?[-–—](?=\s)
    | (?P<ROMAN>[IVX]{{1,6}})(?:[.)](?=\s|$)|$)
    | (?P<LETTER>[A-H])(?:[.)](?=\s|$)|$)
    | \((?P<paren_num>\d{{1,3}})\)
    | \((?P<paren>[a-z]{{1,4}}|[A-Z])\)
    | (?P<letter>[a-z])[.)](?=\s|$)
    | (?P<small_roman>[ivx]{{1,5}})[.)](?=\s|$)
    | (?:第(?P<han_article>[〇一二三四五六七八九十百\d]{{1,6}})[条條조章])
    | (?P<han>[一二三四五六七八九十百]{{1,5}})[、．]
    | （(?P<han_paren>[一二三四五六七八九十百]{{1,5}})）
    | (?P<bullet>[{re.escape(BULLETS)}])(?=\s)
    | (?P<private>[{PRIVATE}])
    )\s*""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed number: its ``scheme``, the ``label`` without its punctuation, its ``value`` in the scheme, and the
    ``width`` in characters that it takes with the blanks after it. ``value`` is 0 where there is no order (bullets)."""

    scheme: str
    label: str
    value: int
    width: int


def roman(label: str) -> int:
    """Return the value of a Roman numeral in either case, or 0 when ``label`` is none."""
    lower = label.lower()
    if not lower or not _ROMAN_SHAPE.match(lower):
        return 0
    values = [_ROMAN[char] for char in lower]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def han(label: str) -> int:
    """Return the value of a Chinese numeral below a thousand, such as 二十三, or of plain digits; 0 for none."""
    if label.isdecimal():
        return int(label)
    total = digit = 0
    for char in label:
        if char in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            digit = _HAN_DIGITS.find(char)
    return total + digit


def marker_of(line: str) -> Marker | None:
    """Return the marker at the head of ``line``, or ``None``; ``(i)`` is Roman until context says otherwise."""
    match = _MARKERS.match(line)
    if match is None or match.lastgroup is None:
        return None
    scheme, label, width = match.lastgroup, match.group(match.lastgroup), match.end()
    if scheme in {"bullet", "private"}:
        return Marker("bullet" + label, label, 0, width)
    if scheme == "dotted":
        return Marker("dotted", label, int(label.rsplit(".", 1)[1]), width)
    if scheme in {"arabic", "paren_num", "dash", "bare"}:
        return Marker("arabic" if scheme == "dash" else scheme, label, int(label), width)
    if scheme == "op":
        label = label.rstrip(".:)").replace(" ", "")
        return Marker(label[:2].lower(), label, int(re.sub(r"\D", "", label)), width)
    return _lettered(scheme, label, width)


def _lettered(scheme: str, label: str, width: int) -> Marker | None:
    if scheme in _HAN_SCHEMES:
        return Marker(_HAN_SCHEMES[scheme], label, han(label), width)
    if scheme == "word":
        return Marker("word", label, int(label) if label.isdigit() else roman(label), width)
    if scheme in {"ROMAN", "small_roman"}:
        return Marker(scheme, label, roman(label), width) if roman(label) else None
    if scheme == "paren" and roman(label) and label.islower():
        return Marker("paren_roman", label, roman(label), width)
    if len(label) > 1 and len(set(label)) > 1:
        return None
    return Marker({"paren": "paren_alpha"}.get(scheme, scheme), label, from_repeated_letter(label), width)


def as_alpha(marker: Marker) -> Marker:
    """Return a Roman ``(i)``, ``(v)`` or ``(x)`` read as the letter it also is."""
    if marker.scheme in {"ROMAN", "LETTER"}:
        return Marker("LETTER", marker.label, from_letters(marker.label[0]), marker.width)
    return Marker("paren_alpha", marker.label, from_letters(marker.label[0]), marker.width)
