"""Who undertakes: "we", "the Leaders", "both sides", a named state or body (S1, S7)."""

from __future__ import annotations

import re
from typing import NamedTuple

from followthrough.register.heads import SIGNATORIES
from followthrough.register.sentences import CONJUNCTIONS, Sentence
from followthrough.register.verbs import FINITE, PAST, Form, Verb
from followthrough.register.word_lists import alternation, word_set

_PRONOUNS = word_set("subjects", "pronouns")
_PRONOUN_OF_SIGNATORIES = "we"
_OPENING = word_set("subjects", "noun_phrase_openings")
_NOT_ACTORS = word_set("subjects", "not_actors")
_SUBORDINATORS = word_set("subjects", "subordinators")
_NAMING_MODALS = word_set("predicates", "naming_modals")
_COLLECTIVE = re.compile(
    rf"(?:the\s+(?:{alternation('subjects', 'counts', 'groups')}\s+)?{alternation('subjects', 'collectives')}"
    rf"|both\s+(?:the\s+)?{alternation('subjects', 'pairs')}"
    rf"|{alternation('subjects', 'groups_without_article')} leaders|{alternation('subjects', 'bare_collectives')})$",
    re.I,
)
_ACTOR = re.compile(rf"\b{alternation('subjects', 'actor_nouns', 'actor_names')}\b", re.I)
_INTRODUCTION = 6
"""Tokens within which a subject may follow an introduction that no comma sets off."""
_LATEST_NAME = 12
"""Tokens before which a named subject begins."""
_LONGEST_NAME = 13
"""Tokens of a named subject."""


class Subject(NamedTuple):
    """A subject: its ``name``, as printed or ``SIGNATORIES``, and the index of the token after it."""

    end: int
    name: str


def subject_at(sentence: Sentence, at: int) -> Subject | None:
    """Return the subject of a main clause that begins at token ``at``."""
    return _subject(sentence, at) if _may_begin(sentence, at) else None


def _may_begin(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return bool(
        at == 0
        or token.gap
        or token.text[0].isupper()
        or token.lower == _PRONOUN_OF_SIGNATORIES
        or sentence.tokens[at - 1].lower in CONJUNCTIONS
    )


def _subject(sentence: Sentence, at: int) -> Subject | None:
    tokens = sentence.tokens
    token, previous = tokens[at], tokens[at - 1].lower if at else ""
    if previous in _SUBORDINATORS:
        return None
    named = tokens[0].lower in _OPENING and not tokens[0].gap
    if (at > _INTRODUCTION or (at and named)) and not token.gap and previous not in CONJUNCTIONS:
        return None  # "the tools we share" is a relative clause
    if token.lower in _PRONOUNS:
        return Subject(at + 1, SIGNATORIES)
    for size in (4, 3, 2, 1) if at == 0 or token.gap or previous in CONJUNCTIONS else ():
        last = at + size - 1
        name = sentence.text[token.start : tokens[last].end] if last + 1 < len(tokens) else ""
        if _COLLECTIVE.match(name):
            return Subject(last + 1, name)
    return _named(sentence, at) if at == 0 or (token.gap == "," and at < _LATEST_NAME) else None


def _named(sentence: Sentence, at: int) -> Subject | None:
    """Return a named third-person subject at the head of the sentence: it ends at a modal or a speech verb."""
    tokens = sentence.tokens
    for stop in range(at + 1, min(at + 1 + _LONGEST_NAME, len(tokens))):
        word = tokens[stop].lower
        if word in _NOT_ACTORS or word == "to" or tokens[at].lower in _NOT_ACTORS:
            return None
        found = sentence.read(stop, FINITE) or sentence.read(stop, PAST)
        modal = word in _NAMING_MODALS
        if modal or (at == 0 and found is not None and _declares(*found)):
            name = sentence.text[tokens[at].start : tokens[stop - 1].end]
            is_verb = modal or found is None or not sentence.is_noun(stop, found[1])
            if is_verb and _ACTOR.search(name) and tokens[at].text[0].isupper():
                return Subject(stop, name)
            return None
    return None


def _declares(form: Form, verb: Verb) -> bool:
    """Tell whether a verb after a named subject is an undertaking without a modal."""
    if verb.speech_act == "control":
        return not verb.noun
    return verb.speech_act in {"recognise", "call"} or (verb.speech_act == "support" and form != "past")
