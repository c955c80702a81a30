"""What an invented undertaking leaves open."""

from __future__ import annotations

import pytest

from followthrough.register.heads import SIGNATORIES
from followthrough.register.missing import missing

ALL = ("deliverable", "target", "timeframe", "owner")


def test_an_undertaking_that_states_nothing_lacks_everything() -> None:
    assert missing("mend the weir", 3, None, None, ()) == ALL


@pytest.mark.parametrize(
    ("words", "strength", "due", "amount", "actors", "stated"),
    [
        ("make a weir plan", 3, None, None, (), "deliverable"),
        ("mend the weir", 5, None, None, (), "deliverable"),
        ("mend the weir", 3, None, 0, (), "target"),
        ("mend the weir", 3, "2030", None, (), "timeframe"),
        ("mend the weir", 3, None, None, ("Weirland",), "owner"),
        ("mend the weir", 3, None, None, (SIGNATORIES, "Weirland"), "owner"),
    ],
)
def test_what_is_stated_is_not_missing(
    words: str, strength: int, due: str | None, amount: object, actors: tuple[str, ...], stated: str
) -> None:
    assert missing(words, strength, due, amount, actors) == tuple(one for one in ALL if one != stated)


@pytest.mark.parametrize("words", ["plant reeds", "explain the flood", "weirplan"])
def test_a_deliverable_is_a_whole_word(words: str) -> None:
    assert "deliverable" in missing(words, 4, None, None, ())


def test_the_signatories_together_are_nobody_in_particular() -> None:
    assert missing("make a PLAN", 3, "2030", 1, (SIGNATORIES,)) == ("owner",)
