"""Hyphens at the ends of lines: those of a word broken there go, those of a compound stay."""

from __future__ import annotations

import re
from collections import Counter

from followthrough.read.pdf.page import CELL, IN_CELL, Row

_TIED = re.compile(r"[^\s/]/$|\w—$|\d–$")  # "A/RES/" and "70/1" are one name, "2031–" and "2035" one span
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COMPOUND = re.compile(
    r"(?:all|co|cross|decision|ex|follow|full|half|high|land|large|long|low|mid|multi|non|post|pre|self|short|so|third"
    r"|two|well|win)$"
)


_LEADS = re.compile(r"(?:sub|micro|macro|semi|anti|socio|agro|hydro|vice|quasi|pan|intra|ultra)$")
"""First parts of compounds that stand before a word of the same text; what they make of another is one word."""
_PREFIXES = frozenset({"inter", "over", "under", "with"})

_LITTLE = frozenset({"to", "of", "and", "in", "by", "the", "for", "up"})
_GROWN = frozenset({"mission", "missions", "title", "titles", "set", "sets", "way", "ways", "stance", "marine"})
"""Words that make another word with "sub" before them."""

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


def whole_words(rows: list[Row]) -> Counter[str]:
    """Return the frequency of each word that is not broken across rows, or across the lines of a cell."""
    words: Counter[str] = Counter()
    broken = False
    for row in rows:
        for line in row.text.replace(CELL, IN_CELL).split(IN_CELL):
            found = [word.casefold() for word in _WORD.findall(line)]
            goes_over = line.endswith("-")
            words.update(found[1 if broken else 0 : -1 if goes_over else None])
            broken = goes_over
    return words


def joined(rows: list[str], words: Counter[str]) -> str:
    text = rows[0]
    for row in rows[1:]:
        if _TIED.search(text) and row[0].isalnum():
            text += row
        elif not text.endswith("-") or text[-2:-1] in " -" or not row[0].isalnum():
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
    if not left or _is_strung(compound, right, row):
        return False
    if words[left + right]:
        return True
    if _LEADS.match(left) and words[right] and right not in _GROWN:
        return False
    if words[f"{left}-{right}"] or _COMPOUND.match(left) or right in _SECONDS:
        return False
    if right.endswith(_ENDINGS) and not words[right]:
        return True
    return not (words[left] and len(left) > 3 and left not in _PREFIXES and (words[right] or len(right) > 6))


def _is_strung(compound: str, right: str, row: str) -> bool:
    """Return whether words are strung at the break: "people-to-" and "people", or "joint-statement-from-" and "g7"."""
    before, _, left = compound.rpartition("-")
    if compound.count("-") + row.split(" ", 1)[0].count("-") > 1:
        return True
    return bool(before and left in _LITTLE) or (right.split("-", 1)[0] in _LITTLE and "-" in row.split(" ", 1)[0])
