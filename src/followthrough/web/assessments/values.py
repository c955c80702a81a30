"""What a coder may choose: the values of the scale, and two answers that are no rating and never a zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from followthrough.assess.scales import Scale, scale_from, scales
from followthrough.web.assessments.models import Scale as ScaleRow
from followthrough.web.assessments.models import ScaleValue

NOT_APPLICABLE, NOT_VERIFIABLE = "n/a", "not verifiable"
SILENT = frozenset({NOT_APPLICABLE, NOT_VERIFIABLE, "no evidence", "not yet rated", "D"})
"""Values that say themselves that there is no evidence: they need no claim."""
REASONS = {
    "new-evidence": "new evidence",
    "recalibration": "recalibration",
    "correction": "correction",
    "appeal-upheld": "appeal upheld",
}
SURE = {"sure": "Sure", "fairly": "Fairly", "guess": "A guess"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its word, how it is printed, what it means in this case, and the key that chooses it."""

    word: str
    mark: str
    title: str
    says: str
    key: str


def all_scales() -> dict[str, Scale]:
    """Return the scales of the library and those that packs brought, by id; the library's win."""
    brought: dict[str, dict[str, Any]] = {}
    for one in ScaleRow.objects.order_by("id"):
        brought[one.pk] = {
            "version": one.version, "title": one.title, "source": one.published, "arithmetic": one.arithmetic,
            "percent": one.percent, "level": one.level, "aside": one.aside, "values": [],
        }  # fmt: skip
    for value in ScaleValue.objects.order_by("scale", "position"):
        number = {} if value.number is None else {"number": value.number}
        brought[value.scale_id]["values"].append({"word": value.word, "also": value.also, **number})
    return {key: scale_from(key, about) for key, about in brought.items()} | dict(scales())


def scale_of(key: str) -> Scale:
    """Return a scale by its id."""
    return scales().get(key) or all_scales()[key]


def marked(scale: Scale, word: str) -> str:
    """Return a value as it is printed: +1, 0, −1, or its word."""
    number = next((one.number for one in scale.values if one.word == word), None)
    if number is None:
        return "?" if word == NOT_VERIFIABLE else word
    return f"{number:+g}".replace("-", "−") if number else "0"


def choices(scale: Scale, note: dict[str, str]) -> list[Choice]:
    """Return the answers of a scale; ``note`` says what full, partial and none mean for the commitment."""
    said = [note.get("full", ""), note.get("partial", ""), note.get("none", "")]
    found = []
    for at, one in enumerate(scale.values):
        meaning = said[at] if len(scale.values) == len(said) else ""
        found.append(Choice(one.word, marked(scale, one.word), one.word.capitalize(), meaning, str(at + 1)))
    away = _("It does not apply to this party or period. It is left out of every mean.")
    blind = _("The evidence does not let anyone tell. It is not a zero.")
    return [
        *found,
        Choice(NOT_APPLICABLE, "n/a", _("Does not apply"), away, "8"),
        Choice(NOT_VERIFIABLE, "?", _("Cannot be verified"), blind, "9"),
    ]


def known_words(scale: Scale) -> frozenset[str]:
    """Return every answer that a scale takes."""
    return frozenset({*(one.word for one in scale.values), NOT_APPLICABLE, NOT_VERIFIABLE})
