"""How every page writes numbers, units and plurals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from followthrough.web.kit.wording import NOUNS, brief, grouped, many, measured, plural


@pytest.mark.parametrize(
    ("value", "whole", "short"),
    [
        ("36600000", "36,600,000", "36,600,000"),
        ("24259700.0", "24,259,700", "24,259,700"),
        ("99.0336", "99.0336", "99"),
        ("9.780", "9.78", "9.78"),
        ("0.0", "0", "0"),
        ("-5.9", "-5.9", "-5.9"),
        ("<2.50", "<2.5", "<2.5"),
        ("1250.50", "1,250.5", "1,250"),
        ("·", "·", "·"),
        ("2019-11", "2019-11", "2019-11"),
        ("n/a", "n/a", "n/a"),
    ],
)
def test_numbers(value: str, whole: str, short: str) -> None:
    assert (grouped(value), brief(value)) == (whole, short)


def test_a_unit_follows_its_number_and_a_currency_stands_before() -> None:
    assert measured(Decimal("150"), "USD billion") == "USD 150 billion"
    assert measured("9.78", "million persons") == "9.78 million persons"
    assert measured(Decimal("30000000"), "KRW") == "KRW 30,000,000"
    assert measured("12", "") == "12"


def test_plurals_come_from_one_list() -> None:
    assert (plural(1, "party"), plural(2, "party"), plural(1204, "evidence item")) == (
        "1 party",
        "2 parties",
        "1,204 evidence items",
    )
    assert many("activity") == "activities"
    with pytest.raises(KeyError):
        plural(2, "gizmo")
    assert all(one and other for one, other in NOUNS.items())
