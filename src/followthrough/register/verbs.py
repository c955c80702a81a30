"""The verb lexicon: what each operative verb does, how strongly, and every form in which it is printed.

``verbs.csv`` has one line a verb:

* ``lemma``, in American spelling; British spellings are derived;
* ``after``, a pattern that the words right after the verb must match;
* ``speech_act``: "act" and "implement" for what is done, "support", "recognise" for what is acknowledged, "call" and
  "encourage" for what is asked of others, "delegate" for instruction of one's own organs, "control" for a verb whose
  infinitive is the undertaking ("agree to promote"), "none" for what commits to nothing;
* ``strength`` from 1 to 5 on the scale of UPR Info;
* ``takes``, "to" when the verb governs an infinitive;
* ``noun``, "n" when the base form is also a noun.

``irregular_verbs.csv`` has the forms of the verbs that the rules of spelling do not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from followthrough.io.csv import package_rows

SpeechAct = Literal["act", "implement", "support", "recognise", "call", "encourage", "delegate", "control", "none"]
Form = Literal["base", "third", "past", "ing"]
FINITE: frozenset[Form] = frozenset({"base", "third"})
_SAID = frozenset({"recognise", "call", "control", "encourage", "delegate"})
_VOICED = frozenset({"express", "voice", "announce"})
BASE: frozenset[Form] = frozenset({"base"})
ING: frozenset[Form] = frozenset({"ing"})
PAST: frozenset[Form] = frozenset({"past"})
ALONE: dict[Form, frozenset[Form]] = {"base": BASE, "third": frozenset({"third"}), "past": PAST, "ing": ING}
"""Each form as the set that holds it alone."""
UNLISTED_STRENGTH = 4
"""Strength of a verb that the lexicon does not have: general action."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One line of ``verbs.csv``; ``governs`` tells whether it governs an infinitive."""

    lemma: str
    after: str
    speech_act: SpeechAct
    strength: int
    governs: bool
    noun: bool

    @property
    def is_said(self) -> bool:
        """Whether it is a speech act: said rather than done, and so an undertaking in the past tense too."""
        return self.speech_act in _SAID or self.lemma in _VOICED


@cache
def _irregular() -> dict[str, tuple[str, str, str]]:
    rows = package_rows(__package__, "irregular_verbs.csv")
    return {row["lemma"]: (row["third"], row["past"], row["ing"]) for row in rows}


def _inflected(lemma: str) -> tuple[str, str, str]:
    """Return the third person, the past form and the gerund of a verb."""
    if lemma in _irregular():
        return _irregular()[lemma]
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", (lemma[:-1] if not lemma.endswith("ee") else lemma) + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return third, lemma + "ed", lemma + "ing"


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
    for row in package_rows(__package__, "verbs.csv"):
        act, strength = cast("SpeechAct", row["speech_act"]), int(row["strength"])
        verb = Verb(row["lemma"], row["after"], act, strength, row["takes"] == "to", row["noun"] == "n")
        for lemma in _spellings(verb.lemma):
            third, past, ing = _inflected(lemma)
            inflected: tuple[tuple[Form, str], ...] = (("base", lemma), ("third", third), ("past", past), ("ing", ing))
            for form, printed in inflected:
                forms.setdefault(printed, []).append((form, verb))
    return {printed: tuple(readings) for printed, readings in forms.items()}


def unlisted(word: str) -> Verb:
    """Return the reading of a verb that stands where only a verb can stand but is not in the lexicon."""
    return Verb(word.lower(), "", "act", UNLISTED_STRENGTH, governs=False, noun=False)


@cache
def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{pattern})\b", re.I)


def reading(word: str, after: str, wanted: frozenset[Form]) -> tuple[Form, Verb] | None:
    """Return the reading of ``word`` in one of the ``wanted`` forms that the words ``after`` it allow."""
    for form, verb in lexicon().get(word.lower(), ()):
        if form in wanted and (not verb.after or _after(verb.after).match(after)):
            return form, verb
    return None
