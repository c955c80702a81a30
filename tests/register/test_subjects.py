"""Who undertakes, at the head of invented sentences."""

from __future__ import annotations

import pytest

from followthrough.register.heads import SIGNATORIES
from followthrough.register.sentences import Sentence
from followthrough.register.subjects import Subject, subject_at
from followthrough.register.tokens import tokenize


def subject(text: str, word: str = "") -> Subject | None:
    sentence = Sentence(text, tokenize(text, 0, len(text)))
    words = [token.lower for token in sentence.tokens]
    return subject_at(sentence, words.index(word) if word else 0)


@pytest.mark.parametrize(
    ("text", "end", "name"),
    [
        ("We will mend the weir.", 1, SIGNATORIES),
        ("They will mend the weir.", 1, SIGNATORIES),
        ("The Leaders will mend the weir.", 2, "The Leaders"),
        ("The two leaders will mend the weir.", 3, "The two leaders"),
        ("Both sides will mend the weir.", 2, "Both sides"),
        ("Both the sides will mend the weir.", 3, "Both the sides"),
        ("Ministers will mend the weir.", 1, "Ministers"),
        ("The Otter Council will mend the weir.", 3, "The Otter Council"),
        ("The Republic of Weirland shall mend the weir.", 4, "The Republic of Weirland"),
    ],
)
def test_a_subject_is_named_as_printed_or_is_the_signatories(text: str, end: int, name: str) -> None:
    assert subject(text) == Subject(end, name)


@pytest.mark.parametrize(
    "text",
    [
        "The otters will mend the weir.",
        "The weir that the Council built will stand.",
        "This Council will mend the weir.",
        "It will mend the weir.",
        "the Otter Council",
        "Otters swim.",
    ],
)
def test_what_is_nobody_that_acts_is_no_subject(text: str) -> None:
    assert subject(text) is None


def test_we_after_an_introduction_is_the_subject_and_in_a_relative_clause_it_is_not() -> None:
    assert subject("In spring we will mend the weir.", "we") == Subject(3, SIGNATORIES)
    assert subject("At the weir, we will count otters.", "we") == Subject(4, SIGNATORIES)
    assert subject("The tools we share mend the weir.", "we") is None
    assert subject("Mend the weir because we love otters.", "we") is None
    assert subject("Mend the old weir beside the mill we love.", "we") is None


def test_a_second_subject_may_follow_a_conjunction() -> None:
    assert subject("We will mend the weir and the parties will count otters.", "parties") is None
    text = "We will mend the weir and both sides will count otters."
    assert subject(text, "both") == Subject(8, "both sides")
