"""The rules of the IATI standard that a schema cannot say: what an activity that the schema accepts has against it.

They follow the standard's ruleset for 2.03. Publishers break them often, and the registry takes such activities; so do
we, with a remark for each rule that is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from followthrough.sources.iati.records import IatiActivity
from followthrough.sources.iati.schema import activity_schema

_FORBIDDEN = frozenset("/&|?")
_ORDERS = (("1", "3", "planned"), ("2", "4", "actual"))
_PASTS = (("2", "start"), ("4", "end"))


def _day(path: str) -> str:
    """Return a day as a number, for XPath 1.0 compares no strings; one with a time zone is none, and not compared."""
    return f"translate({path}, '-', '')"


_ENDS_BEFORE = f"[{_day('period-start/@iso-date')} > {_day('period-end/@iso-date')}]"
_SHARES = ("recipient-country/@percentage", "recipient-region/@percentage")
_WHOLE = f"round((sum({_SHARES[0]}) + sum({_SHARES[1]})) * 1000000) = 100000000"
_DOUBT = " or ".join(
    (
        "not(activity-date[@type = '1' or @type = '2'])",
        "not(sector or transaction/sector)",
        "participating-org[not(normalize-space(@ref))][not(narrative[normalize-space()])]",
        *(
            f"{_day(f'activity-date[@type = {first}]/@iso-date')} > {_day(f'activity-date[@type = {last}]/@iso-date')}"
            for first, last, _ in _ORDERS
        ),
        f"not({_WHOLE}) and ({' or '.join(_SHARES)})",
        *(f"{path}{_ENDS_BEFORE}" for path in ("budget", "planned-disbursement", "result/indicator/period")),
        f"activity-date[@type = '2' or @type = '4'][{_day('@iso-date')} > $today]",
    )
)
"""True of every activity that breaks a rule which the strict schema cannot say: asked in a tenth of a record's time."""


class Doubt:
    """Says whether an activity may break a rule; only then ``remarks`` has to look at its record."""

    def __init__(self, today: str) -> None:
        self.strict = activity_schema(today)
        self.asks = etree.XPath(f"boolean({_DOUBT})", regexp=False, smart_strings=False)
        self.today = int(today.replace("-", ""))

    def __call__(self, root: etree._Element) -> bool:
        """Return whether the activity in ``root`` may break the schema or a rule."""
        return not self.strict.validate(root) or bool(self.asks(root[0], today=self.today))


def remarks(record: IatiActivity, today: str) -> tuple[str, ...]:
    """Return a sentence for each rule that an activity breaks; ``today`` is a day such as 2026-11-26."""
    return (
        *_missing(record),
        *_dates(record, today),
        *_refs(record),
        *_shares(record),
        *_periods(record),
        *_results(record),
        *_transactions(record, today),
    )


def _missing(record: IatiActivity) -> Iterator[str]:
    if not any(one.type in ("1", "2") for one in record.dates):
        yield "has no planned and no actual start"
    if not record.sectors and not any(one.sectors for one in record.transactions):
        yield "names no sector, and none of its transactions does"
    if any(not one.ref and not one.name for one in record.participating):
        yield "has a participating organisation without reference and name"


def _dates(record: IatiActivity, today: str) -> Iterator[str]:
    days = {one.type: one.day for one in reversed(record.dates)}
    for first, last, which in _ORDERS:
        if _before(days.get(last, ""), days.get(first, "")):
            yield f"its {which} end {days[last]} is before its {which} start {days[first]}"
    for kind, which in _PASTS:
        if late := next((one.day for one in record.dates if one.type == kind and _before(today, one.day)), ""):
            yield f"its actual {which} {late} lies ahead"


def _before(one: str, other: str) -> bool:
    """Say whether a day is before another; a day with a time zone is compared with none."""
    return len(one) == len(other) == len("2026-11-26") and one < other


def _refs(record: IatiActivity) -> Iterator[str]:
    held = {"its identifier": [record.identifier], "its publisher": [record.reporting.ref]}
    held["a participating organisation"] = [one.ref for one in record.participating]
    sides = [side for one in record.transactions for side in (one.provider, one.receiver) if side]
    held["an organisation of a transaction"] = [one.ref for one in sides]
    for what, refs in held.items():
        if odd := next((ref for ref in refs if not _FORBIDDEN.isdisjoint(ref)), None):
            yield f"the reference “{odd}” of {what} holds one of / & | ?"


def _shares(record: IatiActivity) -> Iterator[str]:
    given = [one.percentage for one in (*record.countries, *record.regions) if one.percentage is not None]
    if given and round(total := sum(given, Decimal(0)), 6) != 100:
        yield f"the shares of its countries and regions come to {total.normalize():f} per cent"


def _periods(record: IatiActivity) -> Iterator[str]:
    for what, several in (("budget", record.budgets), ("planned disbursement", record.planned)):
        if odd := next((one for one in several if _before(one.end, one.start)), None):
            yield f"a {what} ends on {odd.end}, before it begins on {odd.start}"


def _results(record: IatiActivity) -> Iterator[str]:
    if odd := next(((start, end) for start, end in record.odd_periods if _before(end, start)), None):
        start, end = odd
        yield f"a period of a result ends on {end}, before it begins on {start}"


def _transactions(record: IatiActivity, today: str) -> Iterator[str]:
    for what, days in (
        ("transaction", [one.day for one in record.transactions]),
        ("value of a transaction", [one.money.value_date for one in record.transactions]),
    ):
        if late := max((day for day in days if _before(today, day)), default=""):
            yield f"the date {late} of a {what} lies ahead"
