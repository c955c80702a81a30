"""The kind of an undertaking: action, support, principle, call or reaffirmation (K1-K4, S6)."""

from __future__ import annotations

import re
from functools import lru_cache

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.addressees import after_verb, is_instructed, is_third_party
from followthrough.register.heads import Head
from followthrough.register.triggers import Triggered, words_of
from followthrough.register.verbs import Verb, reading
from followthrough.register.word_lists import alternation, entries, word_set

_RESPECTING = ("respect", "refrain", "abide", "uphold")
_CONDUCT = re.compile(
    rf"{alternation('kinds', 'rules_of_conduct')}"
    rf"|(?:{'|'.join(_RESPECTING)})\w{{0,12}}+\b.{{0,80}}\b{alternation('kinds', 'rules_respected')}",
    re.I | re.S,
)
_STEMS_OF_CONDUCT = tuple({entry[:6].lower() for entry in entries("kinds", "rules_of_conduct")}) + _RESPECTING
_SETTLING = re.compile(r"\b(?:settl|resolv|resolution|submit|refer)", re.I)
_DISPUTE = Triggered(
    re.compile(r"\b(?:disputes?|differences|disagreements|controversies|claims|irritants|frictions)\b", re.I),
    frozenset(
        {"dispute", "disputes", "differences", "disagreements", "controversies", "claims", "irritants", "frictions"}
    ),
)
_PEACEFULLY = re.compile(rf"\b{alternation('kinds', 'peacefully')}\b", re.I)
_SUPPORT_NOUN = re.compile(
    rf"^\W*(?:{alternation('kinds', 'support_degrees')}\s+)*"
    rf"(?:(?:{alternation('kinds', 'support_fields')}|and|,)\s+)*{alternation('kinds', 'support_nouns')}\b"
    r"(?!\s+(?:peace|freedom))",
    re.I,
)
_GIVING = word_set("kinds", "giving")
_EQUIPPING = word_set("kinds", "equipping")
_ADJECTIVE = rf"(?:[\w-]+{alternation('kinds', 'modifier_endings')}|{alternation('kinds', 'modifiers', 'regions')})"
_MODIFIERS = rf"(?:{_ADJECTIVE}[\s,]+){{0,6}}"
_AGENTS = rf"(?!{alternation('kinds', 'not_agents')}\b)[a-z]{{3,}}(?:ers|ors|ists|ians|ees)"
_PEOPLE = (
    rf"(?:(?:[a-z]{{2,6}}-)?{alternation('kinds', 'people')}|{_AGENTS}\b)"
    rf"(?!-|\s+{alternation('kinds', 'not_people_before')}\b)"
)
_CAPACITY = re.compile(
    rf"^\W*+(?:the\s+)?(?:[\w-]+\s+(?:and\s+[\w-]+\s+)?)?capacit(?:y|ies)(?:[- ]building)?\s+(?:of|in|for|among)\s+"
    rf"(?:the\s+)?{_MODIFIERS}(?:{_PEOPLE}|countries)\b"
    rf"|^\W*+(?:the\s+)?{_MODIFIERS}{_PEOPLE}[’']s?\s+(?:[\w-]+\s+)?capacit(?:y|ies)\b",
    re.I,
)
_NAME = rf"(?:(?!{alternation('kinds', 'named_things')}\b)[A-Z][\w.-]*(?:\s+(?:and|of(?:\s+the)?)(?=\s+[A-Z]))?"
_NOUN_BEFORE = r"(?!(?:of|for|in|on|to|and|the|by|with|from|as|at)\b)[a-z]{3,}(?<!ing)(?<!ion)(?<!ment)(?<!s)"
"""A noun before those who are helped: "village councils"."""
_NO_ACT = alternation("kinds", "states_of_actors", "named_things")
_ACTOR_OBJECT = re.compile(
    rf"^\W*+(?:{alternation('kinds', 'determiners_of_actors')}\s+)*"
    rf"(?:(?:the\s+)?(?i:{_MODIFIERS})(?:(?:{_NOUN_BEFORE}\s+)?{_PEOPLE}|{alternation('kinds', 'acts_of_actors')})\b"
    rf"|[A-Z][\w.-]*+(?>(?:\s[A-Z][\w.-]*+)*)\s?(?:[’']s?)\s(?!{_NO_ACT}\b)"
    rf"|{_NAME}\s)+{alternation('kinds', 'after_an_actor')}\b|{_NAME}(?:\s|$))+$)"
)
_POSSESSOR = r"(?!our\b|its\b)(?:the\s+)?(?:[\w-]+\s+){0,4}[\w-]+(?:[’']s?)\s+(?:[\w-]+\s+)?"
_CAPACITY_AIM = re.compile(
    rf"\b{alternation('kinds', 'raising')}\s+(?:{_POSSESSOR}capacit(?:y|ies)|(?:the\s+)?capacit(?:y|ies)\s+of\s+"
    rf"(?!our\b|the\b|its\b)(?:[\w-]+\s+){{0,3}}[a-z-]+s\s+to\b)",
    re.I,
)
_ABILITY = re.compile(r"^\W*(?:the\s+)?(?:ability of|[\w\s-]{0,60}capacity[- ]building\b)")
_GIVEN_TO = re.compile(
    rf"\b{alternation('kinds', 'given')}\b[^.;:]{{0,120}}?\b(?:to|for|from)\s+(?:the\s+)?(?:{_MODIFIERS})"
    rf"(?:{_PEOPLE}|{alternation('kinds', 'recipients')})\b"
)
_MONEY = rf"(?:{alternation('kinds', 'moneys')}|(?:million|billion)\b)"
_MONEY_TO = re.compile(
    rf"\b{_MONEY}[^.;:]{{0,120}}?\b(?:to|for)\s+(?:the\s+|a\s+)?"
    rf"(?:(?!{alternation('kinds', 'named_things')}\b)[A-Z][a-z]"
    rf"|(?:{_MODIFIERS})(?:{_PEOPLE}|{alternation('kinds', 'recipients')})\b)"
)
"""Money, or what costs it, for somebody: "will provide 30 million dollars in loans to the Republic"."""
_RELIEVING = frozenset({"reimburse", "relieve", "indemnify", "subsidize", "cushion", "resettle", "shelter", "feed"})
_RELIEVED = re.compile(rf"^\W*+(?:the\s+)?(?:{_MODIFIERS})(?:[a-z]{{3,}}\s+)?{_PEOPLE}\b")
_PAYING = frozenset(
    {
        "award",
        "contribute",
        "disburse",
        "provide",
        "grant",
        "lend",
        "extend",
        "donate",
        "give",
        "offer",
        "second",
        "channel",
        "transfer",
    }
)
_PLAIN_GIVERS = frozenset({"donate", "lend", "grant", "provide", "deliver", "supply", "send", "hand", "lease"})
_TO_A_NAME = re.compile(r"\b(?:donat|lend|grant|hand|leas)\w*\s[^.;:]{0,120}?\bto\s+(?:the\s+)?[A-Z]")
_TO_PEOPLE = re.compile(rf"\bto\s+(?:the\s+)?(?:{_MODIFIERS}){_PEOPLE}\b", re.I)
_PRONOUN = re.compile(r"(?:them|him|her)\s+(?:with|for)\b")
_PROMISING = frozenset({"pledge", "announce", "allocate", "earmark"})
_FOR_SOMEBODY = re.compile(rf"\b(?:to|for)\s+(?:the\s+)?(?:{_MODIFIERS}){_PEOPLE}\b")
_OWN = re.compile(r"(?:our|their|its)\b")
_NEAR = 60
"""Characters from a dispute within which it is said how it is settled."""
_BODY = re.compile(r"\b(?:Summit|Meeting|Conference|Council|Assembly|Committee|Commission|Board|Forum)\b")
_AIM_TO_HELP = re.compile(
    rf"\b(?i:to\s+(?:assist|enable|help|support)\s+(?:the\s+)?)(?:(?i:{_MODIFIERS}{_PEOPLE}\b)|{_NAME}\s)+[a-z])",
)
_VOICED = re.compile(r"(?:[\w-]+\s+){0,4}?support\s+for\s+")
_MUTUAL = re.compile(r"\beach other[’']s\b")
_GIVERS = word_set("kinds", "givers")
_PLEDGES = word_set("predicates", "pledges")
_REFRAINING = word_set("kinds", "refraining")
_NOT_HARMING = re.compile(
    rf"(?:[\w’]++\s+){{0,3}}?(?:not|never)\s+(?:to\s+)?"
    rf"(?:{alternation('kinds', 'harming')}\b|[^.;,]{{3,80}}\b(?:against|by force|conditional on|conditional upon)\b"
    rf"|use [^.;,]{{3,80}}\b(?:as a|as an|as|to) {alternation('kinds', 'misuses')}\b)",
    re.I,
)
_RULES_SUPPORTED = re.compile(
    r"(?:[\w’]++\s+){0,3}?support\s+(?:the\s+)?(?:rule of law|freedom|principles?|respect|sovereignty)\b", re.I
)
_NEVER_MADE = re.compile(
    rf"(?:[\w’]++\s+){{0,2}}?(?:never|not)\b[^.;]{{0,80}}?\bto\s+[^.;]{{0,80}}?"
    rf"\b{alternation('kinds', 'harmful_things')}\b",
    re.I,
)
_NEGATED = re.compile(r"(?:(?:will|shall|undertakes?|agrees?|pledges?|commits?)\s+)?(?:not|never)\b")
_TERMS = re.compile(rf"(?:[\w’]++\s){{0,3}}?(?:not|never)\s(?:to\s)?{alternation('kinds', 'terms_not_done')}\b")
"""What is not charged, disclosed or put up with: a term of what is agreed, and no rule of conduct (S11)."""
_NEGATIVE = re.compile(r"(?:no|neither)\b", re.I)
_HURT = re.compile(rf"\b(?:{alternation('kinds', 'harming')}s?|{alternation('kinds', 'harms')}|against)\b", re.I)
_HARM = re.compile(rf"\b{alternation('kinds', 'harms')}\b", re.I)
_CALL_FOR_CONDUCT = re.compile(
    rf"^(?:[\w-]+\s+)?call(?:s|ed)?\s+for\s+(?:[\w-]+\s+){{0,2}}{alternation('kinds', 'rules_of_conduct')}", re.I
)
_ACRONYMS = re.compile(rf"(?!(?:{alternation('subjects', 'actor_names')})\b)[A-Z]{{3,}}(?: and (?:the )?[A-Z]{{3,}})*")
_OF_EQUAL_WORTH = re.compile(
    rf"\bmutual|\brecogni[sz]e\s(?:[\w’'-]+\s){{0,3}}{alternation('kinds', 'recognised_as_valid')}\b"
)
_NOT_DONE = re.compile(r"(?:will|shall|do|does) not\b")
_TO_DO_ELSEWHERE = re.compile(rf"\binvit\w*\s[^.;]{{0,120}}?\bto (?!{alternation('kinds', 'taking_part')}\b)[a-z]")
"""What those who are invited shall do, unless they only come: to invite observers to a session is one's own act."""
_AGREED_DEED = re.compile(r"\bagreed? that (?:we|they|(?:our|their) [\w -]{3,40}?) (?:will|would|shall)\b")
"""An agreement that those who agree, or their own organs, will do something, unlike one that something is so."""
_IN_EFFECT = re.compile(
    r"\bfor (?:immediate )?(?:application|use|implementation)\b|\bwhich (?:will|shall) (?:apply|take effect|enter)\b"
)
_OURS = re.compile(r"\bour\b")
_THEIRS = re.compile(r"(?:will |shall )?(?:[\w-]+ ){1,2}?(?:their|them)\b")
_WITH = re.compile(r"^[^.;:]{0,80}?\bwith\b")


