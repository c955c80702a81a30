"""What stands at a junction: with which mark, in which form, and as which verb it may continue a clause (S3, S9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from followthrough.register.compounds import CLAUSES
from followthrough.register.coordination.state import Context, Junction
from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.verbs import BASE, ING, Form, Verb
from followthrough.register.word_lists import word_set

_JOINING_PREPOSITIONS = word_set("coordination", "joining_prepositions")

_INTRODUCING = word_set("introductions", "of_time")
_LONGEST_PHRASE = 7
"""Tokens of a phrase of time between a conjunction and a modal, and one."""
_LONGEST_MEMBER = 60
"""Tokens behind a conjunction within which another may end the list."""
_LONGEST_ITEM = 16
"""Tokens of an item of a list of verbs, up to the conjunction before the last."""
Mark = Literal["to", "preposition", "modal"]


@dataclass(frozen=True, slots=True)
class Member:
    """A verb at a junction.

    Attributes:
        begin: the token at which an undertaking of its own would begin.
        verb_at: its token.
        form: the form in which it is printed.
        verb: its entry in the lexicon, or an entry made for a verb that is in no list.
        mark: what stands before it: "to", a preposition before a gerund, a modal.
    """

    begin: int
    verb_at: int
    form: Form
    verb: Verb
    mark: Mark | None = None


def members(context: Context, junction: Junction) -> list[Member]:
    """Return the readings that the words at a junction have as a verb, the most certain first."""
    begin = junction.begin
    if begin >= context.stop:
        return []
    word = context.word(begin)
    if word == "to":
        return _marked(context, begin, "to", "base")
    if word == "not" and begin + 2 < context.stop and context.word(begin + 1) == "to":
        return [replace(one, begin=begin) for one in _marked(context, begin + 1, "to", "base")]
    modal_at = _modal_at(context, junction)
    if modal_at is not None:
        return _marked(context, modal_at, "modal", "base")
    if word in _JOINING_PREPOSITIONS and (junction.joined or junction.comma):
        return _marked(context, begin, "preposition", "ing")
    return _plain(context, junction)


def _modal_at(context: Context, junction: Junction) -> int | None:
    """Return the modal at a junction, or that of the same subject behind a phrase: "and in the coming year will V"."""
    begin = junction.begin
    if context.sentence.is_modal(begin):
        return begin
    if not junction.joined or context.word(begin) not in _INTRODUCING:
        return None
    for at in range(begin + 2, min(begin + _LONGEST_PHRASE, context.stop)):
        if context.sentence.is_modal(at):
            return at
        if context.sentence.tokens[at].gap.strip(",") or context.word(at) in CLAUSES | CONJUNCTIONS:
            return None
    return None


def _marked(context: Context, begin: int, mark: Mark, form: Form) -> list[Member]:
    """Return the verb after "to", a modal or a preposition, where nothing but a verb can stand."""
    at = context.sentence.skip_adverbs(begin + 1) if begin + 1 < context.stop else context.stop
    at += 1 if at < context.stop and context.word(at) == "not" else 0
    if at >= context.stop:
        return []
    if mark == "to" and context.read(at, ING) is not None and context.read(at, BASE) is None:
        return [Member(begin + 1, at, "ing", context.sentence.certain_verb(at, "ing"), "preposition")]
    if form == "ing" and context.read(at, ING) is None and not context.sentence.is_open_verb(at, "ing"):
        return []
    verb = context.sentence.certain_verb(at, form)
    return [Member(begin if mark == "modal" else begin + 1, at, form, verb, mark)] if _verbal(context, at) else []


def _verbal(context: Context, at: int) -> bool:
    return context.is_verb(at, BASE | ING, certain=True)


def _ends_list(context: Context, junction: Junction, at: int) -> bool:
    """Tell whether a word that may be a noun is the last verb of a list, which is still open: "mend A, guard B, and
    support civil society"."""
    start, tokens = context.head.start, context.sentence.tokens
    open_list = context.head is not context.root and tokens[start].gap == "," and context.head.form == "base"
    found = context.read(at, BASE)
    purposes = context.state.innermost.role == "purpose" and context.state.innermost.listed
    adjunct = context.state.adjunct and not (junction.comma and context.state.innermost.role == "relative")
    if not ((open_list and not adjunct) or purposes) or found is None:
        return False
    if not (junction.joined and junction.begin == at):
        return False
    later = range(at + 1, min(at + _LONGEST_MEMBER, context.stop - 1))
    more = any(tokens[one].lower in CONJUNCTIONS and context.is_verb(one + 1, BASE) for one in later)
    return not more and not context.sentence.stands_as_noun(at, found[1])


def _is_in_open_list(context: Context, junction: Junction, at: int) -> bool:
    """Tell whether any word behind a bare comma is a verb, because "and V" follows before any other conjunction.

    "Agree to label media, watermark images and disclose sources": no list of nouns goes on with a verb behind "and".
    """
    inner = context.state.innermost
    if junction.joined or not junction.comma or inner.form != "base" or inner.role in {"relative", "content"}:
        return False
    if not context.sentence.may_be_listed_verb(at, context.stop):
        return False
    later = range(at + 2, min(at + _LONGEST_ITEM, context.stop - 1))
    ends = (one for one in later if context.word(one) in CONJUNCTIONS or context.word(one) in CLAUSES | {"to"})
    last = next(ends, None)
    if last is None or context.word(last) not in CONJUNCTIONS:
        return False
    verb_at = context.sentence.skip_adverbs(context.sentence.skip_aside(last + 1))
    found = context.read(verb_at, BASE)
    if found is None or context.sentence.is_noun(verb_at, found[1]):
        return False
    listed = context.read(at, BASE) is not None and context.sentence.has_object(verb_at, context.stop)
    return listed or not found[1].noun or context.sentence.opens_object(verb_at)


def _plain(context: Context, junction: Junction) -> list[Member]:
    at = junction.verb_at
    at += 1 if at < context.stop and context.word(at) == "not" else 0
    if at >= context.stop:
        return []
    found: list[Member] = []
    forms: tuple[Form, ...] = ("base", "third", "past", "ing")
    for form in forms:
        verb = context.sentence.verb_in_list(at, form, junction.begin)
        if (
            verb is None
            and form == "base"
            and (_ends_list(context, junction, at) or _is_in_open_list(context, junction, at))
        ):
            verb = context.sentence.certain_verb(at, form)
        if verb is not None:
            found.append(Member(junction.begin, at, form, verb))
    return found
