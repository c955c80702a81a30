"""The operative verb of invented sentences: after a subject, in a compound, or at the head of a list."""

from __future__ import annotations

import pytest

from followthrough.register.heads import SIGNATORIES, Head
from followthrough.register.predicates import bare_head, head_after, heads_after_subjects
from followthrough.register.sentences import Sentence
from followthrough.register.tokens import tokenize
from followthrough.register.verbs import BASE, ING, Form


def sentence(text: str) -> Sentence:
    return Sentence(text, tokenize(text, 0, len(text)))


def about(head: Head | None) -> tuple[str, str, int] | None:
    return (head.verb.lemma, head.form, head.verb_at) if head else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will protect otters.", ("protect", "base", 2)),
        ("We will not protect otters.", ("protect", "base", 3)),
        ("We shall further protect otters.", ("protect", "base", 3)),
        ("We will oil the wheel.", ("oil", "base", 2)),
        ("We agree to protect otters.", ("agree", "base", 1)),
        ("We agreed to protect otters.", ("agree", "past", 1)),
        ("We have agreed to protect otters.", ("agree", "past", 2)),
        ("We are committed to protecting otters.", ("be committed", "base", 2)),
        ("We remain committed to protecting otters.", ("remain committed", "base", 2)),
        ("We are strengthening the weir.", ("strengthen", "ing", 2)),
    ],
)
def test_the_verb_after_a_subject_is_found_in_every_form(text: str, found: tuple[str, str, int]) -> None:
    head = head_after(sentence(text), 1, SIGNATORIES)
    assert about(head) == found
    assert head is not None
    assert (head.start, head.subject) == (2 if "strengthening" in text else 1, SIGNATORIES)


@pytest.mark.parametrize(
    "text",
    ["We protected otters.", "We have protected otters.", "We are otters.", "We will", "We", "We will be otters."],
)
def test_what_was_done_or_is_is_no_undertaking(text: str) -> None:
    assert head_after(sentence(text), 1, SIGNATORIES) is None


def test_to_remain_committed_is_weaker_than_to_be_committed() -> None:
    strengths = [
        head.verb.strength
        for word in ("remain", "are")
        if (head := head_after(sentence(f"We {word} committed to otters."), 1, SIGNATORIES))
    ]
    assert strengths == [2, 4]


@pytest.mark.parametrize(
    ("text", "wanted", "certain", "found"),
    [
        ("Protect otters.", BASE, False, ("protect", "base", 0)),
        ("To protect otters.", BASE, False, ("protect", "base", 1)),
        ("Jointly protect otters.", BASE, False, ("protect", "base", 1)),
        ("Strengthening the weir.", ING, False, ("strengthen", "ing", 0)),
        ("Strengthening the weir.", BASE, False, None),
        ("Oil the wheel.", BASE, True, ("oil", "base", 0)),
        ("Oil the wheel.", BASE, False, None),
        ("Otters of the weir.", BASE, True, None),
        ("Restoration of the weir.", BASE, True, None),
        ("Support, otters and weirs.", BASE, False, None),
        ("Jointly", BASE, True, None),
    ],
)
def test_a_sentence_may_open_with_its_verb(
    text: str, wanted: frozenset[Form], certain: bool, found: tuple[str, str, int] | None
) -> None:
    assert about(bare_head(sentence(text), wanted, certain)) == found


def test_each_subject_of_a_sentence_has_a_head_of_its_own() -> None:
    heads = heads_after_subjects(sentence("We will protect otters, and both sides will count weirs."))
    assert [(head.verb.lemma, head.subject) for head in heads] == [("protect", SIGNATORIES), ("count", "both sides")]
    assert heads_after_subjects(sentence("Otters swim over the weir.")) == []