def kind(head: Head, words: str, inherited: CommitmentKind | None = None) -> tuple[CommitmentKind, str]:
    """Return the kind of an undertaking and the rule that says so; ``words`` is its quotation."""
    top = head.governor or head.verb
    lead = head.inner if head.verb.speech_act == "control" and head.inner else head.verb
    if inherited == CommitmentKind.CALL and head.verb.speech_act == "recognise" and _OURS.search(words[:60]):
        # "We call on A to ... and reaffirm our ...": the second is said by ourselves
        return CommitmentKind.REAFFIRMATION, "S6"
    passed_on = inherited in {CommitmentKind.REAFFIRMATION, CommitmentKind.CALL}
    if inherited and (passed_on or top.speech_act in {"call", "delegate", "encourage"}):
        return inherited, {CommitmentKind.REAFFIRMATION: "S6", CommitmentKind.CALL: "K4"}.get(inherited, "K1")
    deed = top.lemma == "agree" and _AGREED_DEED.search(words) is not None
    if not deed and _recognises(head, top, lead, words):
        return CommitmentKind.REAFFIRMATION, "S6"
    hosting = lead.lemma == "invite" and top.lemma in _PLEDGES and _TO_DO_ELSEWHERE.search(words) is None
    asks = lead.speech_act == "call" and lead is not top and not hosting
    called = CommitmentKind.CALL if asks else _call(head, top, words)
    if called is not None:
        return called, {CommitmentKind.CALL: "K4", CommitmentKind.PRINCIPLE: "K3"}.get(called, "K1")
    if _is_principle(head, top, lead, words):
        return CommitmentKind.PRINCIPLE, "K3"
    helped = top.speech_act == "support" and head.governor is not None
    return (CommitmentKind.SUPPORT, "K2") if helped or _supports(lead, words) else (CommitmentKind.ACTION, "K1")


