"""The verb lexicon: what each operative verb does, how strongly, and every form in which it is printed.

The data is ``verbs.csv``: ``lemma``; ``after``, a pattern that the words right after the verb must match; ``act``;
``strength`` from 1 to 5 on the scale of UPR Info; ``takes`` is ``to`` when the verb governs an infinitive; ``noun`` is
``n`` when the base form is also a noun.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from followthrough.register.words import word_set

VERSION = 1
Act = Literal["act", "implement", "support", "recognise", "call", "encourage", "own", "pass", "none"]
Form = Literal["base", "third", "past", "ing"]

_DOUBLED = word_set(
    "stem cut hold_ begin set put submit commit permit refer transfer deter plan stop ban curb ship step expel embed"
)
_IRREGULAR = {
    "be": ("is", "was", "being"),
    "become": ("becomes", "became", "becoming"),
    "begin": ("begins", "began", "beginning"),
    "bring": ("brings", "brought", "bringing"),
    "build": ("builds", "built", "building"),
    "cut": ("cuts", "cut", "cutting"),
    "fight": ("fights", "fought", "fighting"),
    "offset": ("offsets", "offset", "offsetting"),
    "withdraw": ("withdraws", "withdrew", "withdrawing"),
    "withstand": ("withstands", "withstood", "withstanding"),
    "draw": ("draws", "drew", "drawing"),
    "drive": ("drives", "drove", "driving"),
    "feel": ("feels", "felt", "feeling"),
    "give": ("gives", "gave", "giving"),
    "hear": ("hears", "heard", "hearing"),
    "hold": ("holds", "held", "holding"),
    "keep": ("keeps", "kept", "keeping"),
    "know": ("knows", "knew", "knowing"),
    "lead": ("leads", "led", "leading"),
    "make": ("makes", "made", "making"),
    "meet": ("meets", "met", "meeting"),
    "overcome": ("overcomes", "overcame", "overcoming"),
    "pay": ("pays", "paid", "paying"),
    "put": ("puts", "put", "putting"),
    "see": ("sees", "saw", "seeing"),
    "seek": ("seeks", "sought", "seeking"),
    "set": ("sets", "set", "setting"),
    "speak": ("speaks", "spoke", "speaking"),
    "stand": ("stands", "stood", "standing"),
    "strive": ("strives", "strove", "striving"),
    "take": ("takes", "took", "taking"),
    "teach": ("teaches", "taught", "teaching"),
    "think": ("thinks", "thought", "thinking"),
    "undertake": ("undertakes", "undertook", "undertaking"),
    "uphold": ("upholds", "upheld", "upholding"),
}


@dataclass(frozen=True, slots=True)
class Verb:
    """One line of the lexicon."""

    lemma: str
    after: str
    act: Act
    strength: int
    governs: bool
    noun: bool


def _inflected(lemma: str) -> tuple[str, str, str]:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", (lemma[:-1] if not lemma.endswith("ee") else lemma) + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    return third, stem + "ed", stem + "ing"


def _spellings(lemma: str) -> set[str]:
    spellings = {lemma}
    if lemma.endswith(("ize", "yze")):
        spellings.add(lemma[:-2] + "se")
    if lemma.endswith("avor"):
        spellings.add(lemma[:-2] + "our")
    if lemma == "fulfill":
        spellings.add("fulfil")
    if lemma == "honor":
        spellings.add("honour")
    return spellings


@cache
def lexicon() -> dict[str, tuple[tuple[Form, Verb], ...]]:
    """Return every printed form in lower case with the readings it may have, most specific first."""
    forms: dict[str, list[tuple[Form, Verb]]] = {}
    with files(__package__).joinpath("verbs.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            verb = Verb(
                row["lemma"],
                row["after"],
                row["act"],  # type: ignore[arg-type]
                int(row["strength"]),
                row["takes"] == "to",
                row["noun"] == "n",
            )
            for lemma in _spellings(verb.lemma):
                third, past, ing = _inflected(lemma)
                for form, printed in (("base", lemma), ("third", third), ("past", past), ("ing", ing)):
                    forms.setdefault(printed, []).append((form, verb))  # type: ignore[arg-type]
    return {printed: tuple(readings) for printed, readings in forms.items()}


UNKNOWN_STRENGTH = 4


def unknown(word: str) -> Verb:
    """Return the reading of a verb that stands where only a verb can stand but is not in the lexicon."""
    return Verb(word.lower(), "", "act", UNKNOWN_STRENGTH, governs=False, noun=False)


@cache
def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern})\b", re.I)


def reading(word: str, after: str, wanted: frozenset[Form]) -> tuple[Form, Verb] | None:
    """Return the reading of ``word`` in one of the ``wanted`` forms that the words ``after`` it allow."""
    for form, verb in lexicon().get(word.lower(), ()):
        if form in wanted and (not verb.after or _after(verb.after).match(after)):
            return form, verb
    return None
