"""Quotations are the official words, at their place, with a hash by which anybody can check them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest

from followthrough.errors import InputRefused
from followthrough.packs.folding import digest, fold, squeeze
from followthrough.read import read_bytes
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.actions.official_texts import attach_official_text
from followthrough.web.agreements.models import Commitment, Document, Provision
from followthrough.web.answers.shape import Quote
from followthrough.web.answers.tools import ask
from questions_asked import PACK
from questions_counted import DOCUMENT, Counter
from support import shared

pytestmark = pytest.mark.sqlite
WORDS = "Plant “ten trees” in every harbour town, and water the towns’ gardens while it is dry."


def attach(document: Document, content: bytes) -> None:
    attach_official_text(document, read_bytes(content, "copy.txt"), "copy.txt", by=SYSTEM)


@pytest.fixture
def pact(db: None) -> Document:
    """An invented pact of one paragraph with two commitments, of which one stands in two parts."""
    document = Document.objects.create(id="pact", title="A pact", short_title="Pact", kind="statement")
    home = Provision.objects.create(
        id="pact/1.1", document=document, eid="para_1", kind="paragraph", num="1.1", position=1, title="Trees",
        sha256=digest(WORDS), length=len(squeeze(WORDS)),
    )  # fmt: skip
    for letter, spans in (("a", [[0, 39]]), ("b", [[45, 50], [68, 86]])):
        Commitment.objects.create(
            id=f"pact/1.1{letter}", provision=home, position=ord(letter) - 96, spans=spans, verb="plant",
            kind="action", strength=4,
        )  # fmt: skip
    return document


def quotes(ref: str) -> list[Quote]:
    return ask("place", {"place": ref, "agreement": "pact"}).items[0].quotes


def test_without_the_text_the_place_stands_and_the_reason(pact: Document) -> None:
    (quote,) = quotes("1.1a")
    assert (quote.text, quote.start, quote.end, quote.sha256) == (None, 0, 39, digest(WORDS))
    assert quote.missing and "no verified copy" in quote.missing


def test_with_the_text_each_part_is_quoted_as_it_stands(pact: Document) -> None:
    attach(pact, f"A pact\n\n1.1 {WORDS}\n".encode())
    (whole,) = quotes("1.1")
    assert whole.text and whole.missing is None and fold(whole.text) == fold(WORDS)
    assert hashlib.sha256(fold(whole.text).encode()).hexdigest() == whole.sha256
    assert [quote.text for quote in quotes("1.1b")] == [whole.text[45:50], whole.text[68:86]]
    assert ask("place", {"place": "1.1a", "agreement": "pact"}).silent, "nothing is recorded of what came of it"


def test_a_copy_that_says_something_else_is_not_quoted(pact: Document) -> None:
    with pytest.raises(InputRefused, match="holds no paragraph"):
        attach(pact, f"A pact\n\n1.1 {WORDS.replace('ten', 'six')}\n".encode())
    assert quotes("1.1")[0].text is None


def every_commitment() -> Iterator[tuple[str, str]]:
    for row in Counter(PACK, DOCUMENT).commitments:
        yield row["id"].partition("/")[2], row["spans"]


def test_the_bundled_register_quotes_the_official_text_where_it_was_attached(register: Document) -> None:
    attach(register, shared("statements/asean-rok-joint-vision-statement-2019.txt").read_bytes())
    for ref, spans in list(every_commitment())[::4]:
        item, home = (ask("place", {"place": one}).items[0] for one in (ref, ref[:3]))
        (words,) = home.quotes
        assert words.text and hashlib.sha256(fold(words.text).encode()).hexdigest() == words.sha256
        assert [quote.text for quote in item.quotes] == [words.text[a:b] for a, b in json.loads(spans)], ref
