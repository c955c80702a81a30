"""No six lines of logic stand twice: what two functions do alike has one home.

A line of logic is a statement, wherever the formatter breaks it. Two runs of statements are alike where they differ in
nothing but the names of local variables, annotations and docstrings.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from support import python_files

LINES = 6
FOLDERS = ("src", "tests", "bench", "tools")
ALLOWED: dict[frozenset[str], str] = {}
"""Functions that share so many lines, and why they may."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Renamed(ast.NodeTransformer):
    """Number the local variables of a function in the order in which they appear, and leave annotations out."""

    def __init__(self, local: set[str]) -> None:
        self.local = local
        self.numbers: dict[str, str] = {}

    def _number(self, name: str) -> str:
        return self.numbers.setdefault(name, f"local {len(self.numbers)}") if name in self.local else name

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename a use of a variable."""
        return ast.Name(self._number(node.id), ast.Load())

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Rename a parameter of a function within the function."""
        return ast.arg(self._number(node.arg), None)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Read an annotated assignment as a plain one."""
        if node.value is None:
            return ast.Pass()
        return self.visit(ast.Assign([node.target], node.value, lineno=node.lineno))  # type: ignore[no-any-return]


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


def runs(function: Function) -> Iterator[str]:
    """Yield the shortest runs of statements with so many lines of logic, in one spelling."""
    local = locals_of(function)
    for block in blocks(function):
        for start in range(len(block)):
            lines = 0
            for end in range(start, len(block)):
                lines += length(block[end])
                if lines >= LINES:
                    renamed = Renamed(local)
                    yield "\n".join(ast.dump(renamed.visit(_copy(one))) for one in block[start : end + 1])
                    break


def _copy(statement: ast.stmt) -> ast.stmt:
    return ast.parse(ast.unparse(statement)).body[0]


def repeated(files: list[Path]) -> set[frozenset[str]]:
    """Return the groups of functions that share a run of statements."""
    homes: dict[str, set[str]] = defaultdict(set)
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, Function):
                for run in runs(node):
                    homes[run].add(f"{path.parent.name}/{path.name}:{node.name}")
    return {frozenset(where) for where in homes.values() if len(where) > 1}


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
