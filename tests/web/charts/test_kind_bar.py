"""The bar of kinds: its segments stand side by side, and all of them together are the whole bar."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.web.charts.kind_bar import kind_bar

KINDS = ("dam", "ferry", "otter")


@dataclass(frozen=True)
class Kept:
    kind: str


def kept(kinds: list[str]) -> list[Kept]:
    return [Kept(kind) for kind in kinds]


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_two_of_four_fill_half_of_the_bar_and_each_later_segment_begins_after_a_gap() -> None:
    dams, ferries, otters = kind_bar(kept(["dam", "otter", "dam", "ferry"]), KINDS)
    assert [(one.x, one.width, one.count, one.total) for one in (dams, ferries, otters)] == [
        ("0.00%", "50.00%", 2, 4),
        ("50.30%", "24.70%", 1, 4),
        ("75.30%", "24.70%", 1, 4),
    ]
    assert [one.label_x for one in (dams, ferries, otters)] == ["1.40%", "51.40%", "76.40%"]
    assert [one.shade for one in (dams, ferries, otters)] == [2, 1, 0]


def test_the_label_of_a_narrow_segment_stands_in_its_middle() -> None:
    dams, ferries, _ = kind_bar(kept(["dam"] * 9 + ["ferry"]), KINDS)
    assert (dams.wide, ferries.wide) == (True, False)
    assert ferries.label_x == "95.15%"


def test_a_kind_without_rows_has_no_width_and_the_next_one_stands_where_it_would() -> None:
    dams, ferries, otters = kind_bar(kept(["otter"]), KINDS)
    assert [(one.x, one.width) for one in (dams, ferries, otters)] == [
        ("0.00%", "0.00%"),
        ("0.00%", "0.00%"),
        ("0.00%", "100.00%"),
    ]


def test_no_rows_make_segments_of_no_width() -> None:
    assert [(one.width, one.count, one.rows, one.wide) for one in kind_bar(kept([]), KINDS)] == [
        ("0.00%", 0, [], False)
    ] * 3


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=60))
def test_shares_add_up_to_the_whole_bar_and_no_row_is_in_two_of_them(kinds: list[str]) -> None:
    segments = kind_bar(rows := kept(kinds), KINDS)
    last = next(one for one in reversed(segments) if one.count)
    assert percent(last.x) + percent(last.width) == pytest.approx(100, abs=0.02)
    assert sum(one.count for one in segments) == len(rows) == segments[0].total
    assert sorted((row for one in segments for row in one.rows), key=id) == sorted(rows, key=id)
    for one, following in pairwise(segments):
        assert percent(one.x) + percent(one.width) <= percent(following.x) + 0.02
