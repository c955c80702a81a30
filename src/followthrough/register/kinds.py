"""The kind of an undertaking: action, support, principle, call or reaffirmation (K1-K4, S6)."""

from __future__ import annotations

import re

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.addressees import after_verb, is_own_organ, is_third_party
from followthrough.register.heads import Head
from followthrough.register.verbs import Verb, reading
from followthrough.register.word_lists import alternation, word_set

_CONDUCT = re.compile(
    rf"{alternation('kinds', 'rules_of_conduct')}"
    rf"|settle(?:ment)? (?:of )?disputes? {alternation('kinds', 'peacefully')}"
    rf"|resolve (?:\w+ )?disputes (?:{alternation('kinds', 'peacefully')}|through peaceful)"
    rf"|(?:respect|refrain|abide)\w{{0,12}}+\b.{{0,80}}\b{alternation('kinds', 'rules_respected')}",
    re.I | re.S,
)
_SUPPORT_NOUN = re.compile(
    rf"^\W*(?:{alternation('kinds', 'support_degrees')}\s+)*"
    rf"(?:(?:{alternation('kinds', 'support_fields')}|and|,)\s+)*{alternation('kinds', 'support_nouns')}\b"
    r"(?!\s+(?:peace|freedom))",
    re.I,
)
_GIVING = word_set("kinds", "giving")
_EQUIPPING = word_set("kinds", "equipping")
_ADJECTIVE = rf"(?:[\w-]+{alternation('kinds', 'modifier_endings')}|{alternation('kinds', 'modifiers', 'regions')})"
_MODIFIERS = rf"(?:{_ADJECTIVE}[\s,]+){{0,6}}"
_PEOPLE = rf"{alternation('kinds', 'people')}(?!-|\s+{alternation('kinds', 'not_people_before')}\b)"
_CAPACITY = re.compile(
    rf"^\W*+(?:the\s+)?(?:[\w-]+\s+(?:and\s+[\w-]+\s+)?)?capacit(?:y|ies)(?:[- ]building)?\s+(?:of|in|for|among)\s+"
    rf"(?:the\s+)?{_MODIFIERS}(?:{_PEOPLE}|countries)\b"
    rf"|^\W*+(?:the\s+)?{_MODIFIERS}{_PEOPLE}[’']s?\s+(?:[\w-]+\s+)?capacit(?:y|ies)\b",
    re.I,
)
_NAME = rf"(?:(?!{alternation('kinds', 'named_things')}\b)[A-Z][\w.-]*(?:\s+(?:and|of(?:\s+the)?)(?=\s+[A-Z]))?"
_ACTOR_OBJECT = re.compile(
    rf"^\W*+(?:{alternation('kinds', 'determiners_of_actors')}\s+)*"
    rf"(?:(?:the\s+)?(?i:{_MODIFIERS})(?:{_PEOPLE}|{alternation('kinds', 'acts_of_actors')})\b"
    rf"|[A-Z][\w.-]*+(?:\s[A-Z][\w.-]*+)*+\s?(?:[’']s?)\s(?!{alternation('kinds', 'states_of_actors')}\b)"
    rf"|{_NAME}\s)+{alternation('kinds', 'after_an_actor')}\b|{_NAME}(?:\s|$))+$)"
)
_OURS = re.compile(r"\bour\b")
_WITH = re.compile(r"^[^.;:]{0,80}?\bwith\b")


def kind(head: Head, words: str, inherited: CommitmentKind | None = None) -> tuple[CommitmentKind, str]:
    """Return the kind of an undertaking and the rule that says so; ``words`` is its quotation."""
    top = head.governor or head.verb
    lead = head.inner if head.verb.speech_act == "control" and head.inner else head.verb
    if inherited == CommitmentKind.CALL and head.verb.speech_act == "recognise" and _OURS.search(words[:60]):
        # "We call on A to ... and reaffirm our ...": the second is said by ourselves
        return CommitmentKind.REAFFIRMATION, "S6"
    passed_on = inherited in {CommitmentKind.REAFFIRMATION, CommitmentKind.CALL}
    if inherited and (passed_on or top.speech_act in {"call", "delegate"}):
        return inherited, {CommitmentKind.REAFFIRMATION: "S6", CommitmentKind.CALL: "K4"}.get(inherited, "K1")
    if top.speech_act == "recognise" or (lead.speech_act == "recognise" and top.lemma != "decide"):
        return CommitmentKind.REAFFIRMATION, "S6"
    called = CommitmentKind.CALL if lead.speech_act == "call" and lead is not top else _call(head, top, words)
    if called is not None:
        return called, "K4" if called == CommitmentKind.CALL else "K1"
    if _CONDUCT.search(words) and lead.strength <= 4 and lead.speech_act != "support":
        return CommitmentKind.PRINCIPLE, "K3"
    return (CommitmentKind.SUPPORT, "K2") if _supports(lead, words) else (CommitmentKind.ACTION, "K1")


def _call(head: Head, top: Verb, words: str) -> CommitmentKind | None:
    tail = after_verb(head, words)
    if top.speech_act == "delegate":
        return CommitmentKind.ACTION
    if top.speech_act == "call":
        own = top.lemma in {"request", "ask", "require"} and is_own_organ(tail)
        return CommitmentKind.ACTION if own else CommitmentKind.CALL
    if top.speech_act == "encourage":
        asked = re.search(r"\bto\b", tail)
        return CommitmentKind.CALL if asked and is_third_party(tail[: asked.start()]) else None
    return None


def _supports(lead: Verb, words: str) -> bool:
    stem = lead.lemma.split()[0]
    found = re.search(rf"\b{re.escape(stem[:5])}\w*\s*", words, re.I)
    tail = words[found.end() :] if found else words
    if lead.speech_act == "support":
        return lead.lemma == "assist" or _helped(lead, tail) or bool(_ACTOR_OBJECT.match(tail))
    if stem in _EQUIPPING and _WITH.match(tail) and _ACTOR_OBJECT.match(tail):
        return True
    if stem in _GIVING and _SUPPORT_NOUN.match(tail):
        return True
    return bool(_CAPACITY.match(tail))


def _helped(lead: Verb, tail: str) -> bool:
    """Tell whether "help" has somebody as its object, and not a verb: "help to end hunger"."""
    if lead.lemma != "help":
        return False
    first = re.match(r"[\w-]*", tail)
    word = first.group() if first else ""
    return word != "to" and reading(word, "", frozenset({"base"})) is None
