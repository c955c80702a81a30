"""The words of the papers: those that come with the software, and what an agreement's own pack says in their place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Template

PAPERS = ("matrix", "progress", "matters", "brief")
"""The papers, by the names that addresses and commands use."""
LISTS = ("parts", "columns")
"""Names whose words are a list of names: the order of a paper's parts, and of the columns of its table."""


@cache
def standard() -> Mapping[str, str]:
    """Return the words that come with the software by ``paper.name``; those of ``all`` belong to every paper."""
    told = tomllib.loads(files("followthrough.report").joinpath("words.toml").read_text("utf-8"))
    return {f"{paper}.{name}": words for paper, held in told.items() for name, words in held.items()}


def listed(words: str) -> list[str]:
    """Return the names of a list: ``finding; sections; sources``."""
    return [name for part in words.split(";") if (name := part.strip())]


def problem(name: str, words: str) -> str:
    """Say what is wrong with words of a pack for ``name``, or nothing."""
    own = standard().get(name)
    if own is None:
        return f"“{name}” names no words of the papers"
    if name.rpartition(".")[2] in LISTS:
        unknown = [one for one in listed(words) if one not in listed(own)]
        return f"“{unknown[0]}” is none of {own}" if unknown else ""
    extra = sorted(_values(words) - _values(own))
    return f"${extra[0]} stands for nothing here" if extra else ""


def _values(words: str) -> set[str]:
    return set(Template(words).get_identifiers())


class Wording:
    """The words of one paper."""

    def __init__(self, paper: str, own: Mapping[str, str]) -> None:
        self._paper = paper
        self._words = {**standard(), **own}

    def __call__(self, name: str, **values: object) -> str:
        """Return the words for ``name`` of this paper, else of all papers, with ``values`` in their places.

        A sign that stands for nothing is printed as it is. Raises ``KeyError`` for a name that no paper has.
        """
        words = self._words.get(f"{self._paper}.{name}")
        if words is None:
            words = self._words[f"all.{name}"]
        return Template(words).safe_substitute({key: str(value) for key, value in values.items()})

    def list(self, name: str) -> list[str]:
        """Return the names of a list."""
        return listed(self(name))
