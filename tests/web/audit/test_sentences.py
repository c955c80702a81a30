"""What happened to a record, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.sentences import event_says


def says(verb: str, **detail: Any) -> str:
    return event_says({"verb": verb, "by": "Ottilie", "detail": detail})


def test_an_event_without_changes_is_one_short_sentence() -> None:
    assert says("claim.added") == "Added by Ottilie."


def test_a_change_says_what_stood_there_and_what_stands_there_now() -> None:
    said = says("claim.changed", changes={"plan_date": ["2019", "2020"]})
    assert said == "Changed by Ottilie: plan date from “2019” to “2020”."


def test_several_changes_are_listed() -> None:
    said = says("claim.changed", changes={"a": ["1", "2"], "b": ["3", "4"], "c": ["5", "6"]})
    assert said == "Changed by Ottilie: a from “1” to “2”, b from “3” to “4” and c from “5” to “6”."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", "nothing"),
        (None, "nothing"),
        ([], "nothing"),
        (["weir", "otter"], "weir; otter"),
        (0, "0"),
        (False, "False"),
    ],
)
def test_nothing_is_said_to_be_nothing_and_zero_is_not(value: Any, shown: str) -> None:
    assert says("claim.changed", changes={"note": [value, "x"]}) == f"Changed by Ottilie: note from “{shown}” to “x”."


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ({"pack": "weirs", "version": "2"}, ", from the pack weirs 2"),
        ({"pack": "weirs"}, ", from the pack weirs"),
        ({"pack": "", "version": ""}, ""),
    ],
)
def test_what_came_from_a_pack_names_it(detail: dict[str, str], shown: str) -> None:
    assert says("pack.imported", **detail) == f"Imported by Ottilie{shown}."


@pytest.mark.parametrize("changes", ["a text", {"note": "x"}, {"note": ["x"]}, {"note": ["x", "y", "z"]}, None])
def test_what_an_earlier_version_recorded_otherwise_is_left_out_and_does_no_harm(changes: Any) -> None:
    assert says("claim.changed", changes=changes) == "Changed by Ottilie."


def test_an_event_that_is_defined_no_longer_is_told_by_its_own_words() -> None:
    assert says("weir.opened_wide") == "Opened wide by Ottilie."


@pytest.mark.parametrize("event", EventType)
def test_every_event_makes_a_sentence(event: EventType) -> None:
    said = says(event.value)
    assert said[0].isupper()
    assert said.endswith(" by Ottilie.")
    assert "_" not in said
