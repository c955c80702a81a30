"""Verbs that share the object or complement that follows them (S2): "clean, repair, and safely reopen the canals"."""

from __future__ import annotations

from followthrough.register.sentences import CONJUNCTIONS, Sentence
from followthrough.register.verbs import ALONE, Form, Verb, unlisted
from followthrough.register.word_lists import word_set

_PREPOSITIONS = word_set("coordination", "prepositions")


def group_from(sentence: Sentence, at: int, form: Form, stop: int) -> tuple[list[Verb], int]:
    """Return the verbs in ``form`` that stand beside the one at ``at`` with nothing between, and the token after."""
    found: list[tuple[int, Verb]] = []
    end = at + 1
    while end < stop:
        following = _next_verb(sentence, end, stop)
        read = sentence.read(following, ALONE[form]) if following is not None else None
        if following is not None and read is None and _stands_in_group(sentence, following, form, stop):
            read = form, unlisted(sentence.tokens[following].text)
        if following is None or read is None or read[1].speech_act == "none":
            break
        if read[1].is_said and read[1].after:
            break  # "the need to act and look forward to"
        found.append((following, read[1]))
        end = following + 1
    while found and (found[-1][1].noun or form == "ing") and not sentence.has_object(found[-1][0], stop):
        found.pop()
    return [verb for _, verb in found], found[-1][0] + 1 if found else at + 1


def _stands_in_group(sentence: Sentence, at: int, form: Form, stop: int) -> bool:
    """Tell whether a word in no list stands between two verbs: "translate, pretranslate and distribute"."""
    if form != "base" or sentence.tokens[at].gap != "," or at + 2 >= stop:
        return False
    joined = sentence.tokens[at + 1].lower in CONJUNCTIONS and not sentence.tokens[at + 1].gap
    return joined and sentence.read(sentence.skip_adverbs(at + 2), ALONE[form]) is not None


def _next_verb(sentence: Sentence, at: int, stop: int) -> int | None:
    """Return where a further verb of the group would stand: after a comma or conjunction, or "paying for and"."""
    token = sentence.tokens[at]
    if token.lower in _PREPOSITIONS and not token.gap and at + 1 < stop:
        step = at + 2 if sentence.tokens[at + 1].lower in CONJUNCTIONS else stop
    elif token.lower in CONJUNCTIONS:
        step = at + 1
    else:
        step = at if token.gap == "," else stop
    if step >= stop:
        return None
    following = sentence.skip_adverbs(step)
    return following if following < stop else None
