"""Words that several hyphens string together keep the one at the end of a line."""

from __future__ import annotations

from collections import Counter

import pytest

from followthrough.read.pdf.hyphens import joined


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (["see joint-statement-leaders-", "summit for more"], "see joint-statement-leaders-summit for more"),
        (["see joint-", "statement-leaders-summit for more"], "see joint-statement-leaders-summit for more"),
        (["cross-bor-", "der trade"], "cross-border trade"),
        (["the restora-", "tion of wetlands"], "the restoration of wetlands"),
    ],
)
def test_strung_words_keep_their_hyphen(rows: list[str], whole: str) -> None:
    assert joined(rows, Counter()) == whole
