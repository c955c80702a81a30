"""The packs that come with the software, and what the demo does with them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from followthrough.errors import InputRefused
from followthrough.packs.reading import DESCRIPTOR

DEMO, QUESTIONS = "demo.toml", "questions.jsonl"


@dataclass(frozen=True, slots=True)
class BundledPack:
    """A pack that is installed with the software.

    Attributes:
        folder: where its tables are.
        featured: whether the demo loads it.
        rounds: document id -> an example of a round of assessment, as ``demo.toml`` describes it.
        cycles: document id -> an example of reporting cycles.
    """

    folder: Path
    featured: bool
    rounds: Mapping[str, Any]
    cycles: Mapping[str, Any]

    @property
    def questions(self) -> Path:
        """The file of questions about it with their exact answers."""
        return self.folder / QUESTIONS


@cache
def bundled_packs() -> tuple[BundledPack, ...]:
    """Return the packs in this package, in the order of their folders' names."""
    root = Path(str(files(__package__)))
    return tuple(_bundled_pack(path.parent) for path in sorted(root.glob(f"*/{DESCRIPTOR}")))


def _bundled_pack(folder: Path) -> BundledPack:
    path = folder / DEMO
    settings = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return BundledPack(folder, settings.get("featured") is True, settings.get("rounds", {}), settings.get("cycles", {}))


def featured_pack() -> BundledPack:
    """Return the pack that the demo loads. Raises ``InputRefused`` where none, or more than one, is featured."""
    featured = [pack for pack in bundled_packs() if pack.featured]
    if len(featured) != 1:
        do = f"write featured = true into the {DEMO} of one pack"
        raise InputRefused("the bundled packs", f"{len(featured)} of them are featured", do)
    return featured[0]


def example_rounds() -> dict[str, Any]:
    """Return the examples of rounds of all bundled packs by document id."""
    return {document: example for pack in bundled_packs() for document, example in pack.rounds.items()}


def example_cycles() -> dict[str, Any]:
    """Return the examples of reporting cycles of all bundled packs by document id."""
    return {document: example for pack in bundled_packs() for document, example in pack.cycles.items()}
