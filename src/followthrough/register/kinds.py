"""The kind of an undertaking: action, support, principle, call or reaffirmation (K1-K4, S6)."""

from __future__ import annotations

import re

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.addressees import after_verb, is_own_organ, is_third_party
from followthrough.register.heads import Head
from followthrough.register.verbs import Verb, reading
from followthrough.register.word_lists import word_set

_CONDUCT = re.compile(
    r"freedoms? of (?:navigation|overflight|over-flight)|peaceful(?:ly)? (?:resolution|settlement|means"
    r"|resolv|settl)|(?:non-?use|threat or use|threat or the use) of force"
    r"|settle(?:ment)? (?:of )?disputes? (?:peacefully|by peaceful)"
    r"|resolve (?:\w+ )?disputes (?:peacefully|by peaceful|through peaceful)|non-?interference|sovereign equality"
    r"|(?:respect|refrain|abide)\w{0,12}+\b.{0,80}\b(?:sovereignty|territorial integrity|international law"
    r"|use of force|law of the sea)",
    re.I | re.S,
)
_SUPPORT_NOUN = re.compile(
    r"^\W*(?:(?:the|our|their|further|more|additional|greater|enhanced|increased|continued)\s+)*"
    r"(?:(?:technical|financial|humanitarian|military|economic|development|capacity[- ]building|budgetary"
    r"|material|political|policy|and|,)\s+)*(?:support|assistance|aid)\b(?!\s+(?:peace|freedom))",
    re.I,
)
_GIVING = word_set("kinds", "giving")
_MODIFIERS = (
    r"(?:(?:[\w-]+(?:ing|ed|al|ic|able|ible|ous|ive|ful|ary|ent|ant|scale|income|size|line|prone)|small|medium|least"
    r"|low|middle|other|partner|young|older|island|poor|rural|urban|local|host|member|most|more|third|micro|many"
    r"|women|youth|African|Pacific|Caribbean|Asian|Arab|European|ASEAN|and)[\s,]+){0,6}"
)
_PEOPLE = (
    r"(?:states|countries|governments|members|partners|parties|peoples?|persons|individuals|communit(?:y|ies)|women"
    r"|girls|children|families|workers|migrants|refugees|survivors|victims|institutions|authorities|organi[sz]ations"
    r"|entrepreneurs|youth|students|teachers|researchers|farmers|fishers|smes|msmes|enterprises|businesses|cities"
    r"|nations|populations|households|developers|defenders|journalists"
    r"|generations? of)(?!-|\s+(?:exchanges?|empowerment|development"
    r"|mobility|building|cooperation|engagement|leadership|education|training|resilience|security)\b)"
)
_CAPACITY = re.compile(
    rf"^\W*+(?:the\s+)?(?:[\w-]+\s+(?:and\s+[\w-]+\s+)?)?capacit(?:y|ies)(?:[- ]building)?\s+(?:of|in|for|among)\s+"
    rf"(?:the\s+)?{_MODIFIERS}(?:{_PEOPLE}|countries)\b"
    rf"|^\W*+(?:the\s+)?{_MODIFIERS}{_PEOPLE}[’']s?\s+(?:[\w-]+\s+)?capacit(?:y|ies)\b",
    re.I,
)
_NO_ACTOR = (
    r"(?:Agreements?|Plans?|Agendas?|Goals?|SDGs|Outlook|Centrality|Initiatives?|Frameworks?|Strateg(?:y|ies)|Conventions?"
    r"|Programmes?|Programs?|Partnerships?|Declarations?|Compacts?|Protocols?|Principles?|Visions?|Charter|Process"
    r"|Roadmap|Accords?|Consensus|Decade|Year|Day|Dialogues?|Treaty|Summits?|Conferences?|Resolutions?|Package|Code)"
)
_STATE = (
    r"(?:vision|goals?|aspirations?|ambitions?|objectives?|priorities|centrality|unity|sovereignty|independence"
    r"|(?:territorial )?integrity|security|stability|membership|accession|candidacy|bid|rights?|place|position)\b"
)
"""What somebody has or wants to be: support for it is no support of what somebody does."""
_NAME = rf"(?:(?!{_NO_ACTOR}\b)[A-Z][\w.-]*(?:\s+(?:and|of(?:\s+the)?)(?=\s+[A-Z]))?"
_ACTOR_OBJECT = re.compile(
    r"^\W*+(?:(?:the|all|our|those|each other[’']s|one another[’']s|efforts (?:by|of)|and)\s+)*"
    rf"(?:(?:the\s+)?(?i:{_MODIFIERS})(?:{_PEOPLE}|efforts|work|secretary-general|commission|mission|initiatives of)\b"
    rf"|[A-Z][\w.-]*+(?:\s[A-Z][\w.-]*+)*+\s?(?:[’']s?)\s(?!{_STATE})"
    rf"|{_NAME}\s)+(?:in|to|as|with|through|for|against|during|on|throughout)\b|{_NAME}(?:\s|$))+$)"
)
_OURS = re.compile(r"\bour\b")
_WITH = re.compile(r"^[^.;:]{0,80}?\bwith\b")


