"""Addresses of pages by name are those that Django reverses, whatever their values hold."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from followthrough.web.kit.addresses import address, place_address

OTHERS = ("account_", "mfa_")
"""Pages of django-allauth, to which no list links."""
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)


def test_an_address_without_values_is_the_page_itself() -> None:
    assert address("home") == reverse("home") == "/"


@given(SLUGS)
def test_an_address_is_the_one_that_django_reverses(slug: str) -> None:
    assert address("document", slug) == reverse("document", args=[slug])


@pytest.mark.parametrize("ref", ["4.3a", "1", "12.b", "4.3aa"])
def test_a_place_in_a_document_has_an_address_below_it(ref: str) -> None:
    assert place_address(f"weir-charter/{ref}") == reverse("place", args=["weir-charter", ref])
    assert place_address("weir-charter") == reverse("document", args=["weir-charter"])


def test_a_value_is_quoted_so_that_it_can_open_no_query_and_no_tag() -> None:
    found = address("document", 'a?b#c "<i>%')
    assert not set('?#"<> ') & set(found)
    assert found.endswith("a%3Fb%23c%20%22%3Ci%3E%25") or "a%3Fb%23c%20%22%3Ci%3E%25/" in found


def test_values_stand_in_the_order_of_the_pattern() -> None:
    first, second = address("place", "aaa", "1"), address("place", "1", "aaa")
    assert first != second
    assert first.index("aaa") < first.rindex("1")


@pytest.mark.parametrize(("name", "values"), [("document", ()), ("place", ("a", "b", "c", "d")), ("no such page", ())])
def test_a_wrong_name_or_number_of_values_is_an_error(name: str, values: tuple[str, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address(name, *values)


def test_a_placeholder_is_taken_for_a_value_by_every_pattern_with_one() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and not name.startswith(OTHERS)}
    taken = 0
    for name in names:
        for possibility, _, _, _ in get_resolver().reverse_dict.getlist(name):
            count = len(possibility[0][1])
            if count and "day" not in possibility[0][1]:  # no list leads to how something stood on a day
                address(name, *["1"] * count)
                taken += 1
    assert taken > 20
