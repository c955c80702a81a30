"""Dates as people write them."""

from __future__ import annotations

import pytest

from followthrough.spreadsheets.dates import order_of, understand_date

UNDERSTOOD = {
    "14 March 2026": ("2026-03-14", ""), "Mar-24": ("2024-03", ""), "FY2019/20": ("2019", "2020"),
    "Q3 2021": ("2021-07", "2021-09"), "2021-Q3": ("2021-07", "2021-09"), "13/03/2024": ("2024-03-13", ""),
    "March 2024": ("2024-03", ""), "2019-2023": ("2019", "2023"), "14-16 March 2026": ("2026-03-14", "2026-03-16"),
    "Jan 2024 - Mar 2025": ("2024-01", "2025-03"), "14 de marzo de 2024": ("2024-03-14", ""),
    "2024-03": ("2024-03", ""), "2H 2021": ("2021-07", "2021-12"), "2015 / 16": ("2015", "2016"),
    "FY 2015": ("2015", ""), "1648": ("1648", ""),
    "2024年3月": ("2024-03", ""), "tháng 3 2024": ("2024-03", ""), "1.2.2023": ("2023-02-01", ""),
    "2016*": ("2016", ""),
    "5 to 7 March 2024": ("2024-03-05", "2024-03-07"), "2024-03-14 00:00:00": ("2024-03-14", ""),
    "Monday, 3 June 2024": ("2024-06-03", ""), "YR2015": ("2015", ""), "2024": ("2024", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_date_keeps_the_precision_with_which_it_is_written(text: str) -> None:
    found = understand_date(text)
    assert (str(found.value), str(found.until or "")) == UNDERSTOOD[text]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("2567", ["2024", "2567"]), ("2567 BE", ["2024", "2567"]), ("มีนาคม 2567", ["2024-03", "2567-03"]),
        ("05/03/2024", ["2024-03-05", "2024-05-03"]), ("3/1/24", ["2024-01-03", "2024-03-01"]),
    ],
)  # fmt: skip
def test_what_could_be_two_dates_is_asked_about(text: str, choices: list[str]) -> None:
    found = understand_date(text)
    assert found.value is None
    assert found.question
    assert [answer for answer, _ in found.choices] == choices


def test_an_answer_for_the_column_decides() -> None:
    assert str(understand_date("05/03/2024", order="mdy").value) == "2024-05-03"
    assert str(understand_date("มีนาคม 2567", era="buddhist").value) == "2024-03"
    assert order_of(["05/03/2024", "25/12/2024", "later"]) == "dmy"
    assert order_of(["05/03/2024"]) == order_of(["13/03/2024", "03/13/2024"]) == ""


@pytest.mark.parametrize("text", ["31 Feb 2026", "3024", "soon", "0000", "32/13/2024", "x" * 100])
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    assert understand_date(text).refusal


@pytest.mark.parametrize("text", ["", "-", "tbc", "n/a", "…"])
def test_a_mark_for_not_known_is_no_date_and_no_question(text: str) -> None:
    found = understand_date(text)
    assert (found.value, found.question, found.refusal) == (None, "", "")
