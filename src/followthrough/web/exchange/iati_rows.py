"""An activity of an IATI file as rows of the register: source, activity, parties and suggested links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from followthrough.model.dates import PartialDate
from followthrough.model.vocabulary import ActivityKind, ActivityState, Origin, PublisherKind
from followthrough.packs.cells import Row, empty
from followthrough.packs.currencies import CURRENCIES
from followthrough.packs.schema import TABLES
from followthrough.sources.iati.goals import goals_of
from followthrough.sources.iati.records import IatiActivity
from followthrough.sources.iati.summing_up import (
    IMPLEMENTING,
    STATUS,
    told_money,
    told_partners,
    told_sectors,
    whole_budget,
)
from followthrough.web.exchange.iati_known import Goal, KnownForIati, own_key

LOOKED_UP = "https://d-portal.org/q.html?aid="
"""Where anybody looks an activity up by its identifier, when the address of the file is not given."""
MOST_SUGGESTED = 5
"""Suggested links of one activity into one document: those that share most goals. A person reads each of them."""
STATES = {
    "1": ActivityState.PROPOSED, "2": ActivityState.RUNNING, "3": ActivityState.IMPLEMENTED,
    "4": ActivityState.COMPLETED, "5": ActivityState.CANCELLED,
}  # fmt: skip
_FUNDING, _ACCOUNTABLE = "1", "2"
_INTERNATIONAL = "40"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DECIMAL = re.compile(r"\d{1,24}(\.\d{1,9})?")
_EMPTY = {table.name: {column.name: empty(column) for column in table.columns} for table in TABLES}
_LONGEST = {table.name: {one.name: one.longest for one in table.columns if one.kind == "string"} for table in TABLES}
_MOST_DIGITS, _MOST_DECIMALS = 24, 9


@dataclass(frozen=True, slots=True)
class Whole:
    """The activity of the register that another one is counted in, and why."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The rows of one activity by table; ``told`` says what could not be kept, ``own`` that a register exported it."""

    key: str
    rows: dict[str, list[Row]]
    told: tuple[str, ...]
    own: bool


def rows_of_activity(
    record: IatiActivity, key: str, whole: Whole | None, known: KnownForIati, published_at: str, today: str
) -> Entered:
    """Return the rows of an activity under the id ``key``; ``published_at`` is the address of its file, or empty."""
    told: list[str] = []
    source = _source(record, key, known, published_at, today)
    parties = _parties(record, known)
    rows: dict[str, list[Row]] = {
        "sources": [source],
        "activities": [_activity(record, key, str(source["id"]), whole, known, today, told)],
        "activity_parties": [{"id": f"{key}/{one}", "activity": key, "party": one} for one in parties],
        "links": _links(record, key, parties, known),
    }
    return Entered(key, rows, tuple(told), bool(own_key(record)))


def source_title(record: IatiActivity) -> str:
    """Return the title of the source of an activity, by which a later import knows whose report it is."""
    return f"IATI activity {record.identifier}, reported by {record.reporting.ref}"[:500]


def _cut(table: str, row: Row) -> Row:
    """Return a row whose words are no longer than their columns."""
    longest = _LONGEST[table]
    return {
        name: f"{value[: longest[name] - 1]}…"
        if isinstance(value, str) and name in longest and len(value) > longest[name]
        else value
        for name, value in row.items()
    }


def _source(record: IatiActivity, key: str, known: KnownForIati, published_at: str, today: str) -> Row:
    reporting, updated = record.reporting, record.updated[:10]
    title = source_title(record)
    name = reporting.name or reporting.ref
    kind = PublisherKind.PARTY if known.party(name) else PublisherKind.THIRD_PARTY
    if reporting.type == _INTERNATIONAL:
        kind = PublisherKind.INTERNATIONAL_ORGANISATION
    url = (
        f"{published_at}#{quote(record.identifier)}" if published_at else LOOKED_UP + quote(record.identifier, safe="")
    )
    if record.own and record.documents:
        url, title = record.documents[0].url, record.documents[0].title
    row = {
        "id": f"s-{key}", "url": url[:1000], "title": title, "publisher": name, "publisher_kind": str(kind),
        "published": updated if _DAY.fullmatch(updated) and updated <= today else "",
        "language": record.language[:12] or "und",
    }  # fmt: skip
    return _cut("sources", {**_EMPTY["sources"], **row})


