"""No six lines of logic stand twice: what two functions do alike has one home.

A line of logic is a statement, wherever the formatter breaks it. Two runs of statements are alike where they differ in
nothing but the names of local variables, annotations and docstrings.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from support import nodes_of, python_files

LINES = 6
FOLDERS = ("src", "tests", "bench", "tools")
ALLOWED: dict[frozenset[str], str] = {}
"""Functions that share so many lines, and why they may."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


LOCAL = "\0"
"""Before the name of a local variable in a spelling."""
UNREAD = {"annotation", "returns", "ctx", "type_comment", "type_ignores", "kind"}
"""What of a statement says nothing of its logic."""


def spelled(node: object, local: set[str]) -> Iterator[str]:
    """Yield the pieces of a statement, annotations left out; those that name local variables are marked."""
    if isinstance(node, ast.AnnAssign):
        node = ast.Assign([node.target], node.value) if node.value else ast.Pass()
    if isinstance(node, ast.Name | ast.arg):
        name = node.id if isinstance(node, ast.Name) else node.arg
        yield f"{LOCAL}{name}" if name in local else f"{name},"
    elif isinstance(node, ast.AST):
        yield f"{type(node).__name__}("
        for field, value in ast.iter_fields(node):
            if field not in UNREAD:
                yield from spelled(value, local)
        yield ")"
    elif isinstance(node, list):
        yield "["
        for one in node:
            yield from spelled(one, local)
        yield "]"
    else:
        yield f"{node!r},"


def numbered(pieces: Iterable[str]) -> str:
    """Return a spelling in which local variables are numbered in the order in which they appear."""
    numbers: dict[str, int] = {}
    return "".join(
        f"local {numbers.setdefault(one, len(numbers))}," if one.startswith(LOCAL) else one for one in pieces
    )


def locals_of(function: Function) -> set[str]:
    """Return the names that a function binds."""
    names = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    stored = (node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return names | {node.id for node in stored}


def length(statement: ast.stmt) -> int:
    """Return how many lines of logic a statement has: itself, and those within it."""
    return sum(isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) for node in ast.walk(statement))


def blocks(function: Function) -> Iterator[list[ast.stmt]]:
    """Yield each list of statements in a function, its docstring and the functions within it apart."""
    nodes: list[ast.AST] = [function]
    while nodes:
        node = nodes.pop()
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block[1:] if node is function and ast.get_docstring(function) else block
        nodes += [one for one in ast.iter_child_nodes(node) if not isinstance(one, Function)]


def runs(function: Function) -> Iterator[tuple[int, list[str]]]:
    """Yield the shortest runs of statements with so many lines of logic, each with a hash that like runs share."""
    measured = [(block, [length(one) for one in block]) for block in blocks(function)]
    long = [(block, lengths) for block, lengths in measured if sum(lengths) >= LINES]
    local = locals_of(function) if long else set[str]()
    for block, lengths in long:
        pieces = [[*spelled(one, local)] for one in block]
        shapes = [hash("".join(LOCAL if one.startswith(LOCAL) else one for one in each)) for each in pieces]
        for start in range(len(block)):
            lines = 0
            for end in range(start, len(block)):
                lines += lengths[end]
                if lines >= LINES:
                    yield hash(tuple(shapes[start : end + 1])), [*chain(*pieces[start : end + 1])]
                    break


def repeated(files: list[Path]) -> set[frozenset[str]]:
    """Return the groups of functions that share a run of statements."""
    alike: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    for path in files:
        for node in nodes_of(path):
            if isinstance(node, Function):
                for shape, pieces in runs(node):
                    alike[shape].append((f"{path.parent.name}/{path.name}:{node.name}", pieces))
    homes: dict[str, set[str]] = defaultdict(set)
    for found in alike.values():
        for name, pieces in found if len(found) > 1 else ():
            homes[numbered(pieces)].add(name)
    return {frozenset(where) for where in homes.values() if len(where) > 1}


@pytest.mark.slow
def test_no_six_lines_of_logic_stand_twice() -> None:
    found = repeated([path for folder in FOLDERS for path in python_files(folder)])
    assert sorted(map(sorted, found - ALLOWED.keys())) == []
    assert sorted(map(sorted, ALLOWED.keys() - found)) == [], "what is allowed is there"


def alike(first: str, second: str, folder: Path) -> bool:
    paths = [folder / "first.py", folder / "second.py"]
    for path, text in zip(paths, (first, second), strict=True):
        path.write_text(text, encoding="utf-8")
    return bool(repeated(paths))


def test_renamed_variables_hide_no_repetition(tmp_path: Path) -> None:
    first = '''
def total(rows, least):
    """Add up what is large."""
    found = 0
    for row in rows:
        if row.value > least:
            found += row.value
            log(row)
    return found
'''
    second = (
        first.replace("rows", "lines").replace("found", "amount").replace("Add up", "Count").replace("row.", "one.")
    )
    second = second.replace("row", "one")
    assert alike(first, second, tmp_path)
    assert not alike(first, second.replace("log(", "tell("), tmp_path), "another function is called"
    assert not alike(first, second.replace("> least", ">= least"), tmp_path)
