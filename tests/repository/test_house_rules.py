"""The rules of the house that a reader of the code relies on."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from support import REPOSITORY, nodes_of, python_files, text_of, tracked_files

LONGEST_FILE = {"src": 400, "tools": 400, "bench": 400, "tests": 500}
LONGEST_FUNCTION = {"src": 40, "tools": 40, "bench": 60, "tests": 60}
"""In lines. A test tells one story from beginning to end, as does a benchmark, and reads worse in pieces."""
TARGETS = {"setup", "demo", "test", "check", "serve", "bench", "clean", "help"}
# Spelt in pieces, so that this file does not break its own rule.
MACHINE_PATH = re.compile(
    r"(?<![\w.~<>/-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]) + r")(?:/|\b(?![-\w]))"
)
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js.org", "crat" + "es.io"]


def requirements() -> list[str]:
    """Return every requirement that pyproject.toml names, as written."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    optional = project["project"].get("optional-dependencies", {})
    groups = project.get("dependency-groups", {})
    lists = [project["project"]["dependencies"], *optional.values(), *groups.values()]
    return [requirement for each in lists for requirement in each]


def test_every_dependency_says_why_it_is_here() -> None:
    lines = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    silent = []
    for requirement in requirements():
        line = next((line for line in lines if line.strip().startswith(f'"{requirement}"')), "")
        if not re.search(r"#\s*\S.{3,}", line):
            silent.append(requirement)
    assert len(requirements()) > 10
    assert silent == []


@pytest.mark.parametrize("folder", LONGEST_FILE)
def test_no_file_is_too_long_to_read(folder: str) -> None:
    files = python_files(folder)
    lengths = {str(path.relative_to(REPOSITORY)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert len(lengths) > 5
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE[folder]} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every function of a file with its length in lines."""
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{path.relative_to(REPOSITORY)}:{node.lineno} {node.name}"
            yield name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("folder", LONGEST_FUNCTION)
def test_no_function_is_too_long_to_read(folder: str) -> None:
    found = [pair for path in python_files(folder) for pair in functions(path)]
    assert len(found) > 10
    assert {name: lines for name, lines in found if lines > LONGEST_FUNCTION[folder]} == {}


def test_complexity_is_limited_everywhere() -> None:
    rules = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert rules["mccabe"]["max-complexity"] == 10
    assert "C90" in rules["select"]
    assert not [folder for folder, ignored in rules["per-file-ignores"].items() if {"C90", "C901"} & set(ignored)]


def offences(text: str) -> list[str]:
    """Return the machine paths and registry hosts in a text."""
    hosts = [host for host in REGISTRIES if host in text]
    return [match.group() for match in MACHINE_PATH.finditer(text)] + hosts


def test_no_file_speaks_of_one_machine_or_one_registry() -> None:
    found = {}
    for path in tracked_files():
        text = text_of(path)
        if text and path.name != "uv.lock" and (bad := offences(text)):
            found[str(path.relative_to(REPOSITORY))] = bad
    assert found == {}


def test_the_net_for_machine_paths_holds() -> None:
    for word in ("wo" + "rk", "ro" + "ot", "ho" + "me"):
        assert offences(f"see /{word}/somewhere") == [f"/{word}/"]
        assert offences(f'path = "/{word}"') == [f"/{word}"]
    assert offences("https://" + REGISTRIES[0] + "/simple")
    assert offences("net/" + "work and <a>/" + "home-page and python3") == []


def test_make_offers_its_targets_and_help_lists_them_all() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    phony = set(" ".join(re.findall(r"^\.PHONY:(.*)$", makefile, flags=re.MULTILINE)).split())
    done = subprocess.run(["make", "-s", "help"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^  ([a-z]+) +\S", done.stdout, flags=re.MULTILINE))
    assert phony >= TARGETS
    assert listed == phony
    for target in sorted(phony):
        subprocess.run(["make", "-n", target], cwd=REPOSITORY, capture_output=True, check=True)


def test_the_continuous_run_is_make_test() -> None:
    run = REPOSITORY / ".ci" / "run"
    assert run.stat().st_mode & 0o111
    lines = run.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-1] == "exec make test"


CLOCKS = {"perf_counter", "process_time", "thread_time", "cpu_of", "times", "on_reference_machine"}
"""What measures a span; in an assertion or a difference ``monotonic`` and ``time`` do too."""


def _measures(test: ast.FunctionDef) -> bool:
    def called(within: ast.AST) -> set[str]:
        calls = [node.func for node in ast.walk(within) if isinstance(node, ast.Call)]
        return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}

    spans = [node for node in ast.walk(test) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)]
    asserted = [node for node in ast.walk(test) if isinstance(node, ast.Assert)]
    compared = set[str]().union(*map(called, [*spans, *asserted]))
    return bool(called(test) & CLOCKS or compared & {"monotonic", "time"})


def test_only_tests_that_run_alone_measure_time() -> None:
    found, unmarked = 0, []
    for path in python_files("tests"):
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and _measures(node):
                found += 1
                if not any("mark.budget" in ast.unparse(mark) for mark in node.decorator_list):
                    unmarked.append(f"{path.name}: {node.name}")
    assert unmarked == []
    assert found > 5


def test_hypothesis_measures_no_time() -> None:
    assert hypothesis.settings.default is not None
    assert hypothesis.settings.default.deadline is None
    own = re.compile(r"\bdeadline=(?!None\b)\d")
    found = [path.name for path in python_files("tests") if own.search(path.read_text("utf-8"))]
    assert found == []


def test_browser_tests_wait_for_what_they_look_for() -> None:
    """``page.title()`` and ``count()`` answer for the page of this moment, half loaded or not; ``expect`` waits."""
    at_once = re.compile(r"assert .*page\..*\.?(title\(\)|\.count\(\)|inner_text\(\))")
    hasty = [
        f"{path.name}, line {number}: {line.strip()}"
        for path in python_files("tests")
        if path.parent.name == "browser"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if at_once.search(line)
    ]
    assert hasty == []
