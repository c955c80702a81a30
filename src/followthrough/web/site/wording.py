"""Words and dates as every page writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ARTICLE = re.compile(
    r"(United|Republic|Kingdom|Union|Federation|Commonwealth|Philippines|Netherlands|Gambia|.*People's)\b"
)
COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")


def day(date: str) -> str:
    """Return a date as far as it is known: ``26 Nov 2019``, ``Nov 2019`` or ``2019``; anything else as it stands."""
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return date
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if not 1 <= month <= 12:
        return date
    named = f"{MONTHS[month - 1]} {parts[0]}"
    return f"{int(parts[2])} {named}" if len(parts) == 3 else named


def plural(count: int, word: str, many: str = "") -> str:
    """Return ``1 paragraph`` or ``25 paragraphs``."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def number_word(count: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def listing(items: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def with_article(name: str) -> str:
    """Return a state's name as a sentence needs it: ``the Republic of Korea``, ``Thailand``."""
    return f"the {name}" if ARTICLE.match(name) else name


def capital(text: str) -> str:
    """Return ``text`` with its first letter as a capital and the others as they are."""
    return text[:1].upper() + text[1:]


def plain(word: str) -> str:
    """Return a name from the data as words: ``plan_of_action`` is a plan of action."""
    return word.replace("_", " ")


def fold(text: str) -> str:
    """Return ``text`` without case and accents, as the search compares it. Hangul stays whole syllables."""
    if text.isascii():
        return text.lower()
    bare = COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", bare).casefold()
