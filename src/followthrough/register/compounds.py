"""The verb behind a modal, an auxiliary or a state: "will double", "are committed to", "is to meet" (S1, S7)."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.heads import SIGNATORIES, Head
from followthrough.register.sentences import CONJUNCTIONS, Sentence
from followthrough.register.verbs import BASE, ING, PAST, Form, Verb, unlisted
from followthrough.register.word_lists import entries, word_set

_PERFECT = word_set("predicates", "perfect_auxiliaries")
_PROGRESSIVE = word_set("predicates", "progressive_auxiliaries")
STATES = {state: particle for particle in ("to", "in") for state in entries("predicates", f"states_{particle}")}
"""The particle that follows "committed" or "united"."""
CLAUSES = word_set("coordination", "relatives") | {"we", "they", "because", "if", "while", "when"}
"""Words that open a clause with a subject of its own."""
PARTIES = word_set("subjects", "collectives", "bare_collectives")
_OPPOSED = word_set("predicates", "opposed")
_GRATEFUL = word_set("predicates", "grateful")
_PLEASED = word_set("predicates", "pleased")
_AHEAD = word_set("predicates", "undertaken_ahead")
_STANDING_ORGANS = word_set("predicates", "standing_organs")
_BEGINNING = frozenset({"starting", "beginning"})
_OPPOSITION = frozenset({"condemnation", "opposition", "grief", "sorrow", "outrage", "concern"})
_DONE = word_set("predicates", "done")
_STATIVE = frozenset({"be", "have"})
_STAYING = frozenset({"remain", "stay"})
_DECLARED = frozenset({"control", "call", "delegate"})
"""Speech acts that a perfect reports and makes: "have agreed to", "have instructed"."""
_LONGEST_STATE = 80
"""Tokens of a predicate that undertakes nothing, behind which another may stand."""
_CONTINUATION, _GENERAL_ACTION = 2, 4
"""Strengths of "remain committed to" and "are committed to"."""


def after_modal(sentence: Sentence, start: int, modal_at: int, subject: str) -> Head | None:
    """Return the head behind the modal at token ``modal_at``, whose undertaking begins at ``start``."""
    at = sentence.skip_adverbs(sentence.after_commas(modal_at + 1))
    if at < len(sentence) and sentence.tokens[at].lower == "not":
        at = sentence.skip_adverbs(at + 1)
    if at >= len(sentence):
        return None
    answers = sentence.is_before(at, {"responsible", "accountable", "liable"}, within=1)
    if sentence.tokens[at].lower in _STATIVE and not (answers or _is_organ_at_work(sentence, at, subject)):
        return _after_state(sentence, start, at, subject)
    form, verb = sentence.read(at, BASE) or ("base", unlisted(sentence.tokens[at].text))
    if verb.lemma in _STAYING and verb.speech_act == "none":
        return _after_state(sentence, start, at, subject)
    if verb.lemma in _AHEAD:
        verb = unlisted(verb.lemma)
    head = head_at(start, at, form, verb, subject)
    return replace(head, modal=True) if head is not None else None


def _after_state(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "will have opened"; "will be" undertakes nothing, but what is joined with it may."""
    following = sentence.skip_adverbs(at + 1)
    if following >= len(sentence):
        return None
    done = sentence.read(following, PAST) if sentence.tokens[at].lower == "have" else None
    if done is not None:
        head = head_at(start, following, *done, subject=subject)
        return replace(head, modal=True) if head is not None else None
    for later in range(at + 2, min(at + _LONGEST_STATE, len(sentence))):
        token, before = sentence.tokens[later], sentence.tokens[later - 1]
        if token.lower in CLAUSES or ";" in token.gap:
            return None
        if token.lower in CONJUNCTIONS or not (token.gap == "," or before.lower in CONJUNCTIONS):
            continue
        head = listed_predicate(sentence, later, subject)
        if head is not None:
            return replace(head, modal=True)
    return None


def _is_organ_at_work(sentence: Sentence, at: int, subject: str) -> bool:
    """C13: tell whether "will be V-ed" speaks of an organ of the parties and its work."""
    made = subject == SIGNATORIES and sentence.tokens[0].lower in {"a", "an"}  # "A joint desk will be opened"
    return (made or subject.lower().split()[-1] in _STANDING_ORGANS) and sentence.read(at + 1, PAST) is not None


