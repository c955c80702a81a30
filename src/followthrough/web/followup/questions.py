"""The questions of a cycle: the template they start from, and what a secretariat made of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

FIGURES = 5
"""How many figures a report may give."""


class QuestionKind(StrEnum):
    """What a question takes."""

    ANSWER = "answer"
    STAGE = "stage"
    TEXT = "text"
    OPTIONAL_TEXT = "optional_text"
    FIGURES = "figures"
    OBSTACLES = "obstacles"
    NEXT_STEP = "next_step"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its key, kind, words and hint."""

    key: str
    kind: QuestionKind
    words: str
    hint: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields in a form and in the answers."""
        return tuple(f"{self.key}.{part}" for part in _PARTS[self.kind])


_PARTS: Mapping[QuestionKind, tuple[str, ...]] = {
    QuestionKind.ANSWER: ("choice", "because"),
    QuestionKind.STAGE: ("stage",),
    QuestionKind.TEXT: ("text",),
    QuestionKind.OPTIONAL_TEXT: ("text",),
    QuestionKind.FIGURES: tuple(f"{part}-{at}" for at in range(1, FIGURES + 1) for part in ("of", "value", "unit")),
    QuestionKind.OBSTACLES: ("any", "text"),
    QuestionKind.NEXT_STEP: ("text", "by"),
    QuestionKind.EVIDENCE: ("addresses",),
}


@cache
def template() -> tuple[Asked, ...]:
    """Return the questions that a new cycle starts from."""
    text = files("followthrough.web.followup").joinpath("questions.toml").read_text("utf-8")
    return tuple(
        Asked(row["key"], QuestionKind(row["kind"]), row["words"], row.get("hint", ""))
        for row in tomllib.loads(text)["question"]
    )


def fields_of(questions: Sequence[Asked]) -> tuple[str, ...]:
    """Return the names of all fields, in order."""
    return tuple(name for one in questions for name in one.fields)
