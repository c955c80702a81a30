"""The operative verb of a clause: bare, after a subject, or in a compound such as "are committed to" (S1, S7)."""

from __future__ import annotations

from followthrough.register.heads import SIGNATORIES, Head
from followthrough.register.sentences import Sentence
from followthrough.register.subjects import subject_at
from followthrough.register.verbs import BASE, FINITE, ING, PAST, Form, Verb, unlisted
from followthrough.register.word_lists import entries, word_set

_MODALS = word_set("predicates", "modals")
_AUXILIARIES = word_set("predicates", "auxiliaries")
_PERFECT = word_set("predicates", "perfect_auxiliaries")
_PROGRESSIVE = word_set("predicates", "progressive_auxiliaries")
_STATES = {state: particle for particle in ("to", "in") for state in entries("predicates", f"states_{particle}")}
"""The particle that follows "committed" or "united"."""
_NOMINAL_ENDINGS = entries("predicates", "nominal_endings")
_NOMINAL_WORDS = word_set("predicates", "nominal_words")
_DECLARED_IN_PAST = frozenset({"recognise", "call", "control", "encourage", "delegate"})
_CONTINUATION, _GENERAL_ACTION = 2, 4
"""Strengths of "remain committed to" and "are committed to"."""


def heads_after_subjects(sentence: Sentence) -> list[Head]:
    """Return a head for each subject of the sentence that has an operative verb."""
    heads: list[Head] = []
    for at in range(len(sentence)):
        if heads and at <= heads[-1].verb_at:
            continue
        subject = subject_at(sentence, at)
        head = head_after(sentence, subject.end, subject.name) if subject is not None else None
        if head is not None:
            heads.append(head)
    return heads


def bare_head(sentence: Sentence, wanted: frozenset[Form], certain: bool) -> Head | None:
    """Return the head of a sentence that opens with its verb in a ``wanted`` form.

    Where it is ``certain`` that a verb opens it, a word that the lexicon does not know is one.
    """
    tokens = sentence.tokens
    start = 1 if tokens[0].lower == "to" and len(tokens) > 1 else 0
    at = sentence.skip_adverbs(start)
    if at >= len(tokens):
        return None
    found = sentence.read(at, wanted)
    if found is not None:
        is_noun = found[0] == "base" and sentence.is_noun(at, found[1]) and not sentence.is_joined_verb(at)
        return None if is_noun else _head(start, at, *found)
    if certain and tokens[at].lower.isalpha() and not _is_nominal(tokens[at].lower):
        return _head(start, at, "base", unlisted(tokens[at].text))
    return None


def _is_nominal(word: str) -> bool:
    return word.endswith(_NOMINAL_ENDINGS) or word in _NOMINAL_WORDS


def head_after(sentence: Sentence, at: int, subject: str) -> Head | None:
    """Return the head whose modality begins at token ``at``, after its ``subject``."""
    start, at = at, sentence.skip_adverbs(at)
    if at >= len(sentence):
        return None
    word = sentence.tokens[at].lower
    if word in _MODALS:
        return _after_modal(sentence, start, at, subject)
    if word in _AUXILIARIES:
        return _compound(sentence, start, at, subject)
    found = sentence.read(at, FINITE)
    if found is None:
        found = sentence.read(at, PAST)
        if found is None or found[1].speech_act not in _DECLARED_IN_PAST:
            return None
    return _head(start, at, *found, subject=subject)


def _after_modal(sentence: Sentence, start: int, modal_at: int, subject: str) -> Head | None:
    at = sentence.skip_adverbs(modal_at + 1)
    if at < len(sentence) and sentence.tokens[at].lower == "not":
        at = sentence.skip_adverbs(at + 1)
    if at >= len(sentence):
        return None
    form, verb = sentence.read(at, BASE) or ("base", unlisted(sentence.tokens[at].text))
    return _head(start, at, form, verb, subject)


def _compound(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "are committed to", "have agreed to", "are taking"."""
    auxiliary, following = sentence.tokens[at].lower, sentence.skip_adverbs(at + 1)
    if following >= len(sentence):
        return None
    if auxiliary in _PERFECT:
        found = sentence.read(following, PAST)
        declared = found is not None and found[1].speech_act in {"control", "call"}
        return _head(start, following, *found, subject=subject) if found is not None and declared else None
    state = sentence.tokens[following].lower
    if state in _STATES:
        verb = _verb_of_state(auxiliary == "remain", state)
        return _head(start, following, "base", verb, subject)
    found = sentence.read(following, ING)
    if auxiliary in _PROGRESSIVE and found is not None:
        return _head(start, following, *found, subject=subject)
    return None


def _verb_of_state(remains: bool, state: str) -> Verb:
    lemma, strength = ("remain", _CONTINUATION) if remains else ("be", _GENERAL_ACTION)
    return Verb(f"{lemma} {state}", "", "control", strength, governs=True, noun=False)


def _head(start: int, at: int, form: Form, verb: Verb, subject: str = SIGNATORIES) -> Head | None:
    """Return the head at token ``at``, or ``None`` where the verb commits to nothing (S7)."""
    if verb.speech_act == "none":
        return None
    return Head(start, at, verb, form, (verb.lemma,), subject)
