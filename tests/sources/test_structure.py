"""How the library is built where names alone should lead a reader: no closure in the sources, no clock anywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import followthrough

LIBRARY = Path(followthrough.__file__).parent
OUTSIDE = {"web", "cli"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}


def trees(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(LIBRARY).parts[0] not in OUTSIDE:
            yield path.relative_to(LIBRARY).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_whoever_follows_a_query_meets_named_functions_and_classes_only() -> None:
    closures = []
    for file, tree in trees(LIBRARY / "sources"):
        for node in ast.walk(tree):
            inner = [] if not isinstance(node, ast.FunctionDef) else [one for one in ast.walk(node) if one is not node]
            closures += [f"{file}:{one.lineno}" for one in inner if isinstance(one, ast.FunctionDef | ast.Lambda)]
            closures += [f"{file}:{node.lineno}"] if isinstance(node, ast.Lambda) else []
    assert not closures


def test_the_library_reads_no_clock_that_it_was_not_given() -> None:
    read = [
        f"{file}:{node.lineno}: {ast.unparse(node)}"
        for file, tree in trees(LIBRARY)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS
    ]
    assert not read
