"""What a text is, told by its title, or by the words that open its paragraphs."""

from __future__ import annotations

import pytest

from followthrough.pipeline import register_bytes

PLAIN = "1. We will mend the weir.\n\n2. We will count the otters.\n"


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("WEIR KEEPERS' JOINT VISION STATEMENT", "vision"),
        ("Chair's Statement of the Fourth Weir Meeting", "chairs_statement"),
        ("Memorandum of Understanding on Weirs", "memorandum"),
        ("Plan of Action to Implement the Joint Declaration on Weirs", "plan"),
        ("Roadmap for Weirs", "roadmap"),
        ("Principles on Weirs", "principles"),
        ("Treaty on the Weirs", "treaty"),
        ("Declaration on the Agreement on Weirs", "declaration"),
        ("Joint Statement of the Weir Keepers", "communique"),
    ],
)
def test_the_title_tells_by_the_word_that_stands_first(title: str, genre: str) -> None:
    assert register_bytes(f"{title}\n\n{PLAIN}".encode(), "x.txt").document.genre == genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("1. The Participants intend to mend weirs.\n\n2. Each Participant will bear its costs.\n", "memorandum"),
        ("1. Decides to mend weirs;\n\n2. Requests the secretariat to count otters;\n", "decision"),
        ("1. Calls upon States to mend weirs;\n\n2. Reaffirms its trust in otters;\n", "resolution"),
        ("1. Mending weirs.\n\n2. Establishment of a fund.\n\n3. Counting otters.\n", "plan"),
        (PLAIN, "declaration"),
        ("1. Otters swim.\n\n2. Weirs stand.\n", None),
    ],
)
def test_without_a_title_the_paragraphs_tell(text: str, genre: str | None) -> None:
    assert register_bytes(text.encode(), "x.txt").document.genre == genre
