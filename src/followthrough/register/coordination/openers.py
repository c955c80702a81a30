"""What a token opens after a head: a complement, a purpose, a means, a relative clause (S3, S5)."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.coordination.state import Context, Effect
from followthrough.register.verbs import BASE, ING, Form
from followthrough.register.word_lists import word_set

_GOVERNING_NOUNS = word_set("coordination", "governing_nouns", "recognised_nouns")
_RECOGNISED_NOUNS = word_set("coordination", "recognised_nouns")
_MEANS = word_set("coordination", "means")
_RELATIVES = word_set("coordination", "relatives")
_JOINT_WORK = word_set("coordination", "joint_work")
_PURPOSES = word_set("coordination", "purposes")
_OF_GOVERNING_NOUN = frozenset({"of", "on", "for"})
_OF_JOINT_WORK = frozenset({"on", "in"})
_GOVERNED_INFINITIVES = frozenset({"control", "call", "delegate", "encourage"})
"""What a verb does that governs a verb and may itself be governed."""
_NEAR_VERB, _NEAR_CONTROL, _NEAR_NOUN = 3, 8, 10
"""Tokens within which "on" belongs to "cooperate", "to" to a verb such as "agree", "to" to a noun such as "efforts"."""


def opened(context: Context, at: int) -> Effect | None:
    """Return what follows from token ``at``, where no undertaking begins."""
    word, state, head = context.word(at), context.state, context.head
    nouns = _RECOGNISED_NOUNS if head.verb.speech_act == "recognise" else _GOVERNING_NOUNS
    if word in nouns and state.complement is None and not state.purpose and not state.gerund:
        return Effect(state=replace(state, governor_at=at))
    if word == "to" and at + 1 < context.stop:
        return _infinitive(context, at)
    if _governs_gerund(context, at):
        return _complement(context, at + 1, "ing")
    if word in _RELATIVES:
        return Effect(state=replace(state, relative=True))
    return Effect(state=replace(state, gerund=True)) if _opens_gerund(context, at) else None


def _opens_gerund(context: Context, at: int) -> bool:
    """Tell whether a means begins, "by A-ing", or a participle after a comma."""
    if context.word(at) in _MEANS and context.is_verb(at + 1, ING):
        return True
    return context.sentence.tokens[at].gap == "," and context.head.verb_at < at and context.is_verb(at, ING)


def _governs_gerund(context: Context, at: int) -> bool:
    """Tell whether "of" after "importance", or "on" after "cooperate", governs the gerund behind it (S3)."""
    word, state, head = context.word(at), context.state, context.head
    of_noun = word in _OF_GOVERNING_NOUN and state.governor_at == at - 1
    near = 0 < at - head.verb_at <= _NEAR_VERB and state.complement is None and not (state.purpose or state.gerund)
    of_verb = word in _OF_JOINT_WORK and near and head.verb.lemma in _JOINT_WORK
    return (of_noun or of_verb) and context.is_verb(at + 1, ING)


def _infinitive(context: Context, at: int) -> Effect | None:
    state = context.state
    governed = state.complement is None and _governs_infinitive(context, at)
    if governed and context.is_verb(at + 1, BASE, certain=True):
        return _complement(context, at + 1, "base")
    if governed and context.is_verb(at + 1, ING):
        return _complement(context, at + 1, "ing")
    if context.is_verb(at + 1, BASE):
        return Effect(state=replace(state, purpose=True))
    if context.word(at - 1) == "view" and context.is_verb(at + 1, ING):
        return Effect(state=replace(state, gerund=True))  # "with a view to A-ing"
    return None


def _governs_infinitive(context: Context, at: int) -> bool:
    """Tell whether the "to" at token ``at`` belongs to the head or to a noun such as "efforts"."""
    state, head = context.state, context.head
    if state.purpose or state.gerund or context.word(at - 1) in _PURPOSES:
        return False
    if state.governor_at is not None:
        return at - state.governor_at <= _NEAR_NOUN
    if not head.verb.governs or (head.governor is not None and head.verb.speech_act not in _GOVERNED_INFINITIVES):
        return False
    return head.verb.speech_act != "control" or at - head.verb_at <= _NEAR_CONTROL


def _complement(context: Context, at: int, form: Form) -> Effect:
    """Return that the verb at token ``at`` is the complement of the head."""
    at = context.sentence.skip_adverbs(at)
    found = context.sentence.read(at, frozenset({form}))
    state = replace(context.state, complement=form, inner_at=at, gerund=False)
    return Effect(state=state, head=replace(context.head, inner=found[1]) if found is not None else None)
