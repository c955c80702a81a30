"""Whom invented calls are directed at: somebody else, an organ of one's own, or nobody."""

from __future__ import annotations

import pytest

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.addressees import addressees, after_verb, is_own_organ, is_third_party
from followthrough.register.heads import Head
from followthrough.register.predicates import heads_after_subjects
from followthrough.register.sentences import Sentence
from followthrough.register.tokens import tokenize


def head(text: str) -> Head:
    return heads_after_subjects(Sentence(text, tokenize(text, 0, len(text))))[0]


def called(text: str, kind: CommitmentKind = CommitmentKind.CALL) -> tuple[str, ...]:
    return addressees(head(text), text, kind)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("We call upon the millers to mend the weir.", ("the millers",)),
        ("We encourage the ferry companies, to mend the weir.", ("the ferry companies",)),
        ("We urge  all   guilds to mend the weir.", ("all guilds",)),
        ("We call for a new weir.", ()),
        ("We will mend the weir with the millers.", ()),
        (f"We urge {'very ' * 50}old guilds to mend the weir.", ()),
    ],
)
def test_a_call_names_whom_it_is_directed_at(text: str, who: tuple[str, ...]) -> None:
    assert called(text) == who


def test_to_encourage_as_an_action_of_ones_own_addresses_nobody() -> None:
    text = "We encourage the guilds to mend the weir."
    assert called(text) == ("the guilds",)
    assert called(text, CommitmentKind.ACTION) == ()


@pytest.mark.parametrize("words", ["the ferry companies", "Weirland", "the OWB", "the banks of Aber", "other states"])
def test_companies_states_and_names_are_somebody_else(words: str) -> None:
    assert is_third_party(words)


@pytest.mark.parametrize(
    "words", ["cooperation between companies", "the exchange of otters", "otters", "our ministers", "the secretariat"]
)
def test_an_action_an_animal_and_an_organ_of_ones_own_are_not(words: str) -> None:
    assert not is_third_party(words)


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("our relevant ministers to mend the weir", True),
        ("the Joint Committee", True),
        ("the committee on weirs", True),
        ("the committee", False),
        ("that the yearly weir review be made", True),
        ("that the weir be mended", False),
        ("the guild of officials", False),
    ],
)
def test_an_organ_of_ones_own_opens_the_words(words: str, own: bool) -> None:
    assert is_own_organ(words) is own


def test_the_words_after_the_verb_begin_after_its_particles() -> None:
    call = head("We call upon the millers to mend the weir.")
    assert after_verb(call, "call once again upon the millers") == "the millers"
    assert after_verb(call, "the millers alone") == "the millers alone"
