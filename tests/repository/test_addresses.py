"""Addresses have names, and a refusal is raised: what is still written by hand is counted and only becomes less."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from support import REPOSITORY, nodes, nodes_of, python_files, tracked_files

WEB = REPOSITORY / "src" / "followthrough" / "web"
ADDRESSES_IN_PYTHON, ADDRESSES_IN_TEMPLATES, REFUSALS_BY_HAND = 0, 0, 0
"""How many may be left; a change that leaves fewer lowers the number here."""
ADDRESS = re.compile(r"/[a-z][\w-]*(?:[/?#.].*)?", flags=re.DOTALL)
IN_MARKUP = re.compile(r"""(?:href|action|formaction|src|hx-[a-z]+)=["']/(?!/)[a-z{]?""")
ELSEWHERE = {"urls.py", "settings.py"}
"""Files that say where addresses are, or name those of the disk."""


def web_files() -> list[Path]:
    """Return the Python files of the web application that may not hold an address."""
    return [path for path in python_files("src") if WEB in path.parents and path.name not in ELSEWHERE]


def literals(tree: Sequence[ast.AST]) -> int:
    """Count the strings that are an address of ours, or markup that holds one."""
    docstrings = {id(node.value) for node in tree if isinstance(node, ast.Expr)}
    inner = {id(part) for node in tree if isinstance(node, ast.JoinedStr) for part in node.values[1:]}
    found = 0
    for node in tree:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found += len(IN_MARKUP.findall(node.value))
            found += id(node) not in inner and bool(ADDRESS.fullmatch(node.value))
    return found


def in_python() -> Counter[str]:
    """Count literal addresses in the Python files of the web application."""
    counts = {str(path.relative_to(WEB)): literals(nodes_of(path)) for path in web_files()}
    return Counter({name: count for name, count in counts.items() if count})


def in_templates() -> Counter[str]:
    """Count literal addresses in its templates."""
    files = [path for path in tracked_files() if path.suffix in (".html", ".jinja") and WEB in path.parents]
    counts = {str(path.relative_to(WEB)): len(IN_MARKUP.findall(path.read_text("utf-8"))) for path in files}
    return Counter({name: count for name, count in counts.items() if count})


def refusals() -> Counter[str]:
    """Count the places that render a refusal where ``PermissionDenied`` would do it, the handler itself apart."""
    found: Counter[str] = Counter()
    for path in web_files():
        tree = nodes_of(path)
        handler = [node for node in tree if isinstance(node, ast.FunctionDef) and node.name == "forbidden"]
        apart = {id(node) for function in handler for node in ast.walk(function)}
        found[str(path.relative_to(WEB))] += sum(
            isinstance(node, ast.Constant) and node.value == "403.html" and id(node) not in apart for node in tree
        )
    return +found


def test_no_more_addresses_are_written_by_hand() -> None:
    python, templates = in_python(), in_templates()
    assert python.total() <= ADDRESSES_IN_PYTHON, python
    assert templates.total() <= ADDRESSES_IN_TEMPLATES, templates


def test_no_more_refusals_are_rendered_by_hand() -> None:
    assert refusals().total() <= REFUSALS_BY_HAND, refusals()


def test_the_count_finds_addresses_and_nothing_else() -> None:
    code = '''
def page(doc):
    """See /agreements/some-agreement."""
    first, second = f"/agreements/{doc}/claims", "/search"
    pattern, path = '<a href="/parties/{}">{}</a>', f"{doc}/4.3"
    return "a / b", "//host/x", "/", f"{first}/indicators"
'''
    assert literals(nodes(code)) == 3
    assert IN_MARKUP.findall("""<a href="{% url 'search' %}"> <a href="#all"> <a href="//host/x">""") == []
    assert len(IN_MARKUP.findall("""<a href="/about"> <form action='/search'> <a href="/">""")) == 3


def test_an_address_of_a_template_is_whole() -> None:
    """A line that breaks between two tags inside an address puts blanks into it, and leads nowhere."""
    files = [path for path in tracked_files() if path.suffix in (".html", ".jinja") and WEB in path.parents]
    broken = []
    for path in files:
        plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        addresses = re.findall(r'\b(?:href|action|formaction|src)="([^"]*)"', plain)
        broken += [path.name for one in addresses if re.search(r"\s", one)]
    assert broken == []
