"""Integrity checks between the rows of a pack: no cycles, no money counted twice, one target per link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from followthrough.errors import InputRefused
from followthrough.model.series_filter import parse_filter
from followthrough.model.vocabulary import LinkSubject
from followthrough.packs.cells import Row, plain
from followthrough.packs.reported import check_reported
from followthrough.report.wording import problem

Rows = dict[str, list[Row]]

SUPERSEDED = ("claims", "activities", "targets", "meetings")
"""The tables whose rows are superseded instead of overwritten."""
_CHAINS = (
    ("documents", ("implements", "succeeds")),
    ("provisions", ("parent",)),
    ("activities", ("parent",)),
    ("targets", ("repeats",)),
    ("indicators", ("derived_from",)),
    ("cycles", ("previous",)),
    ("reports", ("answered_with",)),
    *((table, ("replaced_by",)) for table in SUPERSEDED),
)
WHOLE = Decimal(100)


def check(rows: Rows) -> list[InputRefused]:
    """Return the problems between rows that are each well formed."""
    return [
        *(problem for table, columns in _CHAINS for problem in _circles(_nexts(rows[table], columns), table, columns)),
        *_circles(_edges(rows["edges"]), "edges", ("later", "earlier"), "commitment"),
        *_links(rows["links"]),
        *_shares([row for row in rows["links"] if not row["withdrawn"]]),
        *_money(rows["activities"]),
        *_periods(rows),
        *_indicators(rows["indicators"]),
        *_feeds(rows["feeds"]),
        *_sides(rows),
        *_replaced(rows),
        *_parts(rows["series"]),
        *_paper_words(rows["paper_words"]),
        *check_reported(rows),
    ]


def _paper_words(rows: list[Row]) -> Iterator[InputRefused]:
    for row in rows:
        if says := problem(str(row["name"]), str(row["words"])):
            do = "take a name and its values from docs/reference/pack-format.md"
            yield InputRefused("paper_words.csv", says, do, f"id {row['id']}, column words")


def _nexts(rows: list[Row], columns: tuple[str, ...]) -> dict[str, list[str]]:
    return {str(row["id"]): [str(row[column]) for column in columns if row[column] is not None] for row in rows}


def _edges(rows: list[Row]) -> dict[str, list[str]]:
    nexts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        nexts[str(row["later"])].append(str(row["earlier"]))
    return dict(nexts)


def _circles(
    nexts: dict[str, list[str]], table: str, columns: tuple[str, ...], what: str = "id"
) -> Iterator[InputRefused]:
    """Yield a problem for each row that reaches itself along any of ``columns``."""
    for start, direct in nexts.items():
        reached, waiting = set[str](), list(direct)
        while waiting:
            node = waiting.pop()
            if node not in reached:
                reached.add(node)
                waiting += nexts.get(node, [])
        if start in reached:
            says = f"“{start}” leads back to itself by {' and '.join(columns)}"
            yield InputRefused(f"{table}.csv", says, "break the circle", f"{what} {start}")


def _links(rows: list[Row]) -> Iterator[InputRefused]:
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        places = [name for name in ("commitment", "provision") if row[name] is not None]
        things = [name for name in LinkSubject if row[name] is not None]
        for found, names in ((places, ("commitment", "provision")), (things, tuple(LinkSubject))):
            if len(found) != 1:
                says = f"names {' and '.join(found) or 'none'} of {', '.join(names)}"
                yield InputRefused("links.csv", says, "name exactly one", f"id {row['id']}")
        if len(places) == len(things) == 1 and not row["withdrawn"]:
            pair = (str(row[places[0]]), str(row[things[0]]))
            if pair in seen:
                says = f"links {pair[1]} to {pair[0]} a second time"
                yield InputRefused("links.csv", says, f"keep this row or {seen[pair]}", f"id {row['id']}")
            seen.setdefault(pair, str(row["id"]))
        if row["share"] is not None and row["activity"] is None:
            yield InputRefused("links.csv", "has a share and no activity", "empty the share", f"id {row['id']}")


def _shares(rows: list[Row]) -> Iterator[InputRefused]:
    """Yield a problem where the shares of one activity are invalid or exceed 100 per cent."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        share = row["share"]
        if not isinstance(share, Decimal) or row["activity"] is None:
            continue
        place = f"id {row['id']}, column share"
        if not 0 < share <= WHOLE:
            yield InputRefused("links.csv", f"{plain(share)} is no share", "write one above 0, up to 100", place)
            continue
        total[str(row["activity"])] += share
        sum_ = total[str(row["activity"])]
        if sum_ > WHOLE:
            says = f"brings the shares of {row['activity']} to {plain(sum_)} per cent"
            yield InputRefused("links.csv", says, "keep them at 100 together", place)


