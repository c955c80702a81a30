"""The table of countries: each code belongs to one of them."""

from __future__ import annotations

from collections import Counter

import pytest

from followthrough.model.countries import countries


@pytest.mark.parametrize(("field", "form"), [("iso3", 3), ("iso2", 2), ("m49", 3)])
def test_a_code_is_unique_and_of_one_length(field: str, form: int) -> None:
    codes = [code for one in countries() if (code := getattr(one, field)) and one.iso3 not in ("UNK", "XKX")]
    assert len(codes) > 190
    assert {len(code) for code in codes} == {form}
    assert [code for code, times in Counter(codes).items() if times > 1] == []


def test_countries_stand_in_the_order_of_their_codes() -> None:
    found = [one.iso3 for one in countries()]
    assert found == sorted(found)


def test_no_name_belongs_to_two_countries_and_none_is_blank() -> None:
    names = Counter(name for one in countries() for name in one.names)
    assert [name for name, times in names.items() if times > 1 or name != name.strip() or not name] == []


def test_a_name_that_texts_are_searched_for_is_not_told_again_beside_the_names_of_tables() -> None:
    names = countries()
    assert sum(len(one.other_names) for one in names) > 2_000
    assert [
        one.iso3 for one in names if len({*one.names, *one.other_names}) < len(one.names) + len(one.other_names)
    ] == []
    assert [one.iso3 for one in names if one.other_names and not one.coded] == []
