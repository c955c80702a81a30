"""Grades, silence, targets, money, the project cycle and lineage, each against cases worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.assess.dates import first_day, last_day, months_between
from followthrough.assess.funds import Figure, fits, reconcile, utilisation
from followthrough.assess.grading import grade, silent_for
from followthrough.assess.lineage import Edge, current
from followthrough.assess.project_cycle import NEXT, Computed, computed, may_follow
from followthrough.assess.targets import STATES, Observed, judge
from followthrough.model.vocabulary import ActivityState

TODAY = "2026-11-23"


def test_dates_of_any_precision() -> None:
    assert str(first_day("2019")) == "2019-01-01"
    assert [str(last_day(text)) for text in ("2019", "2020-02", "2019-11-26")] == [
        "2019-12-31",
        "2020-02-29",
        "2019-11-26",
    ]
    assert months_between("2024-11-22", TODAY) == 24
    assert months_between("2024-11-24", TODAY) == 23
    assert months_between("2022-10-17", "2023-03") == 5


def test_grades_and_silence() -> None:
    assert [grade(kind) for kind in ("joint_organ", "party", "third_party", "nobody")] == [3, 2, 1, 0]
    assert silent_for(["2022-10-17", "", "2024-11-22"], TODAY) == 24
    assert silent_for(["", ""], TODAY) is None
    assert silent_for(["2099"], TODAY) is None
    assert silent_for(["2024-11-22", "2024"], TODAY) == 22


@pytest.mark.parametrize(
    ("value", "due", "observed", "state"),
    [
        ("150", "2015", [("2014", "138"), ("2015", "119.9")], "missed"),
        ("200", "2020", [("2020", "143.8"), ("2022", "207.4")], "missed"),
        ("200", "2020", [("2019", "153"), ("2021", "201")], "insufficient data"),
        ("14", "2019-12-31", [("2019", "14"), ("2019", "7")], "contested"),
        ("14", "2019", [("2019", "14")], "met"),
        ("32", "2027", [("2023", "20")], "not yet due"),
        ("300", "", [("2024", "192")], "no date set"),
        (None, "2020", [("2020", "5")], "insufficient data"),
        ("5", "2020", [("2020", "<2.5")], "missed"),
        ("2", "2020", [("2020", "<2.5")], "insufficient data"),
        ("90", "2020", [("2020", ">95")], "met"),
        ("90", "2020", [("2020", "many")], "insufficient data"),
        ("90", "2025", [("2025-02", "82")], "insufficient data"),
        ("90", "2025", [("2025-02", "91")], "met"),
        ("90", "2025", [("2025-12", "82")], "missed"),
    ],
)
def test_the_state_of_a_target(value: str | None, due: str, observed: list[tuple[str, str]], state: str) -> None:
    found = judge(Decimal(value) if value else None, due, [Observed(*one) for one in observed], as_of=TODAY)
    assert found.state == state
    assert found.state in STATES


def test_a_judgement_names_its_figures() -> None:
    found = judge(Decimal(15), "2020", [Observed("2017", "9.78"), Observed("2019", "12.8")], as_of=TODAY)
    assert (found.due_year, found.latest) == ((), (Observed("2019", "12.8"),))
    assert judge(Decimal(15), "2020", [], as_of="2020-12-31").state == "not yet due"
    assert judge(Decimal(15), "2020", [], as_of="2021-01-01").state == "insufficient data"


def figures(*pairs: tuple[int, str]) -> list[Figure]:
    """Figures of a fund."""
    return [Figure(year, Decimal(amount)) for year, amount in pairs]


def money(low: int | Decimal, high: int | Decimal) -> tuple[Decimal, Decimal]:
    """Two amounts."""
    return Decimal(low), Decimal(high)


def test_totals_against_payments_by_hand() -> None:
    totals = figures((2014, "67"), (2018, "98"), (2018, "103"), (2022, "153"))
    payments = figures((2015, "7"), (2018, "7"), (2019, "7"), (2019, "14"), (2021, "14"), (2022, "16"))
    first, second = reconcile(totals, payments)
    assert (first.start, first.end, first.known, first.unknown) == (2014, 2018, (2015, 2018), (2016, 2017))
    assert (first.rise, first.paid, first.left) == (money(31, 36), money(14, 14), money(17, 22))
    assert (second.rise, second.paid, second.left) == (money(50, 55), money(37, 44), money(6, 18))
    # 67 and four years of 7 are 95: three away from 98, eight from 103
    assert [(fit.expected, *money(fit.amount, fit.distance)) for fit in fits(totals, payments)] == [
        (money(95, 95), *money(98, 3)),
        (money(95, 95), *money(103, 8)),
    ]


def test_what_is_not_known_is_not_guessed() -> None:
    (step,) = reconcile(figures((2010, "47"), (2012, "56.76")), [])
    assert (step.paid, step.unknown, step.left) == (None, (2011, 2012), (Decimal("9.76"), Decimal("9.76")))
    assert fits(figures((2018, "98"), (2018, "103")), figures((2018, "7"))) == []
    assert fits(figures((2014, "67"), (2018, "98"), (2018, "103")), figures((2018, "7"))) == []
    assert reconcile([], []) == []


def test_computed_dates_of_a_project() -> None:
    events = {"concept_note": "2020-01-10", "approved": "2020-06-01", "first_disbursement": "2020-09-15"}
    assert computed(events, as_of=TODAY) == Computed(commenced="2020-09-15", months_to_money=8)
    done = events | {"implemented": "2022-12-31", "completion_report": "2023-02-01", "balance_returned": "2023-03-01"}
    assert computed(done, as_of=TODAY).completed == ""
    assert computed(done, as_of=TODAY).report_due == "2023-03-01"
    assert not computed(done, as_of=TODAY).overdue
    assert computed(done | {"verified": "2023-04-01"}, as_of=TODAY).completed == "2023-04-01"
    late = events | {"implemented": "2022-12-31"}
    assert computed(late, as_of="2023-03-02").overdue
    assert not computed(late, as_of="2023-03-01").overdue
    assert computed({}, as_of=TODAY) == Computed()
    assert computed({"approved": "2020"}, as_of=TODAY).commenced == ""


def test_every_state_of_the_cycle_is_known_and_can_be_left_or_is_an_end() -> None:
    assert set(NEXT) == set(ActivityState)
    assert all(follower in NEXT for followers in NEXT.values() for follower in followers)
    assert may_follow("approved", "running")
    assert not may_follow("proposed", "running")
    assert not may_follow("completed", "running")
    assert not may_follow("no such state", "running")
    reached, waiting = set[str](), ["proposed"]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += NEXT[state]
    assert reached == set(ActivityState) - {"unknown"}


def test_what_is_current_is_computed() -> None:
    held = [("2005/1", "2010"), ("2011/1", "2015"), ("2019/1", ""), ("2019/2", ""), ("2026/1", "2030")]
    edges = [
        Edge("2011/1", "2005/1", "continues"),
        Edge("2026/1", "2019/2", "supersedes"),
        Edge("2026/1", "2019/1", "implements"),
    ]
    assert current(held, edges, as_of=TODAY) == {"2019/1", "2026/1"}
    assert current(held, edges[:1], as_of="2014-06-01") == {"2011/1", "2019/1", "2019/2", "2026/1"}
    assert "2026/1" in current(held, edges, as_of="2030-12-31")


@given(
    st.lists(st.tuples(st.integers(1990, 2030), st.integers(0, 10**6))),
    st.lists(st.tuples(st.integers(1990, 2030), st.integers(0, 10**6))),
)
def test_a_reconciliation_always_adds_up(totals: list[tuple[int, int]], payments: list[tuple[int, int]]) -> None:
    for step in reconcile([Figure(y, Decimal(a)) for y, a in totals], [Figure(y, Decimal(a)) for y, a in payments]):
        low, high = step.paid or (Decimal(0), Decimal(0))
        assert step.left == (step.rise[0] - high, step.rise[1] - low)
        assert sorted((*step.known, *step.unknown)) == list(range(step.start + 1, step.end + 1))


def test_utilisation_is_of_the_years_that_have_both() -> None:
    used = utilisation(figures((2020, "4"), (2021, "3"), (2023, "9")), figures((2020, "7"), (2021, "7"), (2022, "8")))
    assert used is not None and used.years == (2020, 2021)
    assert used.share == (Decimal("0.5"), Decimal("0.5"))
    contested = utilisation(figures((2020, "4"), (2020, "5")), figures((2020, "8"), (2020, "10")))
    assert contested is not None and contested.share == (Decimal("0.4"), Decimal("0.625"))


def test_utilisation_is_not_known_without_a_year_that_has_both() -> None:
    assert utilisation(figures((2020, "4")), figures((2021, "7"))) is None
    assert utilisation([], figures((2021, "7"))) is None
    assert utilisation(figures((2021, "4")), figures((2021, "0"))) is None
