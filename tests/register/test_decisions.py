"""Decisions of conferences: items below a verb that decides, with or without a colon, or numbered in the sentence."""

from __future__ import annotations

import pytest

from followthrough.pipeline import register_bytes

COUNCIL = "DECISION OF THE RIVER COUNCIL\n\n"
ITEMS = "(a) that the fund shall be kept open;\n(b) to make a report each year;\n(c) that members be invited to pay.\n"


def rows(text: str) -> list[tuple[str, str]]:
    reading = register_bytes(text.encode(), "decision.txt")
    whole = reading.document.text
    return [(one.kind.value, whole[one.start : one.end]) for one in reading.commitments]


@pytest.mark.parametrize(
    "opening", ["1. The council resolves\n", "1. The council resolves:\n", "1. The Council decides\n"]
)
def test_what_a_council_decides_stands_below_it(opening: str) -> None:
    assert rows(COUNCIL + opening + ITEMS) == [
        ("action", "that the fund shall be kept open"),
        ("action", "make a report each year"),
        ("action", "that members be invited to pay"),
    ]


def test_items_complete_that() -> None:
    text = "# Outcome\n\nThe Conference resolved that:\n\n(a) the levy be cut by half;\n\n(b) wells be studied.\n"
    assert rows(text) == [("action", "the levy be cut by half"), ("action", "wells be studied")]


def test_what_a_committee_did_stands_below_its_name() -> None:
    text = "# Record\n\nThe Committee:\n\n(a) noted the report;\n\n(b) discussed wells;\n\n(c) agreed to meet in May.\n"
    assert rows(text) == [("reaffirmation", "noted the report"), ("action", "agreed to meet in May")]


def test_a_list_may_run_on_in_its_sentence() -> None:
    text = (
        COUNCIL
        + "1. The Assembly resolves (a) that the fund be kept, (b) to report each year, and (c) to ask us to pay.\n"
    )
    assert [quotation for _, quotation in rows(text)] == [
        "resolves (a) that the fund be kept",
        "report each year",
        "ask us to pay",
    ]


def test_letters_of_a_reference_number_nothing() -> None:
    text = COUNCIL + "1. The Board shall pay the fee pursuant to paragraph 3 (a) and paragraph 3 (b) above.\n"
    assert rows(text) == [("action", "shall pay the fee pursuant to paragraph 3 (a) and paragraph 3 (b) above")]


def test_a_formula_without_a_list_undertakes_nothing() -> None:
    assert rows(COUNCIL + "1. The Parties hereby decide.\n") == []
