"""Breaks rules one at a time and says whether a test notices: a rule that can be broken in silence is not tested.

    python tools/mutations.py            every mutation of tests/boundaries/mutations.toml
    python tools/mutations.py WORD       those whose description holds WORD

Each is made in a copy of the source, and the tests that it names run against the copy. Exit code 1 where one survives.
"""
# ruff: noqa: S603, T201  the command is a list of our own words; this is a report for a terminal

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "boundaries" / "mutations.toml"
FAILED = 1
"""What pytest ends with where a test failed; anything else is no verdict."""


def mutations() -> list[dict[str, Any]]:
    """Return the mutations: ``what`` is broken, ``file``, ``old`` and ``new`` words, ``tests`` that must fail."""
    with LIST.open("rb") as file:
        held: list[dict[str, Any]] = tomllib.load(file)["mutation"]
    return held


def run(tests: Sequence[str], source: Path) -> int:
    """Run tests against a copy of the source and return how pytest ended."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *tests]
    env = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode


def broken(one: dict[str, Any], source: Path) -> int:
    """Break the copy, run the tests, mend the copy again."""
    path = source.parent / one["file"]
    text = path.read_text(encoding="utf-8")
    if text.count(one["old"]) != 1:
        raise SystemExit(f"{one['what']}: “{one['old']}” stands {text.count(one['old'])} times in {one['file']}")
    path.write_text(text.replace(one["old"], one["new"]), encoding="utf-8")
    try:
        return run(one["tests"], source)
    finally:
        path.write_text(text, encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Try each mutation and print what became of it."""
    asked = [one for one in mutations() if all(word in one["what"] for word in words)]
    caught = 0
    with tempfile.TemporaryDirectory(prefix="ft-mutations-") as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        if run(sorted({test for one in asked for test in one["tests"]}), source):
            raise SystemExit("the tests fail before anything is broken")
        for one in asked:
            code = broken(one, source)
            caught += code == FAILED
            verdict = {0: "SURVIVED", FAILED: "caught"}.get(code, f"no verdict (pytest ended with {code})")
            print(f"{verdict:9} {one['what']}", flush=True)
    print(f"{caught} of {len(asked)} caught")
    return 0 if caught == len(asked) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
