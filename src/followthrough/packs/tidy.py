"""A pack as one long table: a value a row, with what it is of, from whom and as of when; and the codebook of it.

Every value stands once, under the id of its record. What it is linked to is a row of its own, ``link``: a figure
about three commitments is counted once and found thrice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from followthrough.model.vocabulary import LinkSubject
from followthrough.packs.cells import Row, plain
from followthrough.packs.reading import Pack
from followthrough.packs.reported import CONFIRMED
from followthrough.packs.schema import TABLES

COLUMNS: Mapping[str, str] = {
    "record": "id of the row of the package that it is from",
    "document": "id of the document",
    "provision": "id of the numbered place, where it is about one",
    "commitment": "id of the commitment, where it is about one",
    "party": "code of the party or area; of several, with semicolons between",
    "variable": "what the value is of: see below",
    "value": "as it is recorded; a number with a point, a word, or an id",
    "unit": "of the value; a currency for money; empty where it has none",
    "date": "date of the event or the period that the value is of: a year, a month or a day, or as published",
    "source": "id of the source in sources.csv; empty for what the register itself says",
    "as_of": "the day up to which the register was recorded",
}
_DATES = (
    ("claims", "recorded"), ("activities", "recorded"), ("fund_figures", "recorded"), ("observations", "recorded"),
    ("links", "confirmed"), ("interpretive_notes", "agreed"), ("vintages", "fetched"), ("report_versions", "accepted"),
    ("report_versions", "published"), ("confirmations", "confirmed"), ("final_ratings", "made"),
    ("rounds", "published"), ("rating_replies", "at"), ("cycles", "opened"), ("cycles", "closed"),
)  # fmt: skip
"""The columns that say when something was recorded."""


class Value(NamedTuple):
    """One row of the long table; the columns are those of ``COLUMNS`` without the day."""

    record: str
    document: str = ""
    provision: str = ""
    commitment: str = ""
    party: str = ""
    variable: str = ""
    value: str = ""
    unit: str = ""
    date: str = ""
    source: str = ""


def as_of(pack: Pack) -> str:
    """Return the newest day on which anything of a pack was recorded, the same wherever it is asked; else empty."""
    found = (_text(row[column])[:10] for table, column in _DATES for row in pack.rows[table])
    return max((one for one in found if len(one) == 10), default="")


def long_table(pack: Pack) -> list[tuple[str, ...]]:
    """Return the rows of the long table, the header first; the same pack gives the same rows in the same order."""
    day = as_of(pack)
    rows = sorted(one for reader in _READERS for one in reader(pack) if one.value)
    return [tuple(COLUMNS), *((*one, day) for one in rows)]


def codebook(pack: Pack) -> list[tuple[str, ...]]:
    """Return what the columns, variables and words of the long table mean, the header first; how often each stands."""
    rows = long_table(pack)[1:]
    at = tuple(COLUMNS).index("variable")
    times = Counter(row[at] for row in rows)
    units: dict[str, set[str]] = {}
    for row in rows:
        units.setdefault(row[at], set()).add(row[at + 2])
    says = _meanings(pack)
    return [
        ("name", "kind", "unit", "rows", "meaning"),
        *((name, "column", "", str(len(rows)), meaning) for name, meaning in COLUMNS.items()),
        *(
            (name, "variable", "; ".join(sorted(filter(None, units[name]))), str(count), _meaning(name, says))
            for name, count in sorted(times.items())
        ),
    ]


def _meaning(variable: str, says: Mapping[str, str]) -> str:
    return says.get(variable) or says.get(f"{variable.partition('.')[0]}.*", "")


def _meanings(pack: Pack) -> dict[str, str]:
    """Return what each variable means: what the schema says of its column, or what the pack says of its series."""
    found = {
        "link": "id of what is linked to the commitment or paragraph; its own values are under that record",
        "link.suggested": "the same, of a link that nobody has confirmed yet",
        "event.*": "what a party did with an instrument, whose id is the value",
        "report.*": "a field of a party's accepted report, as it was written",
        "rating.*": "the final rating of this round that holds", "confirmation": "the record that a party confirmed",
    }  # fmt: skip
    for table, names in _COLUMNS.items():
        held = next(one for one in TABLES if one.name == table)
        for name in names:
            column = held.column(name)
            words = f" One of: {', '.join(column.one_of)}." if column.one_of else ""
            found[f"{_singular(table)}.{name}"] = f"{column.says or name} ({table}: {held.says}).{words}"
    for row in pack.rows["series"]:
        found[f"series.{row['id']}"] = f"{row['title']}. {row['says']}".strip()
    for row in pack.rows["indicators"]:
        found[f"indicator.{row['id']}"] = f"{row['title']}: {row['definition']}"
    return found


_COLUMNS = {
    "documents": ("kind", "adopted"),
    "commitments": ("kind", "strength", "verb", "deadline", "quantity", "missing"),
    "claims": ("kind", "stance", "value", "statement"),
    "activities": ("kind", "state", "budget"),
    "targets": ("value", "statement"),
    "fund_figures": ("amount",),
}
"""The columns of records that are variables as they are."""


def _singular(table: str) -> str:
    return {"activities": "activity", "fund_figures": "fund_figure"}.get(table, table[:-1])


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)


def _said(table: str, row: Row, *, rest: Value, unit: str = "") -> Iterator[Value]:
    """Yield the variables of one record; the unit is that of its amount alone."""
    for name in _COLUMNS[table]:
        of = unit if name in ("value", "budget", "amount") else ""
        yield rest._replace(variable=f"{_singular(table)}.{name}", value=_text(row[name]), unit=of)


def _texts(pack: Pack) -> Iterator[Value]:
    home = {_text(row["id"]): _text(row["document"]) for row in pack.rows["provisions"]}
    origin = {_text(row["id"]): row for row in pack.rows["documents"]}
    for key, row in origin.items():
        rest = Value(key, document=key, date=_text(row["adopted"]), source=_text(row["source"]))
        yield from _said("documents", row, rest=rest)
    for row in pack.rows["commitments"]:
        if row["withdrawn"]:
            continue
        document = home[_text(row["provision"])]
        adopted, source = (_text(origin[document][name]) for name in ("adopted", "source"))
        key = _text(row["id"])
        rest = Value(key, document, _text(row["provision"]), key, date=adopted, source=source)
        yield from _said("commitments", row, rest=rest)


def _parties(pack: Pack, of: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in pack.rows[f"{of}_parties"]:
        found.setdefault(_text(row[of]), []).append(_text(row["party"]))
    return {key: "; ".join(sorted(parties)) for key, parties in found.items()}


def _evidence(pack: Pack) -> Iterator[Value]:
    for table, of, date, unit in (
        ("claims", "claim", "date", "unit"), ("activities", "activity", "start", "currency"),
        ("targets", "", "due", "unit"), ("fund_figures", "", "period", "currency"),
    ):  # fmt: skip
        parties = _parties(pack, of) if of else {}
        for row in pack.rows[table]:
            if row.get("withdrawn"):
                continue
            key = _text(row["id"])
            rest = Value(key, party=parties.get(key, ""), date=_text(row[date]), source=_text(row["source"]))
            yield from _said(table, row, rest=rest, unit=_text(row[unit]))


def _figures(pack: Pack) -> Iterator[Value]:
    units = {_text(row["id"]): _text(row["unit"]) for table in ("series", "indicators") for row in pack.rows[table]}
    for row in pack.rows["observations"]:
        series = _text(row["series"])
        yield Value(_text(row["id"]), party=_text(row["area"]), variable=f"series.{series}", value=_text(row["value"]),
                    unit=units[series], date=_text(row["period"]), source=_text(row["source"]))  # fmt: skip
    of = {_text(row["id"]): _text(row["indicator"]) for row in pack.rows["feeds"]}
    newest: dict[str, Row] = {}
    for row in sorted(pack.rows["vintages"], key=lambda one: int(_text(one["number"]))):
        newest[_text(row["feed"])] = row
    held = {_text(row["id"]): of[feed] for feed, row in newest.items()}
    for row in pack.rows["figures"]:
        indicator = held.get(_text(row["vintage"]))
        if indicator:
            yield Value(_text(row["id"]), party=_text(row["area"]), variable=f"indicator.{indicator}",
                        value=_text(row["value"]), unit=units[indicator], date=_text(row["period"]))  # fmt: skip


def _events(pack: Pack) -> Iterator[Value]:
    for row in pack.rows["party_events"]:
        yield Value(_text(row["id"]), party=_text(row["party"]), variable=f"event.{row['event']}",
                    value=_text(row["instrument"]), date=_text(row["date"]), source=_text(row["source"]))  # fmt: skip


def _links(pack: Pack) -> Iterator[Value]:
    places = _Places(pack)
    for row in pack.rows["links"]:
        if row["withdrawn"]:
            continue
        variable = "link" if row["confirmed"] else "link.suggested"  # a suggestion is no fact until it is confirmed
        subject = next((_text(row[name]) for name in LinkSubject if row[name]), "")
        at = places.at(_text(row["provision"]), _text(row["commitment"]))
        yield Value(_text(row["id"]), *at, variable=variable, value=subject, date=_text(row["confirmed"]))


def _reported(pack: Pack) -> Iterator[Value]:
    places = _Places(pack)
    reports = {_text(row["id"]): row for row in pack.rows["reports"]}
    versions = {_text(row["id"]): row for row in pack.rows["report_versions"]}
    for row in pack.rows["report_answers"]:
        version = versions[_text(row["version"])]
        report = reports[_text(version["report"])]
        yield Value(_text(row["id"]), *places.at(_text(report["provision"]), ""), _text(report["party"]),
                    f"report.{row['field']}", _text(row["words"]), date=_text(version["sent"])[:10])  # fmt: skip
    for row in pack.rows["confirmations"]:
        record = next((_text(row[name]) for name in CONFIRMED if row[name]), "")
        yield Value(_text(row["id"]), party=_text(row["party"]), variable="confirmation", value=record,
                    date=_text(row["confirmed"])[:10])  # fmt: skip


def _rated(pack: Pack) -> Iterator[Value]:
    places = _Places(pack)
    cells = {_text(row["id"]): row for row in pack.rows["round_cells"]}
    last: dict[str, Row] = {}
    for row in sorted(pack.rows["final_ratings"], key=lambda one: int(_text(one["number"]))):
        last[_text(row["cell"])] = row
    for key, row in last.items():
        cell = cells[key]
        yield Value(_text(row["id"]), *places.at("", _text(cell["commitment"])), _text(cell["party"]),
                    f"rating.{cell['round']}", _text(row["value"]), date=_text(row["made"])[:10])  # fmt: skip


class _Places:
    """Where a commitment or a paragraph stands."""

    def __init__(self, pack: Pack) -> None:
        self.document = {_text(row["id"]): _text(row["document"]) for row in pack.rows["provisions"]}
        self.provision = {_text(row["id"]): _text(row["provision"]) for row in pack.rows["commitments"]}

    def at(self, provision: str, commitment: str) -> tuple[str, str, str]:
        """Return document, provision and commitment."""
        home = provision or self.provision.get(commitment, "")
        return self.document.get(home, ""), home, commitment


_READERS: tuple[Callable[[Pack], Iterator[Value]], ...] = (
    _texts, _evidence, _figures, _events, _links, _reported, _rated,
)  # fmt: skip
