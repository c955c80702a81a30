"""One vocabulary on the screen, in messages and in documents: the field's words, and none that they replaced."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from support import REPOSITORY, nodes_of

SOURCE = REPOSITORY / "src" / "followthrough"
REPLACED = {
    r"rungs?|ladder": "implementation stage",
    r"tie[sd]?|unties?|untied": "link, linked to",
    r"digests?": "checksum",
    r"fingerprints?": "checksum",
    r"unfavourable": "adverse",
    r"workbench|cataloguing": "draft, drafts",
    r"verdicts?|settled": "final rating, adjudicated",
    r"deeds?": "permission, in words",
    r"whose acts count": "attribution",
    r"it speaks (?:for|against)": "stance: evidence for, evidence against",
    r"when it was so": "date of the event",
    r"stands? behind (?:a|its) figure": "underlying list published",
    r"what (?:it carries|stands in it|is told)|around what it stands": "documents, paragraphs, related paragraphs",
    r"take it away|hand \w+ over": "download, reassign",
    r"not said": "not stated in the text",
}
"""Words that a desk officer stumbled over, each with the field's word for it."""
ELSEWHERE = (
    (r"fingerprint, a face", "a finger that opens a passkey"),
    (r"settle(?:d|ment)?\b.*disputes?", "words that texts use"),
    (r"unfavourable", "the value of a column, kept in packs; a word that readers search for"),
)
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|^#+ claims$", re.DOTALL | re.MULTILINE)
OLD = re.compile("|".join(rf"\b(?:{words})\b" for words in REPLACED), re.IGNORECASE)


def replacing(text: str) -> list[str]:
    """Return the words of a text that the field says otherwise, each with the field's word."""
    found = [match.group(0) for match in OLD.finditer(text)]
    known = {one: says for words, says in REPLACED.items() for one in found if re.fullmatch(words, one, re.IGNORECASE)}
    return [f"“{one}”: {known[one]}" for one in found]


def messages() -> Iterator[tuple[str, str]]:
    """Yield every sentence of the web, without the names of the values in it."""
    pot = (SOURCE / "web" / "locale" / "django.pot").read_text(encoding="utf-8")
    for lines in re.findall(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\n)+)', pot, re.MULTILINE):
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))
        yield "django.pot", re.sub(r"%\(\w+\)s|<[^>]*>", "", text)


def documents() -> Iterator[tuple[str, str]]:
    """Yield the prose of the documents that users read, without code."""
    pages = [REPOSITORY / "README.md", REPOSITORY / "CHANGELOG.md", *(REPOSITORY / "docs").glob("*.md")]
    pages += [one for part in ("how-to", "reference") for one in (REPOSITORY / "docs" / part).glob("*.md")]
    for path in pages:
        yield path.name, CODE.sub("", path.read_text(encoding="utf-8"))


def sentences() -> Iterator[tuple[str, str]]:
    """Yield what the code prints: its texts of more than one word, but for docstrings, patterns and word lists."""
    for path in sorted(SOURCE.rglob("*.py")):
        if {"migrations", "register"} & set(path.relative_to(SOURCE).parts):
            continue
        tree = nodes_of(path)
        silent = {id(node.value) for node in tree if isinstance(node, ast.Expr)}
        for node in tree:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                text = node.value
                if " " in text.strip() and "\\" not in text and not re.search(r"\b(SELECT|CREATE|UPDATE) ", text):
                    yield f"{path.relative_to(SOURCE)}:{node.lineno}", re.sub(r"%\(\w+\)s|\{[^}]*\}|<[^>]*>", "", text)


@pytest.mark.parametrize("texts", [messages, documents, sentences])
def test_the_fields_words_alone_are_shown(texts: object) -> None:
    assert callable(texts)
    held = list(texts())
    assert len(held) > 5
    wrong = [
        (where, old)
        for where, text in held
        for old in replacing(text)
        if not any(re.search(words, text, re.IGNORECASE) for words, _why in ELSEWHERE)
    ]
    assert wrong == []


def test_an_old_word_would_be_found() -> None:
    assert replacing("Tied to 3 commitments, of the highest rung") == [
        "“Tied”: link, linked to",
        "“rung”: implementation stage",
    ]
    assert replacing("Linked to 3 commitments; the building is united") == []
