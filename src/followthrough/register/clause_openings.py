"""What may stand between a junction and the subject of the clause behind it: "and by 2028 we will" (S1, S12)."""

from __future__ import annotations

import re
from functools import lru_cache

from followthrough.register.sentences import CONJUNCTIONS, Sentence
from followthrough.register.verbs import BASE
from followthrough.register.word_lists import alternation, word_set

_NOW = word_set("subjects", "adverbs_of_time")
_INTRODUCING = word_set("introductions", "prepositions", "of_time") - {"as"}
_SUBORDINATORS = word_set("subjects", "subordinators")
_BEFORE_NOUN = word_set("coordination", "prepositions")
_PLEDGES = word_set("predicates", "pledges")
_BEFORE_DATE = frozenset({"in", "by", "before", "from", "since", "until", "after", "during"})
_BEFORE_SUBJECT = frozenset({"we", "the", "each", "both", "all", "our", "every"})
_CONDITIONS = frozenset({"where", "if", "when", "should", "whenever"})
_ACTORS = word_set("subjects", "actor_nouns", "organs", "collectives", "institutions") - {
    "meeting",
    "conference",
    "summit",
    "united",
    "task",
    "force",
}
_ACTED = re.compile(
    rf"(?:(?:The|Our|This|A|An) (?:[\w-]+ ){{0,4}}?"
    rf"(?i:{alternation('subjects', 'organs', 'actor_nouns')})\b(?! of the )"
    r"|[A-Z]\w+ (?:will|shall|intends|commits|pledges|plans|undertakes|aims|supports|recognises|recognizes)\b)"
)
_SENTENCE_BEFORE = 400
"""Characters before a sentence in which the one before it begins."""
_LONGEST_DATE = 5
"""Tokens of a date that opens a sentence."""
_LONGEST_PHRASE = 9
"""Tokens of a phrase between a junction and a subject, and one."""


def follows_date(sentence: Sentence, at: int) -> bool:
    """Tell whether no more than a date stands before token ``at``: "In 2028 the parties will", "By June 2030 we"."""
    opens = sentence.tokens[0].lower in _BEFORE_DATE and 1 < at <= _LONGEST_DATE
    return opens and sentence.tokens[at - 1].text.isdigit() and not sentence.tokens[at].text.isdigit()


def is_spoken_of(sentence: Sentence, at: int) -> bool:
    """Tell whether "it will" at token ``at`` speaks of an actor who is named before: in a condition, or who just acted.

    "Where a member cannot, it will explain why"; "The Agency runs the register. It will open a desk".
    """
    if not sentence.is_modal(sentence.skip_adverbs(at + 1)):
        return False
    tokens = sentence.tokens
    if tokens[0].lower in _CONDITIONS and at > 1:
        return any(token.lower in _ACTORS for token in tokens[1 : min(at, _LONGEST_PHRASE)])
    start = tokens[0].start
    before = sentence.text[max(0, start - _SENTENCE_BEFORE) : start].rstrip()
    if at > _LONGEST_DATE or not before.endswith("."):
        return False
    return _ACTED.match(before, max(before.rfind(". ", 0, -1) + 2, before.rfind("\n") + 1)) is not None


def follows_and_so(sentence: Sentence, at: int) -> bool:
    """Tell whether "and so" stands before token ``at``, which subordinates nothing."""
    return at > 1 and sentence.tokens[at - 1].lower == "so" and sentence.tokens[at - 2].lower in CONJUNCTIONS


def follows_adverb_of_time(sentence: Sentence, at: int) -> bool:
    """Tell whether "and today" or ", now" stands before token ``at``."""
    if at < 2 or sentence.tokens[at - 1].lower not in _NOW:
        return False
    joined = sentence.tokens[at - 2].lower in CONJUNCTIONS or follows_and_so(sentence, at - 1)
    return bool(sentence.tokens[at - 1].gap) or joined


@lru_cache(maxsize=2)
def introduced_at(sentence: Sentence) -> dict[int, int]:
    """Return where a subject may stand behind a phrase, "; by the end of that year the Board", with its first token."""
    tokens = sentence.tokens
    found: dict[int, int] = {}
    introducing = [at for at, token in enumerate(tokens) if token.lower in _INTRODUCING]
    for first in introducing:
        if not 0 < first < len(tokens) - 2 or not _is_junction(sentence, first):
            continue
        for at in range(first + 2, min(first + _LONGEST_PHRASE, len(tokens) - 1)):
            pointing = tokens[at].lower == "that" and tokens[at - 1].lower in _BEFORE_NOUN  # "the end of that year"
            ends = tokens[at].lower in CONJUNCTIONS or (tokens[at].lower in _SUBORDINATORS and not pointing)
            if ends or ";" in tokens[at].gap:
                break
            if at not in found and (tokens[at].gap == "," or _undertakes(sentence, at)):
                found[at] = first
    return found


def _is_junction(sentence: Sentence, at: int) -> bool:
    return ";" in sentence.tokens[at].gap or sentence.tokens[at - 1].lower in CONJUNCTIONS


def _undertakes(sentence: Sentence, at: int) -> bool:
    """Tell whether a subject that no comma precedes has its modal or its pledge behind it."""
    if sentence.tokens[at].lower not in _BEFORE_SUBJECT or sentence.tokens[at - 1].lower in _INTRODUCING:
        return False
    if sentence.tokens[at].lower != "we":
        return any(map(sentence.is_modal, range(at + 2, min(at + 1 + _LONGEST_DATE, len(sentence)))))
    verb_at = sentence.skip_adverbs(at + 1)
    found = sentence.read(verb_at, BASE)
    return sentence.is_modal(verb_at) or (found is not None and found[1].lemma in _PLEDGES)
