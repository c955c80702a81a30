"""A pattern that is tried on few texts finds what it would find if it were tried on all."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from followthrough import register
from followthrough.register.triggers import Triggered, words_of

SENTENCES = Path(__file__).parent.parent / "catalogues" / "sentences"


def _triggered() -> dict[str, Triggered]:
    names = [module.name for module in pkgutil.walk_packages(register.__path__, f"{register.__name__}.")]
    held = {f"{name}.{key}": one for name in names for key, one in vars(importlib.import_module(name)).items()}
    return {where: one for where, one in held.items() if isinstance(one, Triggered)}


def _entries() -> list[str]:
    lists = [tomllib.loads(one.read_text()) for one in files(register).iterdir() if one.name.endswith(".toml")]
    return [entry for one in lists for held in one.values() for entry in held if isinstance(entry, str)]


@pytest.mark.slow
def test_what_a_pattern_would_find_holds_one_of_its_triggers() -> None:
    lines = [line for path in sorted(SENTENCES.glob("*.txt")) for line in path.read_text().splitlines()]
    entries = _entries()
    around = [f"The parties {entry.title()}, by May 2030, within a year." for entry in entries]
    found = {where: 0 for where in _triggered()}
    for text in [*lines, *entries, *around]:
        for where, one in _triggered().items():
            match = one.pattern.search(text)
            assert (one.search(text) is None) == (match is None), (where, text)
            found[where] += match is not None
    assert len(found) >= 5
    assert all(found.values()), found  # a pattern that nothing matches would prove nothing


def test_the_words_of_a_text_are_told_in_lower_case() -> None:
    assert words_of("The U.S.-led Forum’s 2 aims") == {"the", "u", "s", "led", "forum", "2", "aims"}