def _activity(
    record: IatiActivity, key: str, source: str, whole: Whole | None, known: KnownForIati, today: str, told: list[str]
) -> Row:
    start, end = _day(record, "21", told), _day(record, "43", told)
    amount, currency = _budget(record, told)
    leads = dict.fromkeys(one.name or one.ref for one in record.participating if one.role == IMPLEMENTING)
    paid = (known.funds.get(one.name.casefold()) for one in record.participating if one.role == _FUNDING)
    kind, state = record.own.get("kind", ""), record.own.get("state", "")
    status = record.own.get("status", "") if record.own else STATUS.get(record.status, "")
    recorded = record.updated[:10] if record.own else today
    row = {
        "id": key, "title": record.title or record.identifier, "parent": whole.key if whole else None, "source": source,
        "fund": next(filter(None, paid), None),
        "kind": kind if ActivityKind.has(kind) else str(ActivityKind.PROJECT),
        "state": state if ActivityState.has(state) else str(STATES.get(record.status, ActivityState.UNKNOWN)),
        "status": status, "start": start, "end": end, "budget": amount, "currency": currency,
        "lead_body": "; ".join(leads), "statement": _statement(record, whole), "checked": False, "recorded": recorded,
    }  # fmt: skip
    if start and end and end[: len(start)] < start[: len(end)]:
        told.append(f"its end {end} is before its start {start}, and is left out")
        row["end"] = ""
    return _cut("activities", {**_EMPTY["activities"], **row})


def _day(record: IatiActivity, kinds: str, told: list[str]) -> str:
    """Return the first of the given kinds of date; the words of one may say that only its month or year is known."""
    for kind in kinds:
        for one in record.dates:
            if one.type != kind:
                continue
            day = one.day[:10]
            if not _DAY.fullmatch(day):
                told.append(f"the date {one.day} cannot be kept")
            elif one.says and re.fullmatch(r"\d{4}(-\d\d)?", one.says) and day.startswith(one.says):
                return one.says
            else:
                return str(PartialDate.parse(day))
    return ""


def _budget(record: IatiActivity, told: list[str]) -> tuple[Decimal | None, str]:
    found = whole_budget(record)
    if found is None and _DECIMAL.fullmatch(record.own.get("budget", "")):
        found = Decimal(record.own["budget"]), record.own.get("currency", "")
    if found is None:
        if record.budgets:
            told.append("its budgets make no sum: several currencies, or periods that overlap; its words name them")
        return None, ""
    amount, currency = found
    _, digits, exponent = amount.as_tuple()
    decimals = -exponent if isinstance(exponent, int) else 0
    if currency not in CURRENCIES or len(digits) > _MOST_DIGITS or decimals > _MOST_DECIMALS:
        told.append(f"its budget of {currency or 'no currency'} {amount} cannot be kept as a figure; its words name it")
        return None, ""
    return amount, currency


def _statement(record: IatiActivity, whole: Whole | None) -> str:
    if record.own:
        return next((one.text for one in record.descriptions), "")
    who = record.reporting.name or record.reporting.ref
    parts = [f"Reported to IATI by {who} as {record.identifier}."]
    if whole:
        parts.append(f"{whole.why}: its money is counted there.")
    parts += [told_money(record), told_partners(record), told_sectors(record)]
    return " ".join(filter(None, parts))


def _parties(record: IatiActivity, known: KnownForIati) -> list[str]:
    """Return the parties of the register that take part: countries, publisher and partners, by code or by name."""
    if record.own:
        return [one.ref for one in record.participating if one.role == _ACCOUNTABLE and known.party(one.ref) == one.ref]
    found = [known.by_country.get(one.code.upper()) for one in record.countries]
    found += [known.party(one.name) for one in (record.reporting, *record.participating)]
    return sorted({one for one in found if one})


def _links(record: IatiActivity, key: str, parties: Sequence[str], known: KnownForIati) -> list[Row]:
    """Return suggested links into each document whose parties take part: those that share most goals."""
    if record.own:
        return []
    goals = goals_of(record)
    found: dict[str, list[tuple[int, Goal]]] = {}
    for one in known.commitments:
        shared = len(one.goals & goals.keys())
        if shared and not known.parties_of[one.document].isdisjoint(parties):
            found.setdefault(one.document, []).append((-shared, one))
    chosen = [
        one
        for several in found.values()
        for _, one in sorted(several, key=lambda pair: (pair[0], pair[1].commitment))[:MOST_SUGGESTED]
    ]
    return [_link(one, key, goals, sorted(known.parties_of[one.document] & set(parties))) for one in chosen]


def _link(one: Goal, key: str, goals: dict[int, str], parties: Sequence[str]) -> Row:
    why = "; ".join(goals[goal] for goal in sorted(one.goals & goals.keys()))
    rationale = f"Suggested, for {why}; of the parties {', '.join(parties)} takes part."
    row = {
        "id": f"l-{key}-{one.commitment.replace('/', '-')}"[:120], "commitment": one.commitment, "activity": key,
        "role": "contributory", "rationale": rationale, "origin": str(Origin.PROPOSED),
    }  # fmt: skip
    return _cut("links", {**_EMPTY["links"], **row})
