"""The money, partners and sectors of an activity in sentences: amounts as its one publisher reports them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from followthrough.sources.iati.records import Budget, IatiActivity, Money

MONEY = {
    "1": "incoming funds", "2": "commitments", "3": "disbursements", "4": "expenditure", "5": "interest payments",
    "6": "loan repayments", "7": "reimbursements", "8": "purchases of equity", "9": "sales of equity",
    "10": "credit guarantees", "11": "incoming commitments", "12": "outgoing pledges", "13": "incoming pledges",
}  # fmt: skip
ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}
STATUS = {
    "1": "pipeline",
    "2": "implementation",
    "3": "finalisation",
    "4": "closed",
    "5": "cancelled",
    "6": "suspended",
}
IMPLEMENTING = "4"


def whole_budget(record: IatiActivity) -> tuple[Decimal, str] | None:
    """Return the sum of an activity's own budgets and its currency, or nothing where they make no sum.

    A revised budget stands for the original one of its period. Budgets of several currencies, or of periods that
    overlap, are not added up.
    """
    revised = {(one.start, one.end) for one in record.budgets if one.type == "2"}
    held = [one for one in record.budgets if one.type == "2" or (one.start, one.end) not in revised]
    held.sort(key=attrgetter("start", "end"))
    currencies = {one.money.currency for one in held}
    apart = all(one.end < later.start for one, later in pairwise(held))
    total = sum((one.money.amount for one in held), Decimal(0))
    return (total, currencies.pop()) if len(currencies) == 1 and apart and total >= 0 else None


def told_money(record: IatiActivity) -> str:
    """Say the money of an activity, by what it is and its currency."""
    told = [*_budgets(record.budgets), *_transactions(record)]
    return f"Money as reported: {'; '.join(told)}." if told else ""


def _budgets(budgets: tuple[Budget, ...]) -> Iterator[str]:
    for currency, amounts in _by_currency(one.money for one in budgets).items():
        yield f"{currency} {sum(amounts, Decimal(0)):,f} in {_several(len(amounts), 'budget')}".lstrip()


def _transactions(record: IatiActivity) -> Iterator[str]:
    for kind, words in MONEY.items():
        held = [one.money for one in record.transactions if one.type == kind]
        for currency, amounts in _by_currency(held).items():
            said = f"{words} of {currency} {sum(amounts, Decimal(0)):,f}"
            yield f"{said} in {_several(len(amounts), 'transaction')}"


def _by_currency(money: Iterable[Money]) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = defaultdict(list)
    for one in money:
        found[one.currency].append(one.amount)
    return found


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def told_partners(record: IatiActivity) -> str:
    """Name the organisations that take part, each once with its roles."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in record.participating:
        role = ROLES.get(one.role, "")
        if (name := one.name or one.ref) and role not in found[name]:
            found[name].append(role)
    told = [f"{name} ({', '.join(filter(None, roles))})" if any(roles) else name for name, roles in found.items()]
    return f"Partners: {'; '.join(told)}." if told else ""


def told_sectors(record: IatiActivity) -> str:
    """Name the sectors."""
    told = dict.fromkeys(f"{one.code} {one.name}".strip() for one in record.all_sectors)
    return f"Sectors: {'; '.join(told)}." if told else ""
