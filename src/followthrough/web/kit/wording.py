"""Words and dates as every page writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import ngettext

from followthrough.packs.cells import plain as decimal_text
from followthrough.packs.currencies import CURRENCIES
from followthrough.web.kit import locales

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ARTICLE = re.compile(
    r"(United|Republic|Kingdom|Union|Federation|Commonwealth|Philippines|Netherlands|Gambia|.*People's)\b"
)
LIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—−－", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
        "đ": "d", "Đ": "d", "ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe",
        "Œ": "oe", "ħ": "h", "Ħ": "h",
    }
)  # fmt: skip
"""Letters and signs that a reader types as another, and that Unicode does not take apart; marks that nobody sees."""
COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")


def day(date: str) -> str:
    """Return a date as far as it is known: ``26 Nov 2019``, ``Nov 2019`` or ``2019``; anything else as it stands."""
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return date
    try:
        return locales.partial_date([int(part) for part in parts])
    except ValueError:
        return date


def ngettext_noop(singular: str, plural: str) -> tuple[str, str]:
    """Name a noun for the catalogues of messages, and return it as it is."""
    return singular, plural


NOUNS = dict(
    [
        ngettext_noop("activity", "activities"),
        ngettext_noop("body", "bodies"),
        ngettext_noop("catalogue", "catalogues"),
        ngettext_noop("evidence item rests", "evidence items rest"),
        ngettext_noop("code", "codes"),
        ngettext_noop("coder", "coders"),
        ngettext_noop("commitment", "commitments"),
        ngettext_noop("day", "days"),
        ngettext_noop("draft", "drafts"),
        ngettext_noop("document", "documents"),
        ngettext_noop("edge", "edges"),
        ngettext_noop("evidence item", "evidence items"),
        ngettext_noop("figure", "figures"),
        ngettext_noop("government", "governments"),
        ngettext_noop("hour", "hours"),
        ngettext_noop("indicator", "indicators"),
        ngettext_noop("instrument", "instruments"),
        ngettext_noop("instrument named", "instruments named"),
        ngettext_noop("item", "items"),
        ngettext_noop("language", "languages"),
        ngettext_noop("link", "links"),
        ngettext_noop("meeting", "meetings"),
        ngettext_noop("member state", "member states"),
        ngettext_noop("month", "months"),
        ngettext_noop("more agreement", "more agreements"),
        ngettext_noop("other document", "other documents"),
        ngettext_noop("paragraph", "paragraphs"),
        ngettext_noop("party", "parties"),
        ngettext_noop("place", "places"),
        ngettext_noop("project", "projects"),
        ngettext_noop("published catalogue", "published catalogues"),
        ngettext_noop("published round", "published rounds"),
        ngettext_noop("publisher", "publishers"),
        ngettext_noop("question", "questions"),
        ngettext_noop("rating", "ratings"),
        ngettext_noop("record", "records"),
        ngettext_noop("result", "results"),
        ngettext_noop("rule", "rules"),
        ngettext_noop("section", "sections"),
        ngettext_noop("series", "series"),
        ngettext_noop("source", "sources"),
        ngettext_noop("suggestion", "suggestions"),
        ngettext_noop("target", "targets"),
        ngettext_noop("text", "texts"),
        ngettext_noop("time", "times"),
        ngettext_noop("treaty action", "treaty actions"),
        ngettext_noop("unit", "units"),
        ngettext_noop("word", "words"),
        ngettext_noop("year", "years"),
    ]
)
"""Every noun that a page counts, with its plural: a word that is not here is a mistake; no plural is made by rule."""


def many(noun: str) -> str:
    """Return the plural of a noun of ``NOUNS``. Raises ``KeyError`` for any other."""
    return ngettext(noun, NOUNS[noun], 2)


def noun_for(count: int, noun: str) -> str:
    """Return a noun of ``NOUNS`` in the number that ``count`` asks for, by the rules of the page's language."""
    return ngettext(noun, NOUNS[noun], count)


def plural(count: int, noun: str) -> str:
    """Return ``1 paragraph`` or ``25 paragraphs``. Raises ``KeyError`` for a noun that is not among ``NOUNS``."""
    return f"{count:,} {noun_for(count, noun)}"


NUMBER = re.compile(r"([<>~]?\s*)(-?)(\d+)(?:\.(\d+))?")


def grouped(value: object) -> str:
    """Write a number as every page does: thousands apart, no trailing zeros, nothing rounded; other words as they are.

    A mark of a censored value (``<2.5``) is kept.
    """
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        return text
    mark, sign, whole, rest = found.groups()
    tail = (rest or "").rstrip("0")
    return f"{mark}{sign}{int(whole):,}{'.' if tail else ''}{tail}"


def measured(value: object, unit: str) -> str:
    """Write a value with its unit: ``9.78 million persons``, and a currency before its number: ``USD 150 billion``."""
    first, _, rest = unit.partition(" ")
    if first in CURRENCIES:
        return " ".join(part for part in (first, grouped(value), rest) if part)
    return f"{grouped(value)} {unit}".strip()


def brief(value: str) -> str:
    """Write a number for the eye: no decimal from a hundred on, one from ten on, two below; the table has it whole."""
    found = NUMBER.fullmatch(value.strip())
    if found is None:
        return value
    mark, sign, whole, rest = found.groups()
    digits = 0 if len(whole) > 2 else 1 if len(whole) > 1 else 2
    return grouped(f"{mark}{sign}{round(Decimal(f'{whole}.{rest or 0}'), digits)}")


def money(amount: Decimal) -> str:
    """Write an amount with its thousands apart; nothing is rounded."""
    whole, point, rest = decimal_text(amount).partition(".")
    return f"{int(whole):,}{point}{rest}"


def number_word(count: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def listing(items: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return locales.conjunction(items)


def with_article(name: str) -> str:
    """Return a state's name as an English sentence needs it: ``the Republic of Malta``; in other languages the name."""
    return f"the {name}" if ARTICLE.match(name) and locales.is_english() else name


def capital(text: str) -> str:
    """Return ``text`` with its first letter as a capital and the others as they are."""
    return text[:1].upper() + text[1:]


def plain(word: str) -> str:
    """Return a name from the data as words: ``plan_of_action`` is a plan of action, ``unfavourable`` is adverse."""
    return {"unfavourable": "adverse", "favourable": "supports"}.get(word) or word.replace("_", " ")


def fold(text: str) -> str:
    """Return ``text`` without case and accents, and with plain quotation marks and hyphens. Hangul stays whole."""
    if text.isascii():
        return text.lower()
    bare = COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(LIKE)))
    return unicodedata.normalize("NFC", bare).casefold()
