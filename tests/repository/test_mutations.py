"""The list of rules to break is true to the source: each of its words stands there once, and its tests exist."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from support import REPOSITORY

LIST = tomllib.loads((REPOSITORY / "tests" / "boundaries" / "mutations.toml").read_text(encoding="utf-8"))["mutation"]


@pytest.mark.parametrize("one", LIST, ids=lambda one: one["what"])
def test_a_mutation_names_words_of_the_source_and_tests_that_exist(one: dict[str, Any]) -> None:
    source = (REPOSITORY / one["file"]).read_text(encoding="utf-8")
    assert source.count(one["old"]) == 1
    assert one["old"] != one["new"]
    assert one["tests"]
    assert all((REPOSITORY / test.partition("::")[0]).is_file() for test in one["tests"])
