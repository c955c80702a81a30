"""S9: "... and the need to V", "... and the importance of V-ing", beside another object of recognition."""

from __future__ import annotations

from followthrough.register.coordination.members import Member
from followthrough.register.coordination.rows import recognised, row
from followthrough.register.coordination.state import Context, Effect, Junction
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.word_lists import word_set

_NEEDS = word_set("coordination", "needs")
_REPEATED = word_set("coordination", "repeated_nouns")
_POSSESSIVES = frozenset({"their", "our", "its"})
_OPENING_NEED = _POSSESSIVES | {"the"}
_OWN_GERUNDS = frozenset({"being", "having"})
_VALUES = word_set("coordination", "values")
_NEAR_GERUND = 8
"""Tokens behind "the importance of" within which somebody's doing is named: "of the parties opening the roads"."""


def need(context: Context, junction: Junction) -> Effect | None:
    """S9: "... and the need to V", "... and the importance of V-ing" beside another object of recognition."""
    listed = junction.comma and context.word(junction.begin) == "the" and _goes_on(context, junction.begin)
    if not recognised(context) or not (junction.joined or junction.semicolon or listed):
        return None
    at = junction.begin + (1 if context.word(junction.begin) == "on" else 0)  # "agreed on A and on the need to"
    at += 1 if at < context.stop and context.word(at) in _OPENING_NEED else 0
    if at + 2 >= context.stop or not _opens_need(context, junction, at):
        return None
    found = _verb_of_need(context, at)
    if found is not None:
        return row(context, found, 0, governed=found.form)
    return row(context, Member(at, at, "base", context.head.verb), 0) if context.word(at) in _REPEATED else None


def _goes_on(context: Context, at: int) -> bool:
    """Tell whether a list of nouns goes on behind token ``at`` up to ", and the"."""
    tokens = context.sentence.tokens
    return any(
        context.word(later) == "the" and context.word(later - 1) in CONJUNCTIONS and tokens[later - 1].gap == ","
        for later in range(at + 2, context.stop)
    )


def _opens_need(context: Context, junction: Junction, at: int) -> bool:
    """Tell whether the noun at token ``at`` opens an object of recognition of its own."""
    noun, before = context.word(at), context.word(at - 1)
    if noun in _REPEATED:
        return any(context.word(earlier) == noun for earlier in range(context.head.verb_at, at - 1))
    if noun not in _NEEDS or before in _POSSESSIVES:
        return False  # "their cooperation and its importance"
    shared = junction.at > 1 and context.word(at + 1) == "of" and context.word(junction.at - 2) in _VALUES
    return not shared  # "the value and the importance of lowering" have one object


def _verb_of_need(context: Context, at: int) -> Member | None:
    """Return the verb that the noun at token ``at`` governs: "the need to V", "the importance of the Fund V-ing"."""
    first = context.sentence.skip_adverbs(at + 2)
    if context.word(at + 1) == "to":
        return Member(at, first, "base", context.sentence.certain_verb(first, "base")) if first < context.stop else None
    for verb_at in range(first, min(at + 2 + _NEAR_GERUND, context.stop)):
        if context.word(verb_at) in _OWN_GERUNDS or context.is_gerund(verb_at):
            return Member(at, verb_at, "ing", context.sentence.certain_verb(verb_at, "ing"))
    return None
