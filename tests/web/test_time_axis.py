"""The axis of time of a paragraph: dates stand for their whole period, and no silence is drawn that one could fill."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from django.test import Client

from followthrough.assess.dates import Time, months_free, side
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.rows import ClaimRow, claims_of
from followthrough.web.links.scope import Scope
from followthrough.web.pages.timeline import BUSY, MONTH, Axis, axis
from support import said

pytestmark = pytest.mark.sqlite

DOC = "/agreements/asean-rok-2019"
ADOPTED, TODAY = "2019-11-26", "2026-11-29"


@pytest.fixture
def claim(register: Document) -> ClaimRow:
    """A claim of the register that others are made from."""
    return next(one for one in claims_of(Scope(places=("asean-rok-2019/4.3b",), by=SYSTEM)) if one.kind != "statistic")


def of(claim: ClaimRow, *dates: str, kind: str = "policy", stance: str = "neutral") -> list[ClaimRow]:
    return [replace(claim, id=f"c-{at}", date=date, kind=kind, stance=stance) for at, date in enumerate(dates)]


def laid(claims: list[ClaimRow]) -> Axis:
    return axis(claims, adopted=ADOPTED, today=TODAY)


def test_what_may_be_of_either_side_is_never_counted_as_follow_up(claim: ClaimRow) -> None:
    found = laid(of(claim, "2019", "2019-11", "2019-11-25", "2019-11-26", "2019-12", "2018", ""))
    assert [one.claim.date for one in found.before] == ["2018", "2019-11-25"]
    assert [one.claim.date for one in found.unsure] == ["2019", "2019-11"]
    assert [one.claim.date for one in found.undated] == [""]
    assert [one.claim.date for step in found.steps for one in step.items] == ["2019-11-26", "2019-12"]
    assert found.earlier == (
        "Before the adoption: 2 items, 2018 to 25 Nov 2019; before or after it, not known: 2 items"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "silent"),
    [
        (("2020-01-15", "2021-01-15"), 12),
        (("2020-01-15", "2021-01-14"), 0),
        (("2020", "2021-12"), 0),
        (("2020", "2022-01"), 12),
        (("2020", "2022"), 12),
        (("2020-12-31", "2022"), 12),
        (("2020-06", "2021"), 0),
    ],
)
def test_a_silence_is_drawn_only_where_no_reading_of_the_dates_can_fill_it(
    claim: ClaimRow, dates: tuple[str, str], silent: int
) -> None:
    steps = laid(of(claim, *dates)).steps
    first, second = (at for at, step in enumerate(steps) if step.items)
    between = [step for step in steps[first:second] if step.silence]
    assert [step.silence for step in between] == ([f"Nothing recorded for {silent} months"] if silent else [])


def test_empty_time_keeps_its_length_and_years_stand_where_they_begin(claim: ClaimRow) -> None:
    gap = next(step for step in laid(of(claim, "2020-01-01", "2023-01-01")).steps if step.height > 200)
    assert gap.height == round(36 * MONTH)
    assert [(tick.year, round(tick.at / MONTH)) for tick in gap.ticks] == [(2021, 12), (2022, 24), (2023, 36)]
    assert gap.silence == "Nothing recorded for 36 months"


def test_figures_in_a_row_of_one_year_fold_with_what_is_adverse(claim: ClaimRow) -> None:
    figures = of(claim, "2021-02", "2021-03", kind="statistic", stance="unfavourable")
    steps = laid([*figures, *of(claim, "2022-05", kind="statistic")]).steps
    assert [step.folded for step in steps if step.items] == ["2 figures around it, 2 adverse", ""]
    assert [step.context for step in steps if step.items] == [True, True]


def test_of_a_year_with_many_items_the_first_stay(claim: ClaimRow) -> None:
    few = laid(of(claim, *(f"2021-{month:02}" for month in range(1, 8)))).steps
    assert [len(step.items) for step in few if step.items] == [1, 1, 1, 4]
    assert [step.folded for step in few if step.folded] == ["4 more of 2021"]
    many = laid(of(claim, *(f"2021-01-{at:02}" for at in range(1, BUSY + 1)))).steps
    assert [len(step.items) for step in many if step.items] == [1, 1, BUSY - 2]
    one_more = laid(of(claim, "2021-01", "2021-02", "2021-03", "2021-04")).steps
    assert not [step for step in one_more if step.folded], "one item alone is not folded"


def test_an_agreement_without_a_day_and_one_to_come(claim: ClaimRow) -> None:
    found = axis(of(claim, "2015", "2020"), adopted="", today=TODAY)
    assert not found.before and not found.unsure
    assert [step.milestone for step in found.steps if step.milestone] == ["Today"]
    assert axis(of(claim, "2015"), adopted="2030-01-01", today=TODAY).steps == []
    later = laid(of(claim, "2021", "2027-05")).steps
    assert later[-1].items[0].claim.date == "2027-05" and later[-2].milestone == "Today"


def test_the_axis_of_the_register_holds_every_item_once_on_its_side(register: Document) -> None:
    for num in ("1.4", "3.1", "4.3"):
        places = register.provisions.filter(num=num).values_list("commitments__id", flat=True)
        claims = claims_of(Scope(places=(f"asean-rok-2019/{num}", *(one for one in places if one)), by=SYSTEM))
        found = laid(claims)
        since = [one.claim for step in found.steps for one in step.items]
        everywhere = [*(one.claim for one in (*found.before, *found.unsure, *found.undated)), *since]
        assert sorted(one.id for one in everywhere) == sorted(one.id for one in claims)
        assert {side(one.date, ADOPTED) for one in since} == {Time.SINCE}
        for earlier, later in pairwise(step for step in found.steps if step.items or step.silence):
            if earlier.items and later.items:
                assert months_free(earlier.items[-1].claim.date, later.items[0].claim.date) < 12


def test_the_page_and_its_twin_say_the_same(register: Document, client: Client) -> None:
    page = said(client.get(f"{DOC}/4.3").content.decode())
    twin = json.loads(client.get(f"{DOC}/4.3.json").content)
    assert twin["answer"] in page
    assert twin["about"] in page
    assert twin["stage"]["label"] in page
    assert all(one in page for one in twin["silences"]) and twin["silences"]
    assert len(twin["evidence"]) == page.count("grade ") == 21
    rows = client.get(f"{DOC}/4.3.csv").content.decode().strip().splitlines()
    assert len(rows) - 1 == 21
    assert client.get(f"{DOC}/4.3.xlsx").status_code == 200
    assert client.get(f"{DOC}/section-4.csv").status_code == 404