def _is_principle(head: Head, top: Verb, lead: Verb, words: str) -> bool:
    """Tell whether a rule of conduct is undertaken, or harm or help to it forsworn: "never to assist anybody in it"."""
    nobody = head.modal and head.subject.startswith("No ")
    forsworn = _NEGATIVE.match(head.subject) is not None and (nobody or _HURT.search(words) is not None)
    not_done = _NEGATED.match(words) is not None and _TERMS.match(words) is None
    return _is_conduct(lead, words) or top.lemma in _REFRAINING or forsworn or not_done


def is_done_for_them(head: Head, words: str) -> bool:
    """Tell whether it is done for those helped just before: "send tents to families and rebuild their schools"."""
    return head.form == "base" and head.verb.speech_act in {"act", "implement"} and _THEIRS.match(words) is not None


def _recognises(head: Head, top: Verb, lead: Verb, words: str) -> bool:
    if top.lemma == "endorse":
        return _IN_EFFECT.search(words) is None and (
            head.form != "third" and not _BODY.search(head.subject)
        )  # a body's endorsement takes effect by it
    if lead.speech_act == "recognise" and top.speech_act == "control" and _MUTUAL.search(words):
        return False
    if top.lemma in _PLEDGES and lead.lemma == "recognize":
        return False  # "agree to recognise each other's licences" is done, and not said
    if lead.lemma == "recognize" and (_OF_EQUAL_WORTH.search(words) or _NOT_DONE.match(words)):
        return False  # "mutually recognise certificates", "will not recognise"
    return top.speech_act == "recognise" or (lead.speech_act == "recognise" and top.lemma != "decide")


