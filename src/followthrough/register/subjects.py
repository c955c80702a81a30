"""Who undertakes: "we", "the Leaders of ...", "each Party", an organ, a named state or body (S1, S7, S12)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from followthrough.register.actors import name_agents, name_parties
from followthrough.register.clause_openings import (
    follows_adverb_of_time,
    follows_and_so,
    follows_date,
    introduced_at,
    is_spoken_of,
)
from followthrough.register.heads import SIGNATORIES
from followthrough.register.postmodifiers import behind_participle, postmodified
from followthrough.register.sentences import CONJUNCTIONS, Sentence, is_inert
from followthrough.register.verbs import FINITE, PAST, Form, Verb
from followthrough.register.word_lists import alternation, word_set

_PRONOUNS = word_set("subjects", "pronouns")
_PRONOUN_OF_SIGNATORIES = "we"
_CONDITIONS = frozenset({"where", "when", "whenever", "wherever", "if", "once", "should", "unless"})
_OPENING = word_set("subjects", "noun_phrase_openings")
_NOT_ACTORS = word_set("subjects", "not_actors")
_SUBORDINATORS = word_set("subjects", "subordinators")
_ARTICLES = frozenset({"the", "a", "an", "our", "its", "their"})
_RELATIVES = word_set("coordination", "relatives") - {"where", "whereby", "whose"}
_SPOKEN: frozenset[Form] = PAST | {"third"}
_QUANTIFIERS = word_set("subjects", "determiners_of_actors")
_IN_PART = word_set("subjects", "partial_quantifiers")
_MEMBERS = word_set("subjects", "collectives", "bare_collectives", "pairs")
_ORGANS = word_set("subjects", "organs")
_INSTITUTIONS = word_set("subjects", "institutions") | {"ministry", "government"}
_FIRST_OF_ACTORS = _QUANTIFIERS | _MEMBERS | word_set("subjects", "links_of_names")
"""Words in lower case with which alone a noun phrase inside a sentence can name actors."""
_MEMBERS_AND_ORGANS = _MEMBERS | _ORGANS
_PLEDGES = word_set("predicates", "pledges")
_THINGS = word_set("subjects", "things")
_ENDS_OF_HEAD = word_set("subjects", "ends_of_head_noun") - {"who", "that", "which"}
_INTRODUCING = word_set("introductions", "prepositions", "of_time")
_AUXILIARIES = word_set("predicates", "auxiliaries")
_OPPOSED = word_set("predicates", "opposed")
_PLEDGING = re.compile(
    rf"(?:^|[.)]\s|\n)(?:The )?(?P<name>\w+s) (?:hereby |also )?{alternation('predicates', 'pledges')} (?:not )?to\b"
)
_SET_UP = re.compile(
    r"\b(?:establish|creat|conven|constitut|set up|form)[a-z]{0,3}\b[^.]{0,60}"
    rf"\b{alternation('subjects', 'organs')}\b[^.]{{0,60}}\.\s*$|"
    rf"\b{alternation('subjects', 'organs')}\b[^.]{{0,60}}"
    r"\b(?:established|created|convened|constituted|set up)\b[^.]{0,60}\.\s*$",
    re.I,
)
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_BOUND = frozenset({"parties", "party", "signatories", "signatory"})
"""Before "to" and a treaty."""
_SENTENCE_BEFORE = 200
"""Characters before "It" in which an organ may have been set up."""
_INTRODUCTION = 6
"""Tokens within which a subject may follow an introduction that no comma sets off."""
_LONGEST_DATE = 5
"""Tokens of a date that opens a sentence."""
_LONGEST_PLEDGING = 5
"""Tokens of a subject that is known by its pledge alone."""
_LONGEST_NAME = 16
"""Tokens of a subject."""
_LONGEST_PARTY = 5
"""Tokens of "the Working Group 2" before what is set off behind it."""
_LONGEST_MEMBERS = 6
"""Tokens of "the two sides", and one."""
_LONGEST_ACRONYM = 3
"""Letters of a word in capitals that is no verb."""
_LONGEST_APPOSITION = 60
"""Tokens of what is set between commas behind a subject: "meeting in Arun on 4 May"."""


class Subject(NamedTuple):
    """A subject: its ``name``, as printed or ``SIGNATORIES``, and the index of the token after it."""

    end: int
    name: str


def openings(sentence: Sentence) -> Iterator[int]:
    """Yield the tokens at which a subject may begin, which is a third of them."""
    previous = ""
    introduced = introduced_at(sentence)
    for at, token in enumerate(sentence.tokens):
        if token.gap == "(" and token.text.isupper() and sentence.text[token.end : token.end + 1] == ")":
            continue  # "The Reed Act (RA) will"
        if (
            at == 0
            or token.gap
            or token.lower == _PRONOUN_OF_SIGNATORIES
            or previous in CONJUNCTIONS
            or token.text[0].isupper()
            or (at <= _LONGEST_DATE and follows_date(sentence, at))
            or at in introduced
        ):
            yield at
        previous = token.lower


def subject_at(sentence: Sentence, at: int) -> Subject | None:
    """Return the subject of a main clause that begins at token ``at``, one of ``openings``."""
    tokens = sentence.tokens
    token, previous = tokens[at], tokens[at - 1].lower if at else ""
    if previous in _SUBORDINATORS and not token.gap and not follows_and_so(sentence, at):
        return None
    joined = at == 0 or bool(token.gap) or previous in CONJUNCTIONS
    introduced = at in introduced_at(sentence)
    begins = joined or introduced or follows_adverb_of_time(sentence, at) or follows_date(sentence, at)
    if not begins and (at > _INTRODUCTION or (at and tokens[0].lower in _OPENING and not tokens[0].gap)):
        return None  # "the tools we share" is a relative clause
    if token.lower in _PRONOUNS:
        return Subject(_end_of_name(sentence, at + 1), SIGNATORIES)
    if token.lower == "it" and begins and (_is_new_organ(sentence, at) or is_spoken_of(sentence, at)):
        return Subject(at + 1, token.text)
    return _noun_phrase(sentence, at) if begins else None


def _end_of_name(sentence: Sentence, at: int) -> int:
    """Return the token behind who "we" are, where that follows without a comma: "We the undersigned commit"."""
    if at + 1 >= len(sentence) or sentence.tokens[at].lower != "the" or sentence.tokens[at].gap:
        return at
    later = range(at + 1, min(at + _LONGEST_NAME, len(sentence)))
    return next((stop for stop in later if sentence.tokens[stop].gap or _is_predicate(sentence, stop)), at)


def appositions(sentence: Sentence, subject: Subject) -> list[Subject]:
    """Return ``subject`` and where its verb may stand behind what is set between commas after it."""
    places = [subject]
    tokens = sentence.tokens
    if subject.end < len(tokens) and tokens[subject.end].gap.startswith((",", "–", "—", "(")):
        last = min(len(tokens), subject.end + _LONGEST_APPOSITION)
        capitals = tokens[subject.end].text  # "The Assembly, TAKES NOTE of"
        places = [subject] if len(capitals) > _LONGEST_ACRONYM and capitals.isupper() else []
        places += [
            Subject(at, subject.name)
            for at in range(subject.end + 1, last)
            if tokens[at].gap.endswith((",", "–", "—", ")")) and tokens[at].lower not in CONJUNCTIONS
        ]
    return places


def subject_of_members(sentence: Sentence, at: int) -> Subject | None:
    """Return "we", or "the two sides" and the like, at token ``at``, wherever in the sentence that is."""
    if sentence.tokens[at].lower == _PRONOUN_OF_SIGNATORIES:
        return Subject(at + 1, SIGNATORIES)
    if sentence.tokens[at].lower not in _QUANTIFIERS:
        return None
    for stop in range(at + 2, min(at + _LONGEST_MEMBERS, len(sentence))):
        if sentence.is_modal(sentence.skip_adverbs(stop)) and sentence.tokens[stop - 1].lower in _MEMBERS_AND_ORGANS:
            return Subject(stop, sentence.text[sentence.tokens[at].start : sentence.tokens[stop - 1].end])
    return None


def named_alone(sentence: Sentence) -> str | None:
    """Return who a sentence names that has no predicate: "The Committee:" above a list of what it did."""
    if len(sentence) > _LONGEST_NAME:
        return None
    found = _actor(sentence, 0, len(sentence))
    return found.name if found is not None else None


def _is_new_organ(sentence: Sentence, at: int) -> bool:
    """Tell whether "It shall" speaks of an organ that the sentence before has set up."""
    start = sentence.tokens[at].start
    before = sentence.text[max(0, start - _SENTENCE_BEFORE) : start]
    return sentence.is_modal(at + 1) and bool(_SET_UP.search(before))


def _noun_phrase(sentence: Sentence, at: int) -> Subject | None:
    """Return the noun phrase at token ``at`` that names actors and ends before a verb that may undertake."""
    tokens = sentence.tokens
    named = tokens[at].text[0].isupper() or tokens[at].lower in _FIRST_OF_ACTORS or tokens[at].gap.startswith(";")
    if at and not (named or _after_opening(sentence, at)):
        return None  # most of what a comma or a conjunction parts
    pointed = at + 1 < len(tokens) and tokens[at].lower in _QUANTIFIERS and tokens[at + 1].lower in _MEMBERS
    not_actor = tokens[at].lower in _NOT_ACTORS and not pointed  # but "these institutions"
    if not_actor or tokens[at].lower in _IN_PART:
        return None
    if tokens[at].gap.startswith(";"):
        found = _phrase_before_verb(sentence, at)  # "; our ministers will meet", and no object of a list
        return found if found is not None and sentence.is_modal(sentence.skip_adverbs(found.end)) else None
    if _speaks_alone(sentence, at):
        return Subject(at + 1, tokens[at].text)
    return _phrase_before_verb(sentence, at)


def _after_opening(sentence: Sentence, at: int) -> bool:
    """Tell whether the first comma of a sentence that opens with a phrase stands before token ``at``: "From 2027, "."""
    first = sentence.tokens[0].lower in _INTRODUCING | _CONDITIONS
    return first and sentence.tokens[at].gap == "," and not any(token.gap for token in sentence.tokens[1:at])


def _phrase_before_verb(sentence: Sentence, at: int) -> Subject | None:
    """Return the phrase from token ``at`` to the first verb behind it, where it names actors."""
    tokens = sentence.tokens
    modified = postmodified(sentence, at)
    if modified is not None:
        return Subject(*modified)
    ends = _ends_of_phrases(sentence)
    for stop in ends[bisect_right(ends, at) : bisect_right(ends, at + _LONGEST_NAME)]:
        word = tokens[stop].lower
        if word in _RELATIVES and not tokens[stop].gap and at == 0:
            return _defined(sentence, at, stop)
        set_off = tokens[stop].gap.startswith((",", "–", "—"))
        if _breaks_off(sentence, stop, set_off=set_off):
            return None
        if stop == at + 1 and tokens[at].lower in _ARTICLES:
            continue  # "The requested State shall"
        if set_off and not _is_listed_name(sentence, stop):
            return _actor(sentence, at, stop) if _only_members(sentence, at, stop) else None
        modal_at = behind_participle(sentence, stop)
        if modal_at is not None or _is_predicate(sentence, stop):
            actor = _actor(sentence, at, stop) if _is_clause(sentence, at, stop) else None
            found = actor or _pledging(sentence, at, stop)
            return found if modal_at is None or found is None else Subject(modal_at, found.name)
    return None


def _breaks_off(sentence: Sentence, stop: int, *, set_off: bool) -> bool:
    """Tell whether no noun phrase that names actors goes on or ends before token ``stop``."""
    word, gap, before = sentence.tokens[stop].lower, sentence.tokens[stop].gap, sentence.tokens[stop - 1].lower
    if gap.startswith((":", ";")) or (gap.startswith(".") and not _is_dotted(sentence, stop)):
        return True
    pointed = before in _ENDS_OF_HEAD  # "States parties to this Code"
    unnamed = word in _NOT_ACTORS and not pointed
    return not set_off and (unnamed or (word == "to" and before not in _BOUND))


@lru_cache(maxsize=2)
def _ends_of_phrases(sentence: Sentence) -> list[int]:
    """Return the tokens before which a noun phrase may end; most are words inside one, whatever opens it."""
    return [at for at, token in enumerate(sentence.tokens) if token.gap or _may_end_phrase(token.lower)]


@lru_cache(maxsize=1 << 15)
def _may_end_phrase(word: str) -> bool:
    return word in _NOT_ACTORS or word in _RELATIVES or word == "to" or word.endswith("ed") or not is_inert(word)


def _pledging(sentence: Sentence, at: int, stop: int) -> Subject | None:
    """Return a subject of any name that opens a sentence and pledges, here or elsewhere: "Ferry operators agree to".

    Who pledges something is a party to the text, whatever it calls them (S12).
    """
    tokens = sentence.tokens
    last = tokens[stop - 1]
    if at or stop > _LONGEST_PLEDGING or not last.lower.endswith("s") or last.lower in _THINGS:
        return None
    verb_at = sentence.skip_adverbs(stop)
    found = sentence.read(verb_at, FINITE) if verb_at < len(tokens) else None
    here = found is not None and found[1].lemma in _PLEDGES and sentence.is_before(verb_at, {"to"}, within=2)
    there = sentence.is_modal(verb_at) and last.lower in _pledging_names(sentence.text)
    return Subject(stop, sentence.text[tokens[0].start : last.end]) if here or there else None


def _is_dotted(sentence: Sentence, stop: int) -> bool:
    """Tell whether the point before token ``stop`` belongs to a name: "the U.K. and the U.S. recognise"."""
    return _DOTTED.fullmatch(sentence.tokens[stop - 1].text) is not None and sentence.tokens[stop].gap == "."


def _speaks_alone(sentence: Sentence, at: int) -> bool:
    """Tell whether a name in one word opens a sentence and says something: "Karsia welcomes", "Karsia commended"."""
    token = sentence.tokens[at]
    if at or not token.text.istitle() or token.lower in _OPENING or sentence.is_nominal(at):
        return False
    found = sentence.read(at + 1, _SPOKEN) if sentence.read(at, FINITE | PAST) is None else None
    return found is not None and found[1].is_said and not found[1].noun and sentence.has_object(at + 1, len(sentence))


def _defined(sentence: Sentence, at: int, stop: int) -> Subject | None:
    """Return the subject that a clause without commas defines: "A Party which has left this Union shall"."""
    actor = _actor(sentence, at, stop) if sentence.tokens[stop - 1].lower in _MEMBERS else None
    last = min(stop + _LONGEST_NAME, len(sentence))
    modal = next((later for later in range(stop + 2, last) if sentence.is_modal(later)), None)
    if actor is None or modal is None or any(sentence.tokens[later].gap for later in range(stop, modal)):
        return None
    return Subject(modal, actor.name)


def _is_clause(sentence: Sentence, at: int, stop: int) -> bool:
    """Tell whether a phrase behind a bare conjunction is a subject: "and both sides agree", "and Japan will"."""
    if at == 0 or sentence.tokens[at].gap or sentence.tokens[at - 1].gap:
        return True
    named = sentence.tokens[at].text.istitle() and sentence.tokens[stop].lower in _AUXILIARIES  # "and India stands"
    return sentence.is_modal(stop) or named or sentence.tokens[stop - 1].lower in _MEMBERS


def _is_listed_name(sentence: Sentence, stop: int) -> bool:
    """Tell whether the comma before token ``stop`` parts names: "Australia, India, Japan and the United States"."""
    shouted = sentence.tokens[stop].text.isupper() and sentence.read(stop, FINITE) is not None  # "DECIDES"
    return sentence.tokens[stop].text[:1].isupper() and sentence.tokens[stop - 1].text[:1].isupper() and not shouted


def _only_members(sentence: Sentence, at: int, stop: int) -> bool:
    """Tell whether a phrase before a comma is "the Parties" or the like, behind which something may be set off."""
    own_part = sentence.is_before(stop - 1, {"for"}, within=1) and sentence.is_before(stop, {"its", "their"}, within=1)
    if own_part and sentence.tokens[at].text[0].isupper():
        return True  # "Ghana, for its part, will"
    last = stop - 1 - sentence.tokens[stop - 1].text.isdigit()  # "Working Group 2, set up here, will"
    head = next((one - 1 for one in range(at + 1, stop) if sentence.tokens[one].lower in {"of", "for", "on"}), last)
    if head < last and sentence.tokens[at].lower not in _INTRODUCING:
        return (
            sentence.tokens[head].lower in _ORGANS | _INSTITUTIONS
        )  # "The Commission for the River, set up in 1998, will"
    return sentence.tokens[last].lower in _MEMBERS_AND_ORGANS and stop - at <= _LONGEST_PARTY


def _is_predicate(sentence: Sentence, stop: int) -> bool:
    """Tell whether the verb of a noun phrase stands at ``stop``."""
    after = sentence.skip_adverbs(stop)
    first = (stop, min(after, len(sentence) - 1))
    if any(sentence.is_modal(at) or sentence.tokens[at].lower in _AUXILIARIES for at in first):
        return True
    if after >= len(sentence) or sentence.tokens[after].text[0].isupper():
        return False
    found = sentence.read(after, FINITE) or sentence.read(after, PAST)
    if found is None and sentence.tokens[stop - 1].lower in _MEMBERS and sentence.is_past(after):
        return True
    if found is None or (sentence.is_noun(after, found[1]) and not _ends_in_verb(sentence, after, found[1])):
        return False
    return _is_main_verb(sentence, stop, after, *found)


def _is_main_verb(sentence: Sentence, stop: int, after: int, form: Form, verb: Verb) -> bool:
    """Tell whether the verb at ``after``, without a modal, is that of the noun phrase before token ``stop``."""
    last = sentence.tokens[stop - 1].lower
    if last in _MEMBERS and (form == "base" or sentence.is_past(after)):
        return True
    if verb.noun and not _agrees(sentence, stop, after, form, verb):
        return False
    return (last in _ORGANS and sentence.is_past(after)) or _declares(form, verb)


def _agrees(sentence: Sentence, stop: int, after: int, form: Form, verb: Verb) -> bool:
    """Tell whether a word at ``after`` that is also a noun is the verb of the name that ends before ``stop``.

    It is where it governs or has an object, and a name in the plural stands before a base form: not in "the U.S. plan
    builds", nor in "supports Ukraine’s plan to reform".
    """
    last = sentence.tokens[stop - 1].text
    joined = _is_joined_name(sentence, stop)
    if last.endswith(("’s", "'s")) or (form == "base" and _DOTTED.fullmatch(last) and not joined):
        return False
    plural = form == "base" and (last.endswith("s") or joined)
    return verb.governs or (plural and sentence.opens_object(after))


def _is_joined_name(sentence: Sentence, stop: int) -> bool:
    """Tell whether two names end before token ``stop``: "the United States and the European Union support"."""
    names = [token for token in sentence.tokens[max(0, stop - 6) : stop] if token.text[0].isupper()]
    return len(names) > 1 and any(token.lower == "and" for token in sentence.tokens[max(0, stop - 5) : stop - 1])


def _ends_in_verb(sentence: Sentence, at: int, verb: Verb) -> bool:
    """Tell whether a sentence ends in a verb that governs a list below it: "The Council decides"."""
    inflected = not verb.noun or sentence.tokens[at].lower != verb.lemma
    return at + 1 == len(sentence) and verb.governs and inflected


def _declares(form: Form, verb: Verb) -> bool:
    """Tell whether a verb after a named subject is an undertaking without a modal."""
    opposed = verb.speech_act == "none" and verb.lemma in _OPPOSED
    return verb.is_said or opposed or (verb.speech_act == "support" and form != "past")


def _actor(sentence: Sentence, at: int, stop: int) -> Subject | None:
    tokens = sentence.tokens
    name = sentence.text[tokens[at].start : tokens[stop - 1].end]
    words = [tokens[at].text, *(token.text for token in tokens[at + 1 : stop] if not token.gap.startswith("("))]
    lettered = len(words) > 1 and words[-1] == "A" and words[-2].lower() in _MEMBERS  # "Participant A will"
    if words[-1].lower() in _ARTICLES and not lettered:
        return None  # "Acknowledging the work carried out"
    if at == 0 and words[0].lower() in {"a", "an"} and sentence.is_passive(stop):
        return Subject(stop, SIGNATORIES)  # "A joint desk will be opened": by the parties (C13)
    agents = sentence.is_modal(sentence.skip_adverbs(stop)) and name_agents(words)
    return Subject(stop, name) if agents or name_parties(sentence.text, words, name, opens=at == 0) else None


@lru_cache(maxsize=16)
def _pledging_names(text: str) -> frozenset[str]:
    """Return the words that name who pledges something at the opening of a sentence of ``text``."""
    return frozenset(found["name"].lower() for found in _PLEDGING.finditer(text))
