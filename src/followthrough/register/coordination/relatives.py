"""The clause that "which", "who" or "that" opens, or what is said."""

from __future__ import annotations

from followthrough.register.coordination.state import Clause, Context, Effect, Role
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import FINITE
from followthrough.register.word_lists import word_set

RELATIVES = word_set("coordination", "relatives")
_SINGULAR = frozenset({"is", "has", "was"})
_BEFORE_RELATIVE = word_set("coordination", "prepositions")
_WITH_SUBJECT = frozenset({"where", "whereby"})
_NEAR_VERB, _NEAR_MODAL, _NEAR_SAID = 3, 3, 8
"""Tokens behind a verb of saying, a relative and "that" within which "that" and a modal stand."""


def relative_clause(context: Context, at: int) -> Effect | None:
    """Open a clause with "which", "who" or "that"."""
    pointing = context.word(at) == "that" and context.word(at - 1) in _BEFORE_RELATIVE  # "from that year on"
    if context.word(at) not in RELATIVES or pointing:
        return None
    return Effect(state=context.state.opening(_relative(context, at)))


def _relative(context: Context, at: int) -> Clause:
    """Return the clause that "which", "who" or "that" opens; "that" behind a verb of saying opens what is said."""
    role: Role = "content" if context.word(at) == "that" and _says(context, at) else "relative"
    own_subject = context.word(at) in _WITH_SUBJECT or context.word(at - 1) in _BEFORE_RELATIVE
    for later in range(at + 1 + own_subject, min(at + 1 + _NEAR_MODAL, context.stop)):
        if context.sentence.is_modal(later):
            return Clause(role, "base", modal=True)
        found = context.read(later, FINITE)
        if found is not None:
            return Clause(role, found[0])
        if role == "content" and context.word(later) in _SINGULAR:
            return Clause(role, "third")  # "that membership is decided, and wish"
    if role == "content" and _has_modal(context, at + 1):
        return Clause(role, "base", modal=True)
    if own_subject and at + 2 < context.stop and context.word(at + 2).endswith("s"):
        return Clause(role, "third")  # "in which trade flows"
    return Clause(role, None)


def _has_modal(context: Context, start: int) -> bool:
    """Tell whether a modal stands in what is said from token ``start`` on, before any mark or conjunction."""
    for at in range(start, min(start + _NEAR_SAID, context.stop)):
        if context.sentence.is_modal(at):
            return True
        if context.sentence.tokens[at].gap or context.word(at) in CONJUNCTIONS:
            return False
    return False


def _says(context: Context, at: int) -> bool:
    """Tell whether the verb in hand takes a clause with "that" as its object."""
    head = context.head
    near = at - head.verb_at <= _NEAR_VERB + len(head.group) and not context.state.adjunct
    return near and head.verb.speech_act in {"recognise", "control", "call", "delegate"}
