"""Who a call is directed at, and whether that is a third party or an organ of one's own (K1, K4)."""

from __future__ import annotations

import re
from functools import lru_cache

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.actors import is_agent, is_institution
from followthrough.register.heads import Head
from followthrough.register.verbs import Form, Verb
from followthrough.register.word_lists import alternation

_INSTITUTION = re.compile(rf"\b{alternation('addressees', 'institutions', 'states')}\b", re.I)
_NAMED = re.compile(r"\b(?:[A-Z]{2,}s?|[A-Z][\w’'-]+)\b")
_ACTIVITY = re.compile(rf"{alternation('addressees', 'activities')}s?$")
_ORGAN = re.compile(
    rf"^\W*(?:{alternation('addressees', 'organ_determiners')} )*(?:{alternation('addressees', 'organ_adjectives')} )*"
    rf"(?:{alternation('addressees', 'organs')}|{alternation('addressees', 'organs_before_a_word')} "
    rf"|that (?:the|its|this|such) (?:[\w-]+ ){{0,2}}{alternation('addressees', 'studies')}\b"
    rf"|that (?:the|its) (?:actions|activities|work) of (?:the|its) {alternation('addressees', 'organs')}\b)",
    re.I,
)
_OFFICER = re.compile(rf"^\W*(?:its|our|their) (?:[\w-]+ ){{0,2}}?{alternation('addressees', 'own_officers')}\b", re.I)
_END_OF_ADDRESSEE = re.compile(r"(?<!\s)\s++to\s+(?!the\b|all\b)|,|:|;|(?<!\s)\s++that\s+")
_REQUESTS = frozenset({"request", "ask", "require"})
_NAMED_ORGAN = re.compile(
    r"^\W*(?:the\s+)?(?:[A-Z][\w-]*\s+(?:(?:and|of|on|for)\s+(?:the\s+)?)?){0,6}?"
    rf"{alternation('addressees', 'named_organs')}\b"
)
_PRONOUN = re.compile(r"(?:it|them)\b")
_ORGAN_INSIDE = re.compile(
    rf"\b(?:the|its)\s+(?:[A-Z][\w-]*\s+(?:(?:and|of|on|for)\s+(?:the\s+)?)?){{0,6}}?"
    rf"{alternation('addressees', 'named_organs')}\b"
)
_STATES = re.compile(r"\b(?:States?|Governments?|Parties|parties|countries)\b")
_NOBODY = re.compile(r"(?:that|for|a|an)\b")
_CALL_FOR = re.compile(r"\b(?:call|appeal)\w*\s+for\b", re.I)


def addressees(head: Head, words: str, kind_: CommitmentKind) -> tuple[str, ...]:
    """Return who a call is directed at, as printed, or nothing."""
    own_encouragement = kind_ == CommitmentKind.ACTION and head.verb.speech_act == "encourage"
    if head.verb.speech_act not in {"call", "delegate", "encourage"} or own_encouragement:
        return ()
    tail = _END_OF_ADDRESSEE.split(after_verb(head, words), maxsplit=1)[0]
    who = " ".join(tail.split())
    if _NOBODY.match(who) or _CALL_FOR.search(words[:40]):
        return ()
    return (who,) if who and len(who) <= 200 else ()


def is_third_party(addressee: str) -> bool:
    """Tell whether the words between "encourage" and "to" name somebody else: no own organ, and no action."""
    if is_own_organ(addressee):
        return False
    lead = _lead(addressee)
    if _INSTITUTION.search(lead):
        return True
    if _ACTIVITY.search(lead):
        return False
    last = lead.split()[-1].lower() if lead else ""
    if is_institution(last) or (last.endswith("s") and is_agent(last)):
        return True
    return bool(_INSTITUTION.search(addressee) or _NAMED.search(addressee))


def is_activity(words: str) -> bool:
    """Tell whether ``words`` name what is done, "cooperation among ports", and nobody who could be asked."""
    lead = _lead(words)
    return bool(_ACTIVITY.search(lead)) and not _INSTITUTION.search(lead)


def _lead(words: str) -> str:
    return re.split(r"\b(?:of|between|among|amongst|by|from|in|within|for|with|on)\b", words, maxsplit=1)[0].strip()


def after_verb(head: Head, words: str) -> str:
    """Return the words of an undertaking after its verb group and the particles that belong to it."""
    stem = (head.governor or head.verb).lemma.split()[0][:4]
    found = _verb_group(stem).search(words)
    return words[found.end() :] if found else words


@lru_cache(maxsize=1024)
def _verb_group(stem: str) -> re.Pattern[str]:
    """Return the pattern of a verb that begins with ``stem``, and of the adverbs and particles behind it."""
    return re.compile(
        rf"\b{re.escape(stem)}[\w-]*\s*(?:(?:also|further)\s+)?(?:(?:once\s+)?(?:again\s+)?(?:upon|on|for|to)\s+)?",
        re.I,
    )


def is_instructed(verb: Verb, form: Form, words: str) -> bool:
    """Tell whether a verb that asks instructs an organ of the body's own: in a resolution any committee is one.

    In a text of several parties ("we call on the Secretary-General") only what is requested is theirs to order.
    """
    if verb.lemma in _REQUESTS and is_own_organ(words):
        return True
    ordered = form == "third" and verb.lemma in _REQUESTS | {"call"}
    return ordered and (is_own_organ(words) or bool(_NAMED_ORGAN.match(words)))


def is_organ_again(head: Head, words: str, before: str) -> bool:
    """Tell whether "requests it to" means an organ of the body's own that the words ``before`` name."""
    if head.form != "third" or head.verb.lemma not in _REQUESTS or not _PRONOUN.match(after_verb(head, words)):
        return False
    return _ORGAN_INSIDE.search(before) is not None and not _STATES.search(before)


def is_own_organ(words: str) -> bool:
    """Tell whether ``words`` open with an organ of the signatories' own: instructing it is action, not a call."""
    return bool(_ORGAN.match(words) or _OFFICER.match(words))
