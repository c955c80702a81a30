"""The places in a sentence where something may be coordinated."""

from __future__ import annotations

from followthrough.register.coordination.state import Context, Junction
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.tokens import NUMBERED

_JOINING = CONJUNCTIONS | {"as", "but", "nor"}
_CLAUSAL = frozenset({"to", "that", "not"})


def junction_at(context: Context, at: int) -> Junction | None:
    """Return the junction before token ``at``: a conjunction, a comma, a semicolon, "as well as" or "while"."""
    sentence = context.sentence
    if at == 0 or at <= context.head.verb_at:
        return None
    token, before = sentence.tokens[at], sentence.tokens[at - 1]
    if not (token.gap or before.lower in _JOINING or token.lower == "while"):
        return None
    if token.lower in CONJUNCTIONS or sentence.quoted[at]:
        return None
    as_well_as = before.lower == "as" and at > 2 and sentence.tokens[at - 2].lower == "well"
    but = before.lower == "but" and (token.lower == "also" or sentence.speaks(at, plural=True))
    nor = before.lower == "nor" and any(one.lower == "neither" for one in sentence.tokens[: at - 1])
    joined = before.lower in CONJUNCTIONS or as_well_as or but or nor
    gap = sentence.tokens[at - 3].gap if as_well_as else before.gap if joined else token.gap
    numbered = gap.endswith(NUMBERED) and not (sentence.is_nominal(at) and token.lower not in _CLAUSAL)
    comma, semicolon = "," in gap, ";" in gap or numbered
    if not (joined or comma or semicolon or token.lower == "while"):
        return None
    begin = sentence.skip_aside(at)
    return Junction(at, begin, sentence.skip_adverbs(begin), joined, comma, semicolon)
