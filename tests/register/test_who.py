"""Who undertakes and who is asked, by class, and which words fill what an undertaking may leave open."""

from __future__ import annotations

import pytest

from followthrough.model.commitment import Commitment
from followthrough.pipeline import register_bytes


def read(sentence: str) -> list[Commitment]:
    return list(register_bytes(f"Pledge of the Weir Keepers\n\n1. {sentence}\n".encode(), "x.txt").commitments)


@pytest.mark.parametrize(
    ("sentence", "classes"),
    [
        ("We will mend the weir.", ("signatories",)),
        ("The Leaders of the Weir will mend it.", ("signatories",)),
        ("Each Party shall mend its weir.", ("party",)),
        ("Japan will mend the weir.", ("party",)),
        ("The Joint Weir Committee will mend the weir.", ("organ",)),
        ("The LDA and RFC will publish their findings.", ("third_party",)),
    ],
)
def test_the_class_of_who_undertakes(sentence: str, classes: tuple[str, ...]) -> None:
    assert [one.actor_classes for one in read(sentence)] == [classes]


def test_who_is_asked_is_inherited_and_an_organ_of_ones_own_is_told_apart() -> None:
    called = read("Calls upon the States of the valley to mend weirs, to count otters and to plant reeds.")
    assert [one.addressees for one in called] == [("the States of the valley",)] * 3
    assert {one.addressee_classes for one in called} == {("third_party",)}
    ordered = read("Requests the secretariat to mend weirs and count otters.")
    assert [(one.kind, one.strength, one.addressee_classes) for one in ordered] == [("action", 5, ("organ",))] * 2


def test_the_words_that_fill_an_element_are_given_and_what_is_open_is_none() -> None:
    (one,) = read("Japan will mend at least ten weirs by 2031 with a budget of $5 million, and will wait.")[:1]
    assert one.elements["owner"] == "Japan"
    assert one.elements["deadline"] == "by 2031"
    assert one.elements["target"] is not None
    assert one.elements["resources"] is not None
    assert one.elements["review_date"] is None
    (bare,) = read("We will mend the weir.")
    assert set(bare.elements.values()) == {None}
    (review,) = read("We will review this work every two years.")
    assert review.elements["review_date"] == "review this work every two years"
