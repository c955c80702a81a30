"""Whether a sentence states or tells something, so that what opens it is no verb of an undertaking (S7)."""

from __future__ import annotations

from followthrough.register.heads import Head
from followthrough.register.sentences import Sentence
from followthrough.register.verbs import ALONE, BASE, PAST
from followthrough.register.word_lists import word_set

_BEFORE_NOUN = word_set("coordination", "prepositions") | {"as"}
_BEHIND_PARTICIPLES = _BEFORE_NOUN | {"abroad", "at", "under", "there", "here", "elsewhere", ""}
_DETERMINERS = word_set("sentences", "determiners", "object_openings")
_OPENING_CLAUSES = word_set("coordination", "relatives") | word_set("subjects", "subordinators")
_ADJECTIVES = word_set("sentences", "adjectives")
_BEHIND_STATED = frozenset({"for", "on", "that"})
_DECIDING = frozenset({"decide", "agree", "determine"})


def _word(sentence: Sentence, at: int) -> str:
    return sentence.tokens[at].lower if at < len(sentence) else ""


def is_stated(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb in the singular makes a statement: "Shifting cultivation accounts for half of it"."""
    found = sentence.read(at, ALONE["third"])
    if found is None or found[1].is_said or sentence.tokens[at].gap or _word(sentence, at - 1) in _DETERMINERS:
        return False
    return (sentence.opens_object(at) and not found[1].noun) or _word(sentence, at + 1) in _BEHIND_STATED


def is_headline(sentence: Sentence) -> bool:
    """Tell whether a colon parts a headline from what it is about: "Building roads: The agency awarded a grant"."""
    return any(token.gap.startswith(":") and token.text[:1].isupper() for token in sentence.tokens)


def tells(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb in the past that no participle is stands behind token ``at``: "..., both held talks"."""
    return any(
        not token.lower.endswith("ed")
        and sentence.read(later, PAST) is not None
        and sentence.read(later, BASE) is None
        and _word(sentence, later + 1) not in _BEHIND_PARTICIPLES
        for later, token in enumerate(sentence.tokens)
        if later > at
    )


def said_in_plan(heads: list[Head]) -> list[Head]:
    """Return the heads of a plan's sentence that undertake: not what was said, nor what somebody's office is."""
    return [
        head for head in heads if head.form != "past" and not (head.form == "third" and head.verb.lemma in _DECIDING)
    ]


def opens_item(sentence: Sentence, bare: Head) -> bool:
    """Tell whether what opens a plan's sentence is a verb: not in "Imports fall", "Draft maps were shown"."""
    if bare.form in {"past", "third"}:
        return False
    nominal = bare.form == "base" and (bare.verb.noun or sentence.tokens[bare.verb_at].lower in _ADJECTIVES)
    for at in range(bare.verb_at + 1, len(sentence)):
        if sentence.tokens[at].gap or sentence.tokens[at].lower in _OPENING_CLAUSES:
            return True
        stated = is_stated(sentence, at) and (nominal or bare.form == "ing")
        if stated or (nominal and sentence.is_predicated(at)):
            return False
    return True


def heads_line(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is the heading of its line, and no verb: "Values: dignity", "Note to (d): the last"."""
    following = at + 1
    if following >= len(sentence):
        return False
    if sentence.tokens[at].lower == "save" and sentence.tokens[following].lower in {
        "in",
        "for",
        "as",
        "where",
        "that",
        "with",
    }:
        return True  # "Save in cases of force majeure"
    noted = sentence.tokens[at].lower in {"note", "notes"} and sentence.tokens[following].lower in {"to", "on", "for"}
    base = sentence.read(at, BASE) is not None or sentence.tokens[at].lower.endswith("s")
    return noted or (sentence.tokens[following].gap.startswith(":") and base)