def _is_conduct(lead: Verb, words: str) -> bool:
    """Tell whether a rule of conduct is undertaken: respect, peaceful settlement, refraining from harm (S11)."""
    if lead.lemma in _REFRAINING or (lead.lemma == "avoid" and _HARM.search(words)):
        return True
    if not {"not", "never"}.isdisjoint(words_of(words)) and _NOT_HARMING.match(words):
        return True
    if _settles(words) or _NEVER_MADE.match(words):
        return True
    if lead.speech_act == "support" and not _RULES_SUPPORTED.match(words):
        return False
    if lead.strength > 4 or not _may_be_conduct(words.lower()):
        return False
    return _CONDUCT.search(words) is not None


def _may_be_conduct(words: str) -> bool:
    """Tell whether the letters of a rule of conduct stand in ``words``, at a tenth of the pattern's cost."""
    return any(stem in words for stem in _STEMS_OF_CONDUCT)


def _settles(words: str) -> bool:
    """Tell whether a dispute is to be settled, and peacefully: by dialogue, arbitration or the like."""
    dispute = _DISPUTE.search(words)
    if dispute is None or _SETTLING.search(words, 0, dispute.start()) is None:
        return False
    return _PEACEFULLY.search(words, max(0, dispute.start() - _NEAR), dispute.end() + _NEAR) is not None


