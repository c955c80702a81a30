"""The filter of a feed in writing."""

from __future__ import annotations

import pytest

from followthrough.model.series_filter import parse_filter


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        (" ; ", {}),
        ("weir=old", {"weir": "old"}),
        (" weir = old ; otter=a=b;", {"weir": "old", "otter": "a=b"}),
    ],
)
def test_a_filter_is_read_as_dimensions_with_their_values(text: str, found: dict[str, str]) -> None:
    assert parse_filter(text) == found


@pytest.mark.parametrize("text", ["weir", "weir=", "=old", "weir=old; otter", " = "])
def test_another_form_is_refused_by_the_part_that_is_wrong(text: str) -> None:
    with pytest.raises(ValueError, match="is not of the form dimension=value"):
        parse_filter(text)
