"""What goes on behind a clause: another predicate, a pledge as a participle, somebody else who is asked."""

from __future__ import annotations

from dataclasses import replace

from followthrough.register.addressees import is_third_party
from followthrough.register.coordination.state import Clause, Context, Effect, Junction, State
from followthrough.register.heads import Head
from followthrough.register.predicates import head_after
from followthrough.register.verbs import FINITE, ING
from followthrough.register.word_lists import word_set

_PLEDGES = word_set("predicates", "pledges")
_AUXILIARIES = frozenset({"are", "have", "remain", "stand"})
_SELF = frozenset({"to", "ourselves", "themselves", "itself"})
_ADDRESSED = frozenset({"call", "encourage", "delegate"})
_ASKING = frozenset({"on", "upon"})
_CLAUSES = frozenset({"relative", "content"})
_LONGEST_NAME = 12
"""Tokens of who is asked, and one."""


def further_predicate(context: Context, junction: Junction) -> Effect | None:
    """S3: "are working to A, and are determined to B": the second predicate of one subject."""
    root = context.root
    if not junction.joined or root.subject_at is None or context.word(junction.begin) not in _AUXILIARIES:
        return None
    if any(clause.role in _CLAUSES for clause in context.state.clauses) and not junction.comma:
        return None  # "those that are under way and are bound to fail"
    head = head_after(context.sentence, junction.begin, root.subject)
    if head is None or head.verb_at >= context.stop:
        return None
    return Effect(begins=replace(head, rule="S3"), state=State((Clause("main", head.form),)))


def pledging(context: Context, junction: Junction) -> Effect | None:
    """S3: ", committing ourselves to A": a pledge as a participle is one of its own, unlike a recognition (S8)."""
    found = context.read(junction.verb_at, ING)
    if found is None or context.root.form == "ing" or not (junction.comma or junction.joined):
        return None
    after = junction.verb_at + 1
    if found[1].lemma not in _PLEDGES or after >= context.stop or context.word(after) not in _SELF:
        return None
    if context.state.governed is not None and context.state.governed.form == "ing":
        return None
    head = Head(junction.begin, junction.verb_at, found[1], "ing", (found[1].lemma,), context.root.subject, rule="S3")
    return Effect(begins=head, state=State((Clause("main", "ing"),)))


def second_asked(context: Context, junction: Junction) -> Effect | None:
    """S3: "ask A to V, and B to W": somebody else is asked by the same verb, which is not printed again."""
    governor = context.head.governor or context.head.verb
    asked = governor.speech_act in _ADDRESSED and context.state.governed is not None
    if not (asked and junction.comma and junction.begin == junction.at):
        return None
    tokens, begin = context.sentence.tokens, junction.begin
    if context.read(begin, FINITE) is not None and tokens[begin].text.isupper():
        return None  # "and DECIDES to"
    repeated = tokens[begin].lower in _ASKING and governor.lemma == "call"  # "on companies to recall"
    for at in range(begin + 1, min(begin + _LONGEST_NAME, context.stop - 1)):
        if tokens[at].gap.startswith((",", ";", ":")) or context.sentence.is_predicated(at):
            return None
        if tokens[at].lower != "to":
            continue
        who = context.sentence.text[tokens[begin].start : tokens[at - 1].end]
        named = junction.joined and (tokens[begin].lower == "the" or tokens[begin].text[0].isupper())
        if not ((repeated or (named and is_third_party(who))) and context.is_infinitive(at + 1)):
            return None
        verb_at = context.sentence.skip_adverbs(at + 1)
        verb = context.sentence.certain_verb(verb_at, "base")
        head = Head(begin, verb_at, verb, "base", (verb.lemma,), context.root.subject, governor, rule="S3")
        clauses = (context.state.clauses[0], Clause("governed", "base", marked=True))
        return Effect(begins=head, state=State(clauses))
    return None
