"""Undertakings whose subject is what they are done to: "will be opened", "Donors are invited to" (S1, S12)."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.addressees import is_own_organ
from followthrough.register.compounds import CLAUSES
from followthrough.register.heads import SIGNATORIES, Head
from followthrough.register.postmodifiers import modals_of
from followthrough.register.sentences import CONJUNCTIONS, Sentence
from followthrough.register.verbs import BASE, PAST, Verb, reading, unlisted
from followthrough.register.word_lists import word_set

_PARTICIPLES = word_set("planned", "participles")
_HAPPENINGS = word_set("planned", "happenings")
_SUBORDINATORS = word_set("subjects", "subordinators") | CLAUSES
_BE = frozenset({"be"})
_BEING = frozenset({"is", "are"})
_ASKED = frozenset({"call", "encourage"})
_BEFORE_DEED = frozenset({"to", "upon", "on"})
_DEEDS = word_set("planned", "deeds")
_LONGEST_SUBJECT = 8
"""Tokens of a subject behind "and", and one."""
_LONGEST_CLAUSE = 40
"""Tokens of a clause before its verb."""
_LEADING = frozenset({"as", "once", "after", "before", "until", "where", "when", "whenever", "by", "since"})
"""Open a sentence with a clause that a comma ends."""
_NOTHING = frozenset({"nothing", "none", "nobody"})
_SHORTEST = 4
"""Letters that a participle in no list has more than."""


def asked_in_passive(sentence: Sentence, *, planned: bool) -> list[Head]:
    """Return the head of a sentence that says what somebody is asked to do; mostly none.

    In a plan anybody is, "Donors are invited to"; elsewhere an organ of one's own, "The secretariat is requested to".
    """
    being = [at for at, token in enumerate(sentence.tokens) if token.lower in _BEING]
    for at in being:
        if 0 < at < len(sentence) - 2 and is_main(sentence, 0, at):
            head = _asked(sentence, at, planned=planned)
            return [head.at_subject(0)] if head is not None else []
    return []


def done_in_future(sentence: Sentence, heads: list[Head], *, planned: bool) -> list[Head]:
    """Return ``heads`` with those of what will be done, whoever does it: "Meters will be fitted in all towns" (S12).

    In a plan that is whatever will be done; elsewhere what the parties alone do: "A review will be conducted".
    """
    if not any(sentence.is_before(at, _BE, within=3) for at in modals_of(sentence)):
        return heads
    found = list(heads)
    if any(token.lower == "if" for token in sentence.tokens[:2]):
        return found  # what would happen
    begin = 0
    for at, token in enumerate(sentence.tokens):
        begin = at if ";" in token.gap or _opens_clause(sentence, at) else begin
        if not sentence.is_modal(at) or not (planned or token.lower == "will") or not is_main(sentence, begin, at):
            continue
        if any(_covers(head, begin, at) for head in found):
            continue
        head = _will_be_done(sentence, at)
        if head is not None and (planned or head.verb.lemma in _DEEDS):
            found.append(head.at_subject(begin))
    return sorted(found, key=lambda head: head.start)


def _covers(head: Head, begin: int, at: int) -> bool:
    """Tell whether a clause from ``begin`` on has ``head`` already."""
    return head.start <= at and (head.subject_at if head.subject_at is not None else head.start) >= begin


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether ", and its findings will be" opens at token ``at``: nothing is set off between it and its modal."""
    if at < 2 or sentence.tokens[at - 1].lower not in CONJUNCTIONS or sentence.tokens[at - 1].gap != ",":
        return False
    for later in range(at + 1, min(at + _LONGEST_SUBJECT, len(sentence))):
        if sentence.tokens[later].gap or sentence.tokens[later].lower in _SUBORDINATORS:
            return False
        if sentence.is_modal(later):
            return True
    return False


def is_main(sentence: Sentence, begin: int, at: int) -> bool:
    """Tell whether a verb at token ``at`` is that of the clause from ``begin`` on: no subordinate clause is open."""
    if at == begin or at - begin > _LONGEST_CLAUSE:
        return False
    tokens = sentence.tokens
    opened = tokens[begin].lower in _LEADING
    for one in range(begin, at):
        if "," in tokens[one].gap or ")" in tokens[one].gap:
            opened = False
        opened = opened or (tokens[one].lower in _SUBORDINATORS and tokens[one].lower != "as")
        if one > begin and sentence.is_predicated(one) and not opened:
            return False
    return not opened


def _asked(sentence: Sentence, at: int, *, planned: bool) -> Head | None:
    """Return the head of "are invited to", "are called upon to"; who is asked stands before it."""
    verb_at = sentence.skip_adverbs(at + 1)
    found = sentence.read(verb_at, PAST) if verb_at + 1 < len(sentence) else None
    if found is None or found[1].speech_act not in _ASKED or not found[1].governs:
        return None
    if not sentence.is_before(verb_at, _BEFORE_DEED, within=1) or not sentence.is_before(verb_at, {"to"}, within=2):
        return None
    own = is_own_organ(sentence.text[sentence.tokens[0].start : sentence.tokens[at - 1].end])
    if not (own or planned):
        return None
    verb = replace(found[1], speech_act="delegate") if own else found[1]
    return Head(at, verb_at, verb, "past", (verb.lemma,), SIGNATORIES, rule="S12")


def _will_be_done(sentence: Sentence, at: int) -> Head | None:
    """Return the head of "will be fitted", "will also be fitted"."""
    be = sentence.skip_adverbs(at + 1)
    if be >= len(sentence) or sentence.tokens[be].lower != "be":
        return None
    verb_at = sentence.skip_adverbs(be + 1)
    verb = _participle(sentence, verb_at) if verb_at < len(sentence) else None
    if sentence.tokens[0].lower in _NOTHING or verb is None or verb.lemma in _HAPPENINGS or verb.speech_act == "none":
        return None
    done = unlisted(verb.lemma) if verb.speech_act in {"recognise", "control"} else verb
    return Head(at, verb_at, done, "base", (done.lemma,), SIGNATORIES, modal=True, rule="S12")


def _participle(sentence: Sentence, at: int) -> Verb | None:
    word = sentence.tokens[at].lower
    if word in CONJUNCTIONS:
        return None
    found = sentence.read(at, PAST)
    if found is not None:
        return found[1]
    if word in _PARTICIPLES:
        return (reading(word, "", BASE) or ("base", unlisted(word)))[1]
    return unlisted(word) if len(word) > _SHORTEST and word.endswith("ed") else None
