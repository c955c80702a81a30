"""What a reader types and what a text writes are compared in one form."""

from __future__ import annotations

import pytest

from followthrough.web.kit.findable import holds, words_of


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ASEAN’s", "the view of ASEAN's members"),
        ("ASEAN's", "the view of ASEAN’s members"),
        ("cyber-security", "A dialogue on cyber security"),
        ("cyber security", "A dialogue on cyber‑security"),
        ("cybersecurity", "A dialogue on cyber security"),
        ("cyber security", "A dialogue on cybersecurity"),
        ("co-operation", "the cooperation of both"),
        ("cooperation", "the co-operation of both"),
        ("“cyber”", "a cyber dialogue"),
        ("Da Nang", "in Đà Nẵng"),
        ("Đà Nẵng", "in Da Nang"),
        ("ISTANBUL", "ın Istanbul"),
        ("Ilimli", "ılımlı"),
        ("cafe", "ＣＡＦÉ"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Łódź", "Lodz"),
    ],
)  # fmt: skip
def test_the_same_word_however_it_is_written(query: str, text: str) -> None:
    assert holds(text, words_of(query))


@pytest.mark.parametrize(("query", "text"), [("tent", "fast entry"), ("security", "cyber dialogue"), ("4.3", "14.4")])
def test_another_word_is_another(query: str, text: str) -> None:
    assert not holds(text, words_of(query))
