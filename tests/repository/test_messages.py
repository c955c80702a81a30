"""Sentences of the web pass through gettext; what still does not is counted and only becomes less."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import pytest
from tools.messages import LOCALE, WEB, messages, write_template

from support import nodes, nodes_of, python_files, tracked_files

LONGEST_LINE = 140
LONG_LINES = 149
SENTENCES_IN_PYTHON = 238
"""How many may be left; a change that leaves fewer lowers the number here."""
MESSAGES = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "lazy", "ngettext", "ngettext_lazy", "ngettext_noop", "pgettext",
    "pgettext_lazy", "npgettext", "npgettext_lazy",
}  # fmt: skip
WORDS = re.compile(r"[a-z]{2,},? [A-Za-z]{2,}")
"""Two words after one another: what a person reads, where it is no code."""
CODE = re.compile(
    r"(?i)^\s*(?:select|insert|update|delete|create|drop|alter|with|pragma|lock|set|where|begin) |<[a-z!/]|[{}]\s*%"
)
"""SQL and markup."""
DATA = (
    "audit/event_types.py",
    "assessments/datasets.py",
    "search/",
    "exchange/",
    "backup/",
    "edition/",
    "answers/",
    "settings.py",
    "mail_url.py",
    "provider_url.py",
    "data_folder.py",
    "api/collections/",
    "api/collection.py",
    "api/described.py",
    "api/reading.py",
    "api/v1.py",
)
"""Files that write the record, exports, the search index or schemas, which are data, or speak to the operator.

Those of the API hold the words of its OpenAPI document, which is one file in one language.
"""


def sentences(tree: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the words of a module that a person may read and that no call of gettext takes."""
    apart: set[int] = set()
    for node in tree:
        taken = isinstance(node, ast.Call) and getattr(node.func, "id", "") in MESSAGES
        if taken or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            apart |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Raise) and getattr(getattr(node.exc, "func", None), "id", "") in BUILTIN:
            apart |= {id(inner) for inner in ast.walk(node)}
    for node in tree:
        words = node.value if isinstance(node, ast.Constant) and id(node) not in apart else None
        if isinstance(words, str) and WORDS.search(words) and not CODE.search(words):
            yield words


BUILTIN = {"ValueError", "TypeError", "RuntimeError", "KeyError", "ImproperlyConfigured", "CommandError"}
"""Errors of the programmer or of a command, which no page shows."""


def in_python() -> Counter[str]:
    """Count the sentences of each Python file of the web application that bypass gettext."""
    found: Counter[str] = Counter()
    for path in python_files("src"):
        name = str(path.relative_to(WEB)) if WEB in path.parents else ""
        if name and "migrations" not in path.parts and "management" not in path.parts and not name.startswith(DATA):
            found[name] = sum(1 for _ in sentences(nodes_of(path)))
    return +found


def long_lines() -> Counter[str]:
    """Count the lines of each template that are longer than a reader's window."""
    files = [path for path in tracked_files() if path.suffix in {".html", ".jinja"} and WEB in path.parents]
    counts = {
        str(path.relative_to(WEB)): sum(len(line) > LONGEST_LINE for line in path.read_text("utf-8").splitlines())
        for path in files
    }
    return Counter({name: count for name, count in counts.items() if count})


def test_no_more_sentences_bypass_gettext() -> None:
    found = in_python()
    assert found.total() <= SENTENCES_IN_PYTHON, found


def test_no_more_lines_of_templates_are_too_long() -> None:
    found = long_lines()
    assert found.total() <= LONG_LINES, found


def test_the_committed_messages_are_those_of_the_code(tmp_path: Path) -> None:
    made = messages(WEB)
    assert len(made) > 1000
    write_template(made, tmp_path / "django.pot")
    now, held = (path.read_text("utf-8").splitlines() for path in (tmp_path / "django.pot", LOCALE / "django.pot"))
    assert [*unified_diff(held, now, lineterm="")] == [], "run make messages, and commit what it writes"


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('"""A docstring of words."""\nx = _("Two words")', 0),
        ('x = "Two words"', 1),
        ('x = f"{n} weirs hold the lake"', 1),
        ('x = "select id from weir"', 0),
        ('x = "<p class=a b>"', 0),
        ('raise ValueError("not a weir")', 0),
    ],
)
def test_the_count_finds_sentences_and_nothing_else(code: str, count: int) -> None:
    assert sum(1 for _ in sentences(nodes(code))) == count
