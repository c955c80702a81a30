"""The official text is attached from any copy of it; a changed word is named by its paragraph."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable

import pytest

from followthrough.errors import InputRefused
from followthrough.packs.folding import digest, squeeze
from followthrough.pipeline import register_bytes
from followthrough.read import read_bytes
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.agreements.actions.official_texts import Check, attach_official_text
from followthrough.web.agreements.comparison import package_file
from followthrough.web.agreements.models import Document, OfficialText, Provision
from followthrough.web.audit.models import AuditEvent
from support import shared

pytestmark = pytest.mark.sqlite

PARAGRAPHS = {
    "1.1": "Plant “ten trees” in every harbour town, and water the towns’ gardens while it is dry.",
    "1.2": "Lend books freely across the border.",
    "1.10": "Open the ferry line to all who hold a ticket of either side.",
}


@pytest.fixture
def pact(db: None) -> Document:
    """An invented pact with three hashed paragraphs."""
    document = Document.objects.create(id="pact", title="A pact", short_title="Pact", kind="statement")
    for position, (num, words) in enumerate(PARAGRAPHS.items()):
        Provision.objects.create(
            id=f"pact/{num}", document=document, eid=f"para_{position}", kind="paragraph", num=num,
            position=position, title="-", sha256=digest(words), length=len(squeeze(words)),
        )  # fmt: skip
    return document


def copy_of(**changed: str) -> str:
    lines = [f"{num} {words}" for num, words in {**PARAGRAPHS, **changed}.items()]
    return "Home | Menu\n\nA pact\n\n" + "\n\n".join(lines) + "\n\nBack To Top\n"


def attach(document: Document, text: str, encoding: str = "utf-8") -> Check:
    return attach_official_text(document, read_bytes(text.encode(encoding), "copy.txt"), "copy.txt", by=SYSTEM)


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”’", '""\''))


def rewrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(part, 23) for part in text.split("\n\n"))


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "straight quotes": straight,
    "wrapped lines": rewrapped,
    "windows lines": lambda text: text.replace("\n", "\r\n"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "one line": lambda text: text.replace("\n", " "),
    "other numbering": lambda text: re.sub(r"^(1\.\d+) ", r"(\1)\t", text, flags=re.M),
    "no numbers": lambda text: re.sub(r"^1\.\d+ ", "", text, flags=re.M),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_copy_verifies(pact: Document, layout: str) -> None:
    check = attach(pact, LAYOUTS[layout](copy_of()))
    assert check.mismatches == ()
    for num, words in PARAGRAPHS.items():
        kept = Provision.objects.get(id=f"pact/{num}").words
        assert straight(kept) == straight(words)


def test_a_changed_word_is_named_and_not_quoted(pact: Document) -> None:
    attach(pact, copy_of())
    check = attach(pact, copy_of(**{"1.2": "Lend books rarely across the border."}))
    assert check.mismatches == ("paragraph 1.2: its words differ from the official ones",)
    assert len(check.words) == 2
    assert Provision.objects.get(id="pact/1.2").words == ""
    assert OfficialText.objects.get(document=pact).mismatches == list(check.mismatches)


def test_a_paragraph_that_is_not_there_is_named(pact: Document) -> None:
    check = attach(pact, copy_of().replace("1.2 Lend books freely across the border.", ""))
    assert check.mismatches == ("paragraph 1.2: it was not found",)


def test_another_text_is_refused_and_changes_nothing(pact: Document) -> None:
    attach(pact, copy_of())
    with pytest.raises(InputRefused, match="holds no paragraph of Pact"):
        attach(pact, "Something else entirely, about fish.")
    assert Provision.objects.exclude(words="").count() == 3


def test_attaching_twice_leaves_one_event(pact: Document) -> None:
    attach(pact, copy_of())
    attach(pact, copy_of())
    assert AuditEvent.objects.filter(verb="text.attached").count() == 1


def test_only_editors_of_the_document_attach(register: Document, editor: User, stranger: User) -> None:
    reading = read_bytes(copy_of().encode(), "copy.txt")
    for person in (editor, stranger):
        with pytest.raises(NotAllowed, match="may not attach an official text"):
            attach_official_text(register, reading, "copy.txt", by=person)


def test_the_busan_statement_verifies_whole(register: Document) -> None:
    path = shared("statements/asean-rok-joint-vision-statement-2019.txt")
    text = path.read_text(encoding="utf-8")
    check = attach(register, text)
    assert (len(check.words), check.expected, check.mismatches) == (25, 25, ())
    assert len(attach(register, rewrapped(straight(text))).words) == 25
    changed = attach(register, text.replace("Air Services Agreement", "Air Service Agreement"))
    assert changed.mismatches == ("paragraph 4.3: its words differ from the official ones",)


def test_a_package_says_how_a_text_compares_and_none_of_its_words(pact: Document) -> None:
    assert package_file(["pact"]) == {}
    reading = register_bytes(copy_of().encode(), "copy.txt")
    attach_official_text(pact, reading, "copy.txt", by=SYSTEM)
    assert package_file(["another"]) == {}
    (name, content), *others = package_file(["pact"]).items()
    said = json.loads(content)["pact"]
    assert not others
    assert name == "verification.json"
    assert said["file"] == "copy.txt"
    assert said["source"]["words"] == said["kept"] + sum(one["words"] for one in said["set_aside"]) + said["lost"]
    assert said["source"]["words"] > 30
    assert b"ferry" not in content