def compound(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "are committed to", "have agreed to", "are taking"."""
    auxiliary, following = sentence.tokens[at].lower, sentence.skip_adverbs(at + 1)
    if following >= len(sentence):
        return None
    if auxiliary in _PROGRESSIVE and sentence.tokens[following].lower == "to":
        return _bound(sentence, start, following + 1, subject)
    if auxiliary in _PERFECT:
        found = sentence.read(following, PAST)
        declared = found is not None and found[1].speech_act in _DECLARED and found[1].lemma not in _DONE
        return head_at(start, following, *found, subject=subject) if found is not None and declared else None
    state = sentence.tokens[following].lower
    if STATES.get(state) == "in" and sentence.is_before(following, _OPPOSITION, within=4):
        return None  # "united in our condemnation"
    if state in STATES and (STATES[state] == "to" or sentence.is_before(following, {"in", "behind"})):
        verb = verb_of_state(auxiliary in {"remain", "remains"}, state)
        return head_at(start, following, "base", verb, subject)
    return _progressive(sentence, start, following, subject) if auxiliary in _PROGRESSIVE else None


def _progressive(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "are grateful to", "are taking"."""
    if sentence.tokens[at].lower in _BEGINNING:
        return None  # "are starting to see"
    felt = _feeling(sentence, start, at, subject)
    found = sentence.read(at, ING)
    return head_at(at, at, *found, subject=subject) if felt is None and found is not None else felt


def _bound(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "The working group is to meet", which binds as "shall" does."""
    at = sentence.skip_adverbs(at) if at < len(sentence) else at
    found = sentence.read(at, BASE) if subject.lower().split()[-1] in PARTIES | _STANDING_ORGANS else None
    if found is None:
        return None
    verb = unlisted(found[1].lemma) if found[1].lemma in _AHEAD else found[1]
    head = head_at(start, at, "base", verb, subject)
    return replace(head, modal=True) if head is not None else None


def _feeling(sentence: Sentence, start: int, at: int, subject: str) -> Head | None:
    """Return the head of "are grateful to", "are pleased to announce", "is tasked to"."""
    word, following = sentence.tokens[at].lower, sentence.tokens[at + 1].lower if at + 1 < len(sentence) else ""
    if word in _GRATEFUL and following in {"to", "for"}:
        return head_at(start, at, "base", Verb(f"be {word}", "", "recognise", 1, governs=False, noun=False), subject)
    if following not in {"to", "with"}:
        return None
    if word in _PLEASED and following == "to":
        found = sentence.read(at + 2, BASE)
        said = found is not None and (found[1].is_said or found[1].lemma == "announce")
        return head_at(start, at + 2, *found, subject=subject) if found is not None and said else None
    found = sentence.read(at, PAST)
    tasked = found is not None and found[1].speech_act == "delegate"
    return head_at(start, at, *found, subject=subject) if found is not None and tasked else None


def verb_of_state(remains: bool, state: str) -> Verb:
    """Return the verb of "are committed to", or of "remain committed to"."""
    lemma, strength = ("remain", _CONTINUATION) if remains else ("be", _GENERAL_ACTION)
    return Verb(f"{lemma} {state}", "", "control", strength, governs=True, noun=False)


def head_at(start: int, at: int, form: Form, verb: Verb, subject: str = SIGNATORIES) -> Head | None:
    """Return the head at token ``at``, or ``None`` where the verb commits to nothing (S7).

    Concern and condemnation are no undertakings either, but others may be coordinated with them.
    """
    if verb.speech_act == "none" and verb.lemma not in _OPPOSED:
        return None
    return Head(start, at, verb, form, (verb.lemma,), subject)


def listed_predicate(sentence: Sentence, at: int, subject: str) -> Head | None:
    """Return the head of a further predicate of members of the text: "Members are guided by A, abstain from B"."""
    first = sentence.skip_adverbs(at)
    if sentence.is_modal(first):
        return after_modal(sentence, first, first, subject)
    found = sentence.read(first, BASE) if first < len(sentence) else None
    if found is None or found[1].noun or not sentence.has_object(first, len(sentence)):
        return None
    return head_at(first, first, *found, subject=subject)
