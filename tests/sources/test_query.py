"""A query for a series: its code can lead nowhere else, and its filter is matched however providers spell it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.sources.areas import iso3, m49
from followthrough.sources.errors import SourceFailed
from followthrough.sources.query import SeriesQuery, check_code, matches

NAMES = st.text("abcXYZ _-", min_size=1, max_size=8)


def query(code: str) -> SeriesQuery:
    return SeriesQuery("weirs", code, ("KEN",), 2026)


@pytest.mark.parametrize("code", ["OTT.WEIR", "A,B:C@D+E*F", "flow/key/x", "{otters}", "a..b"])
def test_the_codes_of_providers_are_taken(code: str) -> None:
    check_code(query(code))


@pytest.mark.parametrize(
    "code", ["", "a b", "a?b", "a#b", "a%2e", "..", "a/../b", "./a", "/a", "a/", "a//b", "https://x", "ötter", "a\n"]
)
def test_a_code_that_could_lead_elsewhere_is_refused(code: str) -> None:
    with pytest.raises(SourceFailed, match="is no code of a series"):
        check_code(query(code))


def test_a_refusal_quotes_no_more_than_the_beginning_of_a_code() -> None:
    with pytest.raises(SourceFailed) as refused:
        check_code(query("?" * 900))
    assert len(str(refused.value)) < 300


def test_messages_name_the_provider_and_the_code() -> None:
    assert query("OTT").name == "weirs OTT"


@pytest.mark.parametrize(
    ("dimensions", "wanted", "answer"),
    [
        ({"sex": "F", "age": "1"}, {"sex": "F"}, True),
        ({"Sex ": "f"}, {"SEX": "F"}, True),
        ({"sex": "M"}, {"sex": "F"}, False),
        ({}, {"sex": "F"}, False),
        ({"sex": "F"}, {"sex": "F", "age": "1"}, False),
        ({"sex": "F"}, {}, True),
    ],
)
def test_every_wanted_dimension_has_its_value(dimensions: dict[str, str], wanted: dict[str, str], answer: bool) -> None:
    assert matches(dimensions, wanted) is answer


@given(st.dictionaries(NAMES, NAMES, max_size=1))
def test_what_a_row_has_is_matched_in_capitals_and_without_blanks(row: dict[str, str]) -> None:
    assert matches(row, {name.upper(): value.replace(" ", "") for name, value in row.items()})


@pytest.mark.parametrize(
    ("code", "country"), [("ken", "KEN"), (" KE ", "KEN"), ("404", "KEN"), ("8", "ALB"), ("XX9", "")]
)
def test_a_country_is_known_by_any_of_its_codes(code: str, country: str) -> None:
    assert iso3(code) == country


def test_a_number_of_the_united_nations_leads_back_to_its_country() -> None:
    assert (m49("KEN"), iso3(m49("ALB")), m49("ZZZ")) == ("404", "ALB", "")
