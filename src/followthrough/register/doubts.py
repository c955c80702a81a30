"""What makes a proposal doubtful, so that a person looks at it first.

Each mark goes with a share of wrong rows that is about twice the usual, measured on the catalogues made by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from followthrough.model.commitment import Adjunct, Commitment
from followthrough.register.heads import Head
from followthrough.register.verbs import lexicon

_NEAR_SUPPORT = re.compile(r"\b(?:support|assist|help|respect|peaceful)")
_LIST = re.compile(r"[;:]")
_FURTHER_PURPOSE = re.compile(r"(?:\band|,) to [a-z]+")
_LONG, _SHORT = 60, 3
"""Words of a row that is longer, or no longer, than most."""


def doubts(head: Head, words: str, kind_rule: str, found: Sequence[Adjunct]) -> tuple[str, ...]:
    """Return why an undertaking whose quotation is ``words`` may be wrong, or nothing."""
    count = len(words.split())
    purpose = any(one.role == "purpose" for one in found)
    marks = {
        "the verb is in no list": " " not in head.verb.lemma and head.verb.lemma not in lexicon(),
        "a rule of conduct, or none": kind_rule == "K3",
        "support, or action": kind_rule in {"K1", "K2"} and _NEAR_SUPPORT.search(words) is not None,
        "a list inside": _LIST.search(words) is not None,
        "purposes, or undertakings of their own": purpose and _FURTHER_PURPOSE.search(words) is not None,
        "long": count > _LONG,
        "short": count <= _SHORT,
    }
    return tuple(mark for mark, holds in marks.items() if holds)


def reason(commitment: Commitment) -> str:
    """Return in one line by which rules a commitment was found, and under which verb."""
    why = commitment.why
    rules = ", ".join(why[name] for name in ("split", "kind", "strength") if name in why)
    return f"{rules}, under “{why['governor']}”" if "governor" in why else rules
