"""No text is gone over again and again: not by a pattern, and not by the reader as a whole."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest

from followthrough.errors import InputRefused
from followthrough.pipeline import register_bytes
from pumping import PARSER, SHAPES, STEEPEST, modules, patterns, possessive_groups, steepness, texts

UNFORMED = 5
"""Patterns that are written where they are used, out of what their callers hand them."""
SIZES = (2_000, 8_000, 16_000)
MARKS = frozenset("#*_[!<`>\\-")
"""What Markdown is written with: a text that has none of it is read as plain text alone."""
REPEATED = [
    *SHAPES, "5", "1,111", "1,", "1.1.", "--", "- ", "–", "* ", "_", "# ", "a, ", "A. ", "and ", "the ",
    "The ", "of the ", "to ", "we will ", "We call on ", "support ", "A-", "A.", "A&", "A/", "a;", "; ",
    "(a) ", "(a", ")", "“", "'s ", "’", ":", ": ", "by 2030 ", "US$1 ", "5 per cent ", "respect",
    "1 aaaa", "\t", "\u00a0", "한", "И", "(AKCF) ", "ASEAN ", "In In ", "Convention on ", "Article 1",
    "including ", "http://a.b/", "[a](", "![", "<!--", "<b ", "**a", "`", "\\", "and, ", "1)", "a\n",
    "1.\n", "1. a\n\n", "- a\n", "Annex\n", "I. A\n\n", "> a\n",
]  # fmt: skip


@pytest.mark.slow
def test_the_patterns_of_the_package_are_found() -> None:
    found, unformed = patterns()
    assert len(found) > 400
    assert len(unformed) <= UNFORMED, unformed
    assert {"followthrough.register.quantities._SHARE", "followthrough.read.md._PAIRED"} <= {one.where for one in found}


@pytest.mark.slow
def test_no_pattern_repeats_a_group_and_keeps_all_that_it_took() -> None:
    """Python before 3.11.5 gets ``(?:ab?c)*+`` wrong (CPython 106052); ``(?>(?:ab?c)*)`` says the same."""
    parsed = {one.where: PARSER.parse(one.pattern.pattern, one.pattern.flags) for one in patterns()[0]}
    assert [where for where, tree in parsed.items() if list(possessive_groups(tree))] == []
    assert len(list(possessive_groups(PARSER.parse(r"a(?:x|b(?:[.,]\d+)*+)(?:ab)*+\d++")))) == 1


@pytest.mark.slow
def test_importing_the_package_starts_nothing() -> None:
    before = set(threading.enumerate())
    assert len(list(modules())) > 400
    assert [one.name for one in threading.enumerate() if one not in before or one.name in ("notices", "parent")] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "slow"),
    [
        (r"\d+(?:\.\d+)?\s?%", True),
        (r"(?<!\d)\d++(?:\.\d++)?\s?%", False),
        (r"^\W*(?:[\w-]+ )?capacity", True),
        (r"^\W*+(?:[\w-]+ )?capacity", False),
        (r"(?:[A-Z]\w*\s?)+!", True),
        (r"<!--.*?-->", True),
        (r"a(?:a|b)*y", True),
        (r"x(?:[^x]{0,40}y|z)", False),
    ],
)
def test_pumped_texts_tell_the_slow_from_the_others(pattern: str, slow: bool) -> None:
    compiled = re.compile(pattern, re.S)

    def run(text: str) -> None:
        compiled.search(text)

    tries = 3 if slow else 1  # a disturbed clock can hide a steep growth once
    assert any(steepness(run, make) > STEEPEST for _ in range(tries) for make in texts(compiled)) is slow


@pytest.mark.slow
def test_no_pattern_goes_over_a_text_again_and_again() -> None:
    found, _ = patterns()
    slow = [one.where for one in found if any(steepness(one.run, make) > STEEPEST for make in texts(one.pattern))]
    assert slow == []


def paragraph(body: str) -> Callable[[int], str]:
    return lambda size: f"Pledge\n\nHereby agree to:\n\n1. We will mend {body * (size // len(body))}.\n\n2. Rest.\n"


@pytest.mark.slow
@pytest.mark.parametrize("body", REPEATED)
def test_no_text_makes_the_reader_go_over_it_again_and_again(body: str) -> None:
    for kind in ("txt", "md") if MARKS & set(body) else ("txt",):

        def run(text: str, kind: str = kind) -> None:
            try:
                register_bytes(text.encode(), "x", kind)
            except InputRefused as refused:
                assert "\n" not in str(refused)

        assert steepness(run, paragraph(body), SIZES) < STEEPEST