def _money(rows: list[Row]) -> Iterator[InputRefused]:
    for row in rows:
        if problem := money_problem(row):
            yield InputRefused("activities.csv", *problem, f"id {row['id']}, column budget")


def money_problem(row: Row) -> tuple[str, str] | None:
    """Return what is wrong with the shares of one activity and what to do, or ``None`` where they are valid."""
    budget = row["budget"]
    if isinstance(budget, Decimal) and budget < 0:
        return f"{plain(budget)} is below zero", "correct it"
    if (budget is None) != (row["currency"] == ""):
        says = "has a budget without a currency" if row["currency"] == "" else "has a currency without a budget"
        return says, "give both or neither"
    return None


def _periods(rows: Rows) -> Iterator[InputRefused]:
    for table, first, last in (
        ("activities", "start", "end"),
        ("documents", "period_start", "period_end"),
        ("memberships", "since", "until"),
        ("targets", "announced", "due"),
        ("fund_figures", "period", "due"),
    ):
        for row in rows[table]:
            if says := period_problem(row, first, last):
                yield InputRefused(f"{table}.csv", says, "correct one of them", f"id {row['id']}, column {last}")


def period_problem(row: Row, first: str, last: str) -> str:
    """Yield a problem for each period that ends before it begins, compared at the coarser precision."""
    start, end = str(row[first] or ""), str(row[last] or "")
    shared = min(len(start), len(end))
    return f"{last} {end} is before {first} {start}" if shared and end[:shared] < start[:shared] else ""


def _indicators(rows: list[Row]) -> Iterator[InputRefused]:
    for row in rows:
        place = f"id {row['id']}"
        if odd := [year for year in _listed(row["breaks"]) if not (len(year) == 4 and year.isdigit())]:
            says = f"“{odd[0]}” is no year"
            yield InputRefused("indicators.csv", says, "write years as 2023; 2026", f"{place}, column breaks")
        base, due = row["base_year"] or 2015, row["target_year"] or 2030
        if isinstance(base, int) and isinstance(due, int) and base >= due:
            says = f"its base year {base} is not before its target year {due}"
            yield InputRefused("indicators.csv", says, "correct one of them", f"{place}, column target_year")
        derived = row["derived_from"] is not None
        if derived != (row["aggregation"] == "gap") or derived != bool(row["above"] and row["below"]):
            says = "is not wholly a gap: one has derived_from, above and below, and gap as its aggregation"
            yield InputRefused("indicators.csv", says, "fill all of them, or none", place)
        if row["group_name"] and not derived:
            says = "names the groups of a gap, and is none"
            yield InputRefused("indicators.csv", says, "leave it empty", f"{place}, column group_name")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _feeds(rows: list[Row]) -> Iterator[InputRefused]:
    seen: dict[tuple[str, int], str] = {}
    for row in rows:
        try:
            parse_filter(str(row["filter"]))
        except ValueError:
            says = f"“{row['filter']}” is no filter"
            yield InputRefused("feeds.csv", says, "write sex=BOTHSEX; age=ALLAGE", f"id {row['id']}, column filter")
        rank = (str(row["indicator"]), int(str(row["rank"])))
        if seen.setdefault(rank, str(row["id"])) != str(row["id"]):
            says = f"has the rank of {seen[rank]}"
            yield InputRefused("feeds.csv", says, "give each feed a rank of its own", f"id {row['id']}, column rank")


def _sides(rows: Rows) -> Iterator[InputRefused]:
    held: dict[str, int] = defaultdict(int)
    for row in rows["conflict_sides"]:
        held[str(row["conflict"])] += 1
    for row in rows["conflicts"]:
        if held[str(row["id"])] < 2:
            says = "has one side in conflict_sides.csv" if held[str(row["id"])] else "has no side in conflict_sides.csv"
            yield InputRefused("conflicts.csv", says, "give it two or more, or take it out", f"id {row['id']}")


def _replaced(rows: Rows) -> Iterator[InputRefused]:
    for table in SUPERSEDED:
        for row in rows[table]:
            if row["replaced_by"] is not None and not row["withdrawn"]:
                says = f"names {row['replaced_by']} in its place and not why"
                yield InputRefused(f"{table}.csv", says, "say why", f"id {row['id']}, column withdrawn")


def _parts(rows: list[Row]) -> Iterator[InputRefused]:
    """Yield a problem for each part of a series that is missing, has another unit or has parts itself."""
    units = {str(row["id"]): row["unit"] for row in rows}
    whole = {str(row["id"]) for row in rows if row["parts"]}
    for row in rows:
        for part in _listed(row["parts"]):
            wrong = (
                "is not in series.csv"
                if part not in units
                else "has parts itself"
                if part in whole
                else "is in another unit"
                if units[part] != row["unit"]
                else ""
            )
            if wrong:
                says = f"its part “{part}” {wrong}"
                yield InputRefused("series.csv", says, "correct it", f"id {row['id']}, column parts")