def _call(head: Head, top: Verb, words: str) -> CommitmentKind | None:
    if top.speech_act == "delegate":
        return CommitmentKind.ACTION
    if top.speech_act == "call":
        if top.lemma == "require" and head.modal:
            return CommitmentKind.ACTION  # "will require platforms to" by a law of one's own
        if is_instructed(top, head.form, after_verb(head, words)):
            return CommitmentKind.ACTION
        return CommitmentKind.PRINCIPLE if _CALL_FOR_CONDUCT.match(words) else CommitmentKind.CALL
    if top.speech_act == "encourage":
        return _encouragement(head, top, after_verb(head, words))
    subject = head.subject.removeprefix("The ").removeprefix("the ")
    return CommitmentKind.CALL if head.modal and _ACRONYMS.fullmatch(subject) else None


def _encouragement(head: Head, top: Verb, tail: str) -> CommitmentKind | None:
    """S11: to encourage is to call; "we will encourage innovation" and an item of a plan undertake it."""
    asked = re.search(r"\bto\b", tail)
    named = asked is not None and is_third_party(tail[: asked.start()])
    if head.modal:
        return CommitmentKind.CALL if named and not _OWN.match(tail) else None
    if head.form in {"third", "past"} or (head.subject_at is not None and top is head.verb):
        return CommitmentKind.CALL
    return CommitmentKind.CALL if named else None


def _supports(lead: Verb, words: str) -> bool:
    stem = lead.lemma.split()[0]
    found = _form_of(stem[:5]).search(words)
    tail = words[found.end() :] if found else words
    if lead.speech_act == "support":
        voiced = _VOICED.match(tail)
        tail = tail[voiced.end() :] if voiced else tail
        helped = lead.lemma == "assist" or _helped(lead, tail) or bool(_ACTOR_OBJECT.match(tail))
        return helped or bool(_ABILITY.search(tail))
    return (
        _gives(stem, words, tail)
        or bool(_CAPACITY.match(tail) or _CAPACITY_AIM.search(words))
        or (stem in _GIVERS and bool(_GIVEN_TO.search(words) or _AIM_TO_HELP.search(words)))
    )


def _gives(stem: str, words: str, tail: str) -> bool:
    """Tell whether somebody else is given something: equipped, taught, promised, supplied."""
    if stem in _EQUIPPING and _WITH.match(tail) and (_ACTOR_OBJECT.match(tail) or _PRONOUN.match(tail)):
        return True
    if stem in {"train", "teach"} and tail.startswith(("its ", "their ")):
        return True
    promised = stem in _PROMISING and _FOR_SOMEBODY.search(words)
    handed = stem in _PLAIN_GIVERS and (_TO_A_NAME.search(words) or (stem != "lease" and _TO_PEOPLE.search(words)))
    if stem in _RELIEVING and _RELIEVED.match(tail):
        return True
    paid = stem in _PAYING and _MONEY_TO.search(words)
    return bool(promised or handed or paid or (stem in _GIVING and _SUPPORT_NOUN.match(tail)))


@lru_cache(maxsize=1024)
def _form_of(stem: str) -> re.Pattern[str]:
    """Return the pattern of a word that begins with ``stem``, and of the blanks behind it."""
    return re.compile(rf"\b{re.escape(stem)}\w*\s*", re.I)


def _helped(lead: Verb, tail: str) -> bool:
    """Tell whether "help" has somebody as its object, and not a verb: "help to end hunger"."""
    if lead.lemma != "help":
        return False
    first = re.match(r"[\w-]*", tail)
    word = first.group() if first else ""
    return word != "to" and reading(word, "", frozenset({"base"})) is None
