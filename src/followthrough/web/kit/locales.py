"""Dates, lists and names of languages in the language of the page, by the Unicode CLDR (docs/adr/0023)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django.utils.translation import get_language, to_locale

ENGLISH = "en"
_ENGLISH_PATTERNS = {1: "y", 2: "MMM y", 3: "d MMM y"}
"""Day before month, as international organisations write it, with the months of three letters that CLDR gives en-US."""
_SKELETONS = {1: "y", 2: "yMMM", 3: "yMMMd"}
_CLDR_CODES = {"tl": "fil"}
"""Codes of languages that CLDR keeps under another one."""


def is_english() -> bool:
    """Tell whether the page is in English, whose sentences need an article before some names."""
    return (get_language() or ENGLISH).partition("-")[0] == ENGLISH


def partial_date(parts: Sequence[int]) -> str:
    """Write a year, a year and month, or a day (one to three numbers) in the language of the page.

    English: ``26 Nov 2019``. Raises ``ValueError`` for a day that is not in the calendar.
    """
    return _partial_date(tuple(parts), get_language() or ENGLISH)


def conjunction(items: Sequence[str]) -> str:
    """Write a list as the language of the page does: ``a, b and c``."""
    return format_list(list(items), locale=_locale(get_language() or ENGLISH)) if items else ""


def language_name(code: str) -> str:
    """Return the name of a language (BCP 47 code) in the language of the page, or the code where CLDR has none."""
    name: str = _locale(get_language() or ENGLISH).languages.get(_CLDR_CODES.get(code, code), code)
    return name


@lru_cache(maxsize=4096)
def _partial_date(parts: tuple[int, ...], language: str) -> str:
    day = date(*parts, *[1] * (3 - len(parts)))
    locale = _locale(language)
    if locale.language == ENGLISH:
        return format_date(day, _ENGLISH_PATTERNS[len(parts)], locale=ENGLISH)
    return format_skeleton(_SKELETONS[len(parts)], day, locale=locale)


@cache
def _locale(language: str) -> Locale:
    """Return the locale of a language code of Django's; English as it is written outside the United States."""
    if language.partition("-")[0] == ENGLISH:
        return Locale(ENGLISH, "GB")
    try:
        return Locale.parse(to_locale(language))
    except UnknownLocaleError:
        return Locale.parse(language.partition("-")[0])


NAMED_IN = ("en", "ko", "th", "vi", "km", "lo", "my", "id", "ms")
"""Languages in which a state is found by its name."""


@cache
def state_names(code: str) -> dict[str, str]:
    """Return the name of a state (ISO 3166 code of three letters) by language; nothing for what is no state of CLDR."""
    held = get_global("territory_aliases").get(code.upper(), ())
    if len(held) != 1:
        return {}
    found = {language: _locale(language).territories.get(held[0], "") for language in NAMED_IN}
    return {language: name for language, name in found.items() if name}
