"""Drafts of summaries, titles in capitals, and the opening words of a paragraph."""

from __future__ import annotations

import pytest

from followthrough.register.summaries import LONG, draft_summary, opening_words
from followthrough.register.titles import in_title_case


@pytest.mark.parametrize(
    ("text", "verb", "summary"),
    [
        ("commit to reduce discharge into Lake Sirran by 40 per cent", "commit to reduce",
         "Reduce discharge into Lake Sirran by 40 per cent"),
        ("Each Party shall submit a report on the Korean Peninsula every year.", "each",
         "Submit a report on the Korean Peninsula every year"),
        ("also welcomed, in this regard, extending visas to 10 years", "welcome",
         "Welcome extending visas to 10 years"),
        ("commit to facilitating trade", "commit", "Commit to facilitating trade"),
        ("recognised the Bay", "recognize", "Recognise the Bay"),
        ("forest conservation; and", "strengthen", "Strengthen forest conservation"),
    ],
)  # fmt: skip
def test_a_draft_begins_with_its_verb_and_keeps_the_letters_of_names(text: str, verb: str, summary: str) -> None:
    assert draft_summary(text, [(0, len(text))], verb) == summary


@pytest.mark.parametrize(
    "text",
    [
        "urges States to strictly observe, implement and enforce, including during a period of armed conflict, all the "
        "applicable principles and rules of international law governing relations",
        "support the continued progress of the Economic Framework (EF), which was made to advance resilience, "
        "sustainability, inclusiveness, economic growth, fairness, and competitiveness",
        "open " + "very" * 60,
    ],
)
def test_a_long_one_is_cut_at_a_clause_without_an_ellipsis(text: str) -> None:
    said = draft_summary(text, [(0, len(text))])
    assert len(said) <= LONG and "…" not in said
    assert said.count("(") == said.count(")")
    assert said.rsplit(" ", 1)[-1].lower() not in {"the", "to", "of", "and", "which", "including"}


def test_a_draft_joins_the_parts_of_a_commitment() -> None:
    words = "We will build a bridge and, by 2030, a road."
    assert draft_summary(words, [(8, 22), (37, 44)], "build") == "Build a bridge a road"


def test_a_paragraph_without_a_heading_is_called_by_its_first_clause() -> None:
    long = "The Parties shall publish their measurements every quarter, in order to let everybody read them at once"
    assert opening_words(long) == "The Parties shall publish their measurements every quarter"


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("DECLARATION ON THE WATERS OF SIRRAN", "Declaration on the Waters of Sirran"),
        ("PART II: A PLAN OF THE OLAM", "Part II: A Plan of the OLAM"),
        ("Joint Declaration", "Joint Declaration"),
        ("OLAM", "OLAM"),
    ],
)
def test_a_title_in_capitals_is_proposed_in_title_case(printed: str, written: str) -> None:
    assert in_title_case(printed, f"{printed}\n\nThe members of OLAM met.") == written
