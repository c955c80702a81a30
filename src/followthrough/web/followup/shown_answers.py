"""Answers as people read them: question by question, and one cycle's beside the last one's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from followthrough.web.followup.answers import (
    CHOICES,
    OBSTACLES,
    STEPS,
    Answers,
    addresses_of,
    figures_of,
    list_of,
    text_of,
)
from followthrough.web.followup.questions import Asked, QuestionKind


@dataclass(frozen=True, slots=True)
class Line:
    """What is said to one question: lines of text, or addresses; neither where nothing is said."""

    key: str
    words: str
    said: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer to a question before and now, and in a word what became of it."""

    before: Line
    now: Line
    difference: str


def lines_of(questions: Sequence[Asked], answers: Answers) -> list[Line]:
    """Return the answers as people read them, a line for each question."""
    return [_line(one, answers) for one in questions]


def compared(questions: Sequence[Asked], before: Answers, now: Answers) -> list[Compared]:
    """Return the answers of two cycles side by side."""
    pairs = zip(lines_of(questions, before), lines_of(questions, now), strict=True)
    return [Compared(old, new, _difference(old.said, new.said)) for old, new in pairs]


def _difference(before: tuple[str, ...], now: tuple[str, ...]) -> str:
    if before == now:
        return _("the same") if now else _("no answer")
    if not before:
        return _("new")
    return _("changed") if now else _("no longer answered")


def _line(one: Asked, answers: Answers) -> Line:
    said = _SAID[one.kind](one, answers)
    links = tuple(addresses_of(one, answers)) if one.kind is QuestionKind.EVIDENCE else ()
    return Line(one.key, one.words, said, links)


def _answer(one: Asked, answers: Answers) -> tuple[str, ...]:
    choice, because = text_of(answers, f"{one.key}.choice"), text_of(answers, f"{one.key}.because")
    words = str(CHOICES[choice][0]) if choice in CHOICES else choice
    return tuple(filter(None, (words, because)))


def _stage(one: Asked, answers: Answers) -> tuple[str, ...]:
    stage = text_of(answers, f"{one.key}.stage")
    return (str(STEPS[stage][0]),) if stage in STEPS else ()


def _text(one: Asked, answers: Answers) -> tuple[str, ...]:
    return tuple(part for part in text_of(answers, f"{one.key}.text").split("\n") if part.strip())


def _figures(one: Asked, answers: Answers) -> tuple[str, ...]:
    return tuple(f"{of}: {value} {unit}".strip() for of, value, unit in figures_of(one, answers))


def _obstacles(one: Asked, answers: Answers) -> tuple[str, ...]:
    words = [str(OBSTACLES[name]) for name in list_of(answers, f"{one.key}.any") if name in OBSTACLES]
    return tuple(filter(None, (", ".join(words), text_of(answers, f"{one.key}.text"))))


def _next_step(one: Asked, answers: Answers) -> tuple[str, ...]:
    step, by = text_of(answers, f"{one.key}.text"), text_of(answers, f"{one.key}.by")
    return tuple(filter(None, (step, _("by %(when)s") % {"when": by} if by else "")))


_SAID: Mapping[QuestionKind, Callable[[Asked, Answers], tuple[str, ...]]] = {
    QuestionKind.ANSWER: _answer,
    QuestionKind.STAGE: _stage,
    QuestionKind.TEXT: _text,
    QuestionKind.OPTIONAL_TEXT: _text,
    QuestionKind.FIGURES: _figures,
    QuestionKind.OBSTACLES: _obstacles,
    QuestionKind.NEXT_STEP: _next_step,
    QuestionKind.EVIDENCE: lambda one, answers: tuple(addresses_of(one, answers)),
}
