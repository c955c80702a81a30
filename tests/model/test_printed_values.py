"""Printed values: every sign of comparison, what is no number, and what a censored value leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.measure.series import parse_value
from followthrough.model.values import Censor, PrintedValue

NUMBERS = st.decimals(-(10**9), 10**9, places=3)
VALUES = st.builds(
    lambda number, censor, inclusive: PrintedValue(number, censor, inclusive and censor is not Censor.EXACT),
    NUMBERS,
    st.sampled_from(Censor),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.5", PrintedValue(Decimal("2.5"))),
        (" 1e3 ", PrintedValue(Decimal(1000))),
        ("−4.0", PrintedValue(Decimal("-4.0"))),
        (".5", PrintedValue(Decimal("0.5"))),
        ("<2.5", PrintedValue(Decimal("2.5"), Censor.BELOW)),
        ("< 2.5", PrintedValue(Decimal("2.5"), Censor.BELOW)),
        ("≤2.5", PrintedValue(Decimal("2.5"), Censor.BELOW, inclusive=True)),
        (">=95", PrintedValue(Decimal(95), Censor.ABOVE, inclusive=True)),
        (">95", PrintedValue(Decimal(95), Censor.ABOVE)),
    ],
)
def test_what_sources_print(text: str, value: PrintedValue) -> None:
    assert PrintedValue.parse(text) == value


@pytest.mark.parametrize("text", ["", "n/a", "1,234", "1 234", "<", "<<2", "2.5%", "1_000", "inf", "nan", "٣"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        PrintedValue.parse(text)


def test_a_number_past_all_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="is too large"):
        PrintedValue.parse("1e" + "9" * 30)


@given(VALUES)
def test_what_is_printed_is_parsed_again(value: PrintedValue) -> None:
    assert PrintedValue.parse(str(value)) == value


@given(VALUES)
def test_columns_of_numbers_hold_the_same_number_and_censor(value: PrintedValue) -> None:
    assert parse_value(str(value)) == (float(value.number), value.censor)


@given(VALUES, NUMBERS, st.decimals(-(10**3), 10**3, places=3))
def test_an_answer_holds_for_every_value_that_the_print_allows(
    value: PrintedValue, wanted: Decimal, off: Decimal
) -> None:
    said = value.reaches(wanted)
    true = value.number + (0 if value.censor is Censor.EXACT else value.censor * abs(off))
    if value.censor is Censor.EXACT or off or value.inclusive:
        assert said is None or said is (true >= wanted)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("<40", False), ("≤40", None), ("<41", None), (">40", True), (">=40", True), (">39", None), ("40", True)],
)
def test_a_censored_value_decides_only_where_it_leaves_no_doubt(text: str, answer: bool | None) -> None:
    assert PrintedValue.parse(text).reaches(Decimal(40)) is answer
