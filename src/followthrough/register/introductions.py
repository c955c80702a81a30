"""What stands before the main clause of a sentence: a date, a label with a colon, a participle, a phrase (S12)."""

from __future__ import annotations

import re

from followthrough.register.heads import Head
from followthrough.register.predicates import bare_head, head_after, is_label
from followthrough.register.sentences import Sentence
from followthrough.register.subjects import Subject, subject_of_members
from followthrough.register.verbs import BASE, Form
from followthrough.register.word_lists import word_set

_OF_TIME = word_set("introductions", "of_time")
_TIMES = word_set("introductions", "times")
_PREPOSITIONS = word_set("introductions", "prepositions")
_GOALS = word_set("introductions", "goals")
_CLAUSES = word_set("coordination", "relatives") | word_set("subjects", "subordinators") - {"so"}
_ENACTED = word_set("introductions", "enacted")
_THIRD: frozenset[Form] = frozenset({"third"})
_MINDFUL = word_set("introductions", "mindful")
_LONGEST = 9
"""Tokens of an introduction before a bare verb."""
_PARTICIPLE = re.compile(r"[A-Z][a-z]{2,}(?:ing|ed)\Z")


def introduced(sentence: Sentence) -> Head | None:
    """Return the head of a sentence that nothing else explains: a bare verb, or members, behind an introduction.

    "By 2029, double the grants"; "Phase one: map the gaps"; "In the second phase the two sides will".
    """
    return _bare(sentence) or _behind_phrase(sentence) or _behind_participle(sentence)


def _behind_participle(sentence: Sentence) -> Head | None:
    """Return the verb of saying behind a preambular phrase: "Recalling decision 5/12, decides to convene"."""
    opening = sentence.tokens[sentence.skip_adverbs(0) if len(sentence) > 1 else 0].lower
    if not (opening.endswith(("ing", "ed")) or opening in _MINDFUL):
        return None
    for at in range(2, len(sentence)):
        found = sentence.read(at, _THIRD) if sentence.tokens[at].gap == "," else None
        if found is not None and (found[1].is_said or found[1].lemma in _ENACTED) and not found[1].noun:
            return bare_head(sentence, _THIRD, certain=False, start=at)
    return None


def _bare(sentence: Sentence) -> Head | None:
    """Return the bare verb behind a date that a comma ends, or behind a label that a colon ends."""
    for at in range(1, min(_LONGEST, len(sentence) - 1)):
        gap = sentence.tokens[at].gap
        dated = gap == "," and sentence.tokens[at].text.islower() and _is_date(sentence, at)
        named = gap.endswith(":") and _is_heading(sentence, at)
        dated = dated or (gap == "," and _is_manner(sentence, at))
        if dated or named:
            return _with_object(sentence, bare_head(sentence, BASE, certain=False, start=at))
    return None


def _is_manner(sentence: Sentence, at: int) -> bool:
    """Tell whether a phrase without a verb stands before an unmistakable verb: "In cooperation with A, simulate B"."""
    found = sentence.read(at, BASE)
    plain = found is not None and not found[1].noun and sentence.tokens[at].text.islower()
    if not plain or sentence.tokens[0].lower not in _PREPOSITIONS or not sentence.has_object(at, len(sentence)):
        return False
    within = range(1, at)
    return not any(sentence.is_predicated(one) or sentence.tokens[one].lower in _CLAUSES for one in within)


def _is_date(sentence: Sentence, stop: int) -> bool:
    """Tell whether a date or a stretch of time stands before token ``stop``."""
    words = [token.lower for token in sentence.tokens[:stop]]
    return words[0] in _OF_TIME and any(word in _TIMES or word[-1].isdigit() for word in words)


def _is_heading(sentence: Sentence, stop: int) -> bool:
    """Tell whether the words before a colon only name what is to be done: no verb of a clause, no aim and no column."""
    words = {token.lower for token in sentence.tokens[:stop]}
    numbered = stop == 2 and sentence.tokens[1].text[0].isdigit()  # "Objective 3:" is a heading, "Objective:" is none
    if is_label(sentence, 0) or words & _CLAUSES or (words & _GOALS and not numbered):
        return False
    return not any(map(sentence.is_predicated, range(stop)))


def _with_object(sentence: Sentence, head: Head | None) -> Head | None:
    """Return ``head`` where its verb can be no noun, because it is none or because an object follows."""
    noun = head is not None and head.verb.noun
    if head is None or (noun and not _is_verb(sentence, head.verb_at)):
        return None
    if noun and head.verb_at + 1 < len(sentence) and sentence.tokens[head.verb_at + 1].text[0].isdigit():
        return None  # "Index: rank 84 of 193"
    shared = sentence.is_joined_verb(head.verb_at)  # "Recruit and train wardens"
    return head if shared or sentence.has_object(head.verb_at, len(sentence)) else None


def _is_verb(sentence: Sentence, at: int) -> bool:
    """Tell whether a word that may be a noun is a verb: by its object, or because a list of verbs goes on with it."""
    if sentence.opens_object(at) or sentence.is_joined_verb(at):
        return True
    plural = at + 1 < len(sentence) and sentence.tokens[at + 1].lower.endswith("s")
    return plural and any(
        token.gap == ";" and (found := sentence.read(later, BASE)) is not None and not found[1].noun
        for later, token in enumerate(sentence.tokens)
        if later > at
    )


def _behind_phrase(sentence: Sentence) -> Head | None:
    """Return the head of members who follow a phrase without a comma: "In doing so we will"."""
    first = sentence.tokens[0]
    if first.lower not in _PREPOSITIONS and not _PARTICIPLE.match(first.text):
        return None
    for at in range(2, len(sentence)):
        if sentence.tokens[at - 1].lower in _CLAUSES:
            continue
        subject = subject_of_members(sentence, at)
        if subject is not None and sentence.is_modal(sentence.skip_adverbs(subject.end)):
            return _placed(sentence, at, subject)
    return None


def _placed(sentence: Sentence, at: int, subject: Subject) -> Head | None:
    head = head_after(sentence, subject.end, subject.name)
    return head.at_subject(at) if head is not None else None