def kind(head: Head, words: str, inherited: CommitmentKind | None = None) -> tuple[CommitmentKind, str]:
    """Return the kind of an undertaking and the rule that says so; ``words`` is its quotation."""
    top = head.governor or head.verb
    lead = head.inner if head.verb.speech_act == "control" and head.inner else head.verb
    if inherited == "call" and head.verb.speech_act == "recognise" and _OURS.search(words[:60]):
        return "reaffirmation", "S6"  # "We call on A to ... and reaffirm our ...": the second is said by ourselves
    if inherited in {"reaffirmation", "call"} or (inherited and top.speech_act in {"call", "delegate"}):
        return inherited, {"reaffirmation": "S6", "call": "K4"}.get(inherited, "K1")
    if top.speech_act == "recognise" or (lead.speech_act == "recognise" and top.lemma != "decide"):
        return "reaffirmation", "S6"
    called: CommitmentKind | None = "call" if lead.speech_act == "call" and lead is not top else _call(head, top, words)
    if called is not None:
        return called, "K4" if called == "call" else "K1"
    if _CONDUCT.search(words) and lead.strength <= 4 and lead.speech_act != "support":
        return "principle", "K3"
    return ("support", "K2") if _supports(lead, words) else ("action", "K1")


def _call(head: Head, top: Verb, words: str) -> CommitmentKind | None:
    tail = after_verb(head, words)
    if top.speech_act == "delegate":
        return "action"
    if top.speech_act == "call":
        own = top.lemma in {"request", "ask", "require"} and is_own_organ(tail)
        return "action" if own else "call"
    if top.speech_act == "encourage":
        asked = re.search(r"\bto\b", tail)
        return "call" if asked and is_third_party(tail[: asked.start()]) else None
    return None


def _supports(lead: Verb, words: str) -> bool:
    stem = lead.lemma.split()[0]
    found = re.search(rf"\b{re.escape(stem[:5])}\w*\s*", words, re.I)
    tail = words[found.end() :] if found else words
    if lead.speech_act == "support":
        return lead.lemma == "assist" or _helped(lead, tail) or bool(_ACTOR_OBJECT.match(tail))
    if stem in {"provide", "supply", "equip"} and _WITH.match(tail) and _ACTOR_OBJECT.match(tail):
        return True
    if stem in _GIVING and _SUPPORT_NOUN.match(tail):
        return True
    return bool(_CAPACITY.match(tail))


def _helped(lead: Verb, tail: str) -> bool:
    """Tell whether "help" has somebody as its object, and not a verb: "help to end hunger"."""
    if lead.lemma != "help":
        return False
    first = re.match(r"[\w-]*", tail)
    word = first.group() if first else ""
    return word != "to" and reading(word, "", frozenset({"base"})) is None
