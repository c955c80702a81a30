"""Words of pages as a paper prints them: sentences without their markup, dates, sources, amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from html import unescape

from django.utils.html import strip_tags

from followthrough.report.record import Origin
from followthrough.web.agreements.sources import SourceRow
from followthrough.web.kit.wording import day, money


def sentence(said: object) -> str:
    """Return a sentence of a page without its markup."""
    return " ".join(unescape(strip_tags(str(said))).split())


def origin(source: SourceRow) -> Origin:
    """Return a source as a paper lists it."""
    return Origin(source.publisher, day(source.published) if source.published else "", source.title, source.url)


def amounts(known: Iterable[tuple[str, Decimal | None]]) -> str:
    """Return amounts added up, each currency by itself."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in known:
        if amount is not None:
            totals[currency] += amount
    return "; ".join(f"{currency} {money(amount)}".strip() for currency, amount in sorted(totals.items()))


def period(start: str, end: str) -> str:
    """Return two dates as one: from when to when, as far as they are known."""
    return " – ".join(dict.fromkeys(day(one) for one in (start, end) if one))
