"""What is written as an IATI file is read back the same, and breaks neither the schema nor a rule of the standard."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from followthrough.sources.iati.goals import goals_of
from followthrough.sources.iati.reading import Accepted, read_activities
from followthrough.sources.iati.records import (
    ActivityDate,
    Budget,
    Code,
    DocumentLink,
    IatiActivity,
    Identifier,
    Money,
    Narrative,
    Organisation,
    Transaction,
)
from followthrough.sources.iati.summing_up import told_money, told_partners, told_sectors, whole_budget
from followthrough.sources.iati.writing import write_activities
from support import shared

TODAY = "2026-11-26"
WORD = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
DAY = st.dates().map(lambda one: one.isoformat())
AMOUNT = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2)
MONEY = st.builds(Money, AMOUNT, st.sampled_from(["USD", "KRW", ""]), DAY)
SIDE = st.none() | st.builds(Organisation, WORD, WORD, WORD, st.just(""), WORD)
CODE = st.builds(Code, st.sampled_from(["1", "2", "99"]), WORD, st.none() | st.decimals(0, 100, places=2), WORD)
COUNTRY = st.builds(Code, st.just("1"), WORD, st.none(), WORD)
NONE = st.just("")
PLAIN = CODE.map(lambda one: one._replace(percentage=None))


def several(what: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return ``least`` to two of something."""
    return st.lists(what, min_size=least, max_size=2).map(tuple)


RECORD = st.builds(
    IatiActivity, identifier=WORD, language=st.just("en"), updated=st.just("2026-01-01T00:00:00Z"),
    hierarchy=st.just("1"), titles=several(st.builds(Narrative, st.sampled_from(["en", "ko"]), WORD)),
    descriptions=st.just(()), reporting=st.builds(Organisation, WORD, WORD, WORD, NONE, NONE), secondary=st.booleans(),
    participating=several(st.builds(Organisation, WORD, WORD, WORD, st.sampled_from("1234"), WORD), 1),
    other_identifiers=several(st.builds(Identifier, st.just("A1"), WORD, WORD)),
    related=several(st.builds(Identifier, st.sampled_from("12345"), WORD, NONE)), status=st.sampled_from("123456"),
    dates=several(st.builds(ActivityDate, st.sampled_from("1234"), DAY, WORD), 1),
    countries=several(COUNTRY), regions=several(CODE), sectors=several(CODE), tags=several(PLAIN),
    budgets=several(st.builds(Budget, st.sampled_from("12"), st.sampled_from("12"), DAY, DAY, MONEY)),
    planned=several(st.builds(Budget, st.sampled_from("12"), st.just("1"), DAY, DAY, MONEY)),
    transactions=several(st.builds(Transaction, WORD, DAY, MONEY, SIDE, SIDE, several(PLAIN), WORD)),
    documents=several(st.builds(DocumentLink, st.just("https://x.example/a"), WORD, WORD, st.just(("A12",)))),
    own=st.just({"id": "a-1", "kind": "project"}),
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RECORD, min_size=1, max_size=2, unique_by=lambda one: one.identifier))
def test_records_come_back_as_they_were(tmp_path: Path, records: list[IatiActivity]) -> None:
    out = BytesIO()
    write_activities(records, out, "2026-11-26T00:00:00Z")
    path = tmp_path / "out.xml"
    path.write_bytes(out.getvalue())
    found = list(read_activities(path, TODAY))
    assert [one.record for one in found if isinstance(one, Accepted)] == records


def test_real_files_are_written_as_the_standard_asks(tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared("data/iati") / "schemas_2.03/iati-activities-schema.xsd"))
    for path in (shared("data/iati") / "real_activities").glob("*.xml"):
        records = [one.record for one in read_activities(path, TODAY) if isinstance(one, Accepted)]
        out = BytesIO()
        write_activities(records, out, "2026-11-26T00:00:00Z")
        again = tmp_path / path.name
        again.write_bytes(out.getvalue())
        if records:
            assert schema.validate(etree.parse(again))
            found = [one.record for one in read_activities(again, TODAY) if isinstance(one, Accepted)]
            for one in records:
                one.odd_periods = ()
            assert found == records


def money(amount: str, currency: str = "USD") -> Money:
    """Return an amount of a day."""
    return Money(Decimal(amount), currency, "2020-01-01")


def test_budgets_are_summed_within_one_report_where_they_make_a_sum() -> None:
    first = Budget("1", "1", "2020-01-01", "2020-12-31", money("10.50"))
    second = Budget("1", "1", "2021-01-01", "2021-12-31", money("5"))
    assert whole_budget(IatiActivity(budgets=(first, second))) == (Decimal("15.50"), "USD")
    revised = first._replace(type="2", money=money("7"))
    assert whole_budget(IatiActivity(budgets=(first, second, revised))) == (Decimal(12), "USD")
    assert whole_budget(IatiActivity(budgets=(first, second._replace(money=money("5", "EUR"))))) is None
    assert whole_budget(IatiActivity(budgets=(first, second._replace(start="2020-06-01")))) is None
    assert whole_budget(IatiActivity()) is None


def test_money_partners_and_sectors_in_words() -> None:
    paid = [Transaction(kind, "2020-01-01", money("1000"), None, None, (Code("1", "14030"),), "") for kind in "332"]
    partners = (
        Organisation("X", "10", "Ministry", "1"),
        Organisation("X", "10", "Ministry", "4"),
        Organisation("Y", "", "", "4"),
    )
    one = IatiActivity(transactions=tuple(paid), participating=partners)
    assert told_money(one) == (
        "Money as reported: commitments of USD 1,000 in 1 transaction; disbursements of USD 2,000 in 2 transactions."
    )
    assert told_partners(one) == "Partners: Ministry (funding, implementing); Y (implementing)."
    assert told_sectors(one) == "Sectors: 14030."


def test_goals_are_suggested_by_tags_first_and_by_sectors() -> None:
    one = IatiActivity(
        tags=(Code("2", "6"), Code("3", "4.3"), Code("99", "1")),
        sectors=(Code("1", "14030"), Code("1", "23010", None, "Energy")),
    )
    assert goals_of(one) == {
        6: "its publisher tags it SDG 6", 4: "its publisher tags it SDG 4.3",
        7: "its sector 23010 Energy speaks for SDG 7",
    }  # fmt: skip
    assert goals_of(IatiActivity(sectors=(Code("99", "14030"), Code("7", "18"), Code("1", "99810")))) == {}
