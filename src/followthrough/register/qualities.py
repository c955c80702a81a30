"""What an undertaking is: its kind, strength, addressees, adjuncts and what it leaves open."""

from __future__ import annotations

import re

from followthrough.model import Adjunct, CommitmentKind
from followthrough.register.heads import Head
from followthrough.register.verbs import Verb, reading
from followthrough.register.words import word_set

_INSTITUTION = re.compile(
    r"\b(?:states?|governments?|parties|countries|members?|organi[sz]ations?|agenc(?:y|ies)|institutions?"
    r"|entit(?:y|ies)|bodies"
    r"|funds? and programmes|private sector|civil society|stakeholders|donors?|partners|banks?|creditors?|lenders?"
    r"|investors?|manufacturers|employers|universities|media|platforms|providers|producers|exporters|importers|nations"
    r"|business(?:es)?|industry|companies"
    r"|authorities|secretariat|secretary-general|commissions?|committees?|councils?|assembly|office"
    r"|community of states|economies"
    r"|international community|united nations|parliaments?|actors|russia|china|israel|iran|dprk|republic"
    r"|court|others|all sides)\b",
    re.I,
)
_NAMED = re.compile(r"\b(?:[A-Z]{2,}s?|[A-Z][\w’'-]+)\b")
_DOING = re.compile(r"(?:tion|sion|ment|ange|ship|ity|ance|ence|use|work|dialogue|trade|efforts?|steps|cooperation)s?$")
_ORGANS = re.compile(
    r"^\W*(?:the |our |its |their |all )*(?:relevant |respective |senior |foreign |finance "
    r"|trade )*(?:secretary-general|secretariat|ministers?|officials|"
    r"senior officials|joint (?:cooperation )?committee|sub-?committees?|committees? |working groups?"
    r"|president of the (?:general assembly|council)"
    r"|high commissioner|office of the|permanent representatives|sectoral|executive director"
    r"|coordinators?|experts|delegations|sherpas"
    r"|special (?:rapporteur|representative|envoy)|independent expert|panel of experts"
    r"|human rights council|department|under-secretary"
    r"|that (?:the|its|this|such) (?:[\w-]+ ){0,2}(?:assessment|report|review|study|evaluation)\b)",
    re.I,
)
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
_GIVING = word_set(
    "provide intensify increase extend offer give mobilize deliver enhance scale continue maintain strengthen expand"
    " pledge lend"
)
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
_ADJUNCTS = (
    ("purpose", r"(?:in order to|so as to|with a view to|with the aim of|aimed at|in an effort to)"),
    ("means", r"(?:including (?:through|by)|including|through|by(?=\s+(?:the\s|\w+ing\b)))"),
    ("result", r"(?:and\s+)?(?:thus|thereby)"),
    ("manner", r"while(?=\s+\w+ing\b)"),
    ("purpose", r"to(?=\s+(?:(?:further|better|fully)\s+)?[a-z]+\b)"),
)
_ADJUNCT = re.compile("|".join(f"(?P<{role}{at}>\\b{pattern}\\b)" for at, (role, pattern) in enumerate(_ADJUNCTS)))
_DELIVERABLE = re.compile(
    r"\b(?:agreement|plan|strategy|fund|report|centre|center|network|programme|program|roadmap|framework"
    r"|guidelines|meeting|summit|mechanism"
    r"|platform|facility|working group|task force|initiative|scholarships?|projects?|resolution"
    r"|convention|protocol|item)\b",
    re.I,
)


def kind(head: Head, words: str, inherited: CommitmentKind | None = None) -> tuple[CommitmentKind, str]:
    """Return the kind of an undertaking and the rule that says so; ``words`` is its quotation."""
    top = head.governor or head.verb
    lead = head.inner if head.verb.act == "pass" and head.inner else head.verb
    if inherited == "call" and head.verb.act == "recognise" and _OURS.search(words[:60]):
        return "reaffirmation", "S6"  # "We call on A to ... and reaffirm our ...": the second is said by ourselves
    if inherited in {"reaffirmation", "call"} or (inherited and top.act in {"call", "own"}):
        return inherited, {"reaffirmation": "S6", "call": "K4"}.get(inherited, "K1")
    if top.act == "recognise" or (lead.act == "recognise" and top.lemma != "decide"):
        return "reaffirmation", "S6"
    called: CommitmentKind | None = "call" if lead.act == "call" and lead is not top else _call(head, top, words)
    if called is not None:
        return called, "K4" if called == "call" else "K1"
    if _CONDUCT.search(words) and lead.strength <= 4 and lead.act != "support":
        return "principle", "K3"
    return ("support", "K2") if _supports(lead, words) else ("action", "K1")


def _call(head: Head, top: Verb, words: str) -> CommitmentKind | None:
    tail = _after_verb(head, words)
    if top.act == "own":
        return "action"
    if top.act == "call":
        own = top.lemma in {"request", "ask", "require"} and _ORGANS.match(tail)
        return "action" if own else "call"
    if top.act == "encourage":
        asked = re.search(r"\bto\b", tail)
        return "call" if asked and _third_party(tail[: asked.start()]) else None
    return None


def _third_party(addressee: str) -> bool:
    """Tell whether the words between "encourage" and "to" name somebody else: no own organ, and no action."""
    if _ORGANS.match(addressee):
        return False
    lead = re.split(r"\b(?:of|between|among|amongst|by|from|in|within|for|with|on)\b", addressee, maxsplit=1)[0].strip()
    if _INSTITUTION.search(lead):
        return True
    if _DOING.search(lead):
        return False
    return bool(_INSTITUTION.search(addressee) or _NAMED.search(addressee))


def _after_verb(head: Head, words: str) -> str:
    """Return the words of an undertaking after its verb group and the particles that belong to it."""
    stem = (head.governor or head.verb).lemma.split()[0][:4]
    found = re.search(
        rf"\b{re.escape(stem)}[\w-]*\s*(?:(?:also|further)\s+)?(?:(?:once\s+)?(?:again\s+)?(?:upon|on|for|to)\s+)?",
        words,
        re.I,
    )
    return words[found.end() :] if found else words


def _supports(lead: Verb, words: str) -> bool:
    stem = lead.lemma.split()[0]
    found = re.search(rf"\b{re.escape(stem[:5])}\w*\s*", words, re.I)
    tail = words[found.end() :] if found else words
    if lead.act == "support":
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


def strength(head: Head, kind_: CommitmentKind, instruments: tuple[str, ...], dated: bool) -> tuple[int, str]:
    """Return the strength from 1 to 5 and the rule that says so."""
    top = head.governor or head.verb
    if kind_ == "reaffirmation":
        return 1, "S6"
    if top.act == "own" or (top.act == "call" and kind_ == "action"):
        return 5, "ST5"
    lead = head.verb
    if head.governor is None and lead.act == "pass" and lead.strength != 2 and head.inner is not None:
        lead = head.inner
    if lead.act in {"call", "encourage"} and head.inner is not None and head.inner.strength in {2, 3}:
        lead = head.inner
    if lead.act == "implement" and instruments:
        return 5, "ST5"
    if lead.strength == 5 and lead.lemma == "hold" and not dated:
        return 4, "ST4"
    if head.governor is not None and head.governor.strength == 2:
        return 2, "ST2"
    value = max(1, min(5, lead.strength or 4))
    return value, f"ST{value}"


def addressees(head: Head, words: str, kind_: CommitmentKind) -> tuple[str, ...]:
    """Return who a call is directed at, as printed, or nothing."""
    if head.verb.act not in {"call", "own", "encourage"} or (kind_ == "action" and head.verb.act == "encourage"):
        return ()
    tail = re.split(r"(?<!\s)\s++to\s+(?!the\b|all\b)|,|:|;|(?<!\s)\s++that\s+", _after_verb(head, words), maxsplit=1)[
        0
    ]
    who = " ".join(tail.split())
    if re.match(r"(?:that|for|a|an)\b", who) or re.search(r"\b(?:call|appeal)\w*\s+for\b", words[:40], re.I):
        return ()
    return (who,) if who and len(who) <= 200 else ()


def adjuncts(text: str, start: int, end: int) -> tuple[Adjunct, ...]:
    """Return the means, purpose, result and manner of an undertaking; each runs to the next or to its end (S5)."""
    marks = [match for match in _ADJUNCT.finditer(text, start, end) if match.start() > start + 3]
    found: list[Adjunct] = []
    for at, match in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else end
        words = text[match.start() : stop]
        kept = len(words.rstrip(" \n,;:"))
        role = re.sub(r"\d", "", match.lastgroup or "")
        if kept > len(match.group()):
            found.append(Adjunct(role, match.start(), match.start() + kept))
    return tuple(found)


def missing(words: str, strength_: int, due: str | None, amount: object, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of deliverable, target, timeframe and owner the undertaking leaves open."""
    lacks = []
    if strength_ < 5 and not _DELIVERABLE.search(words):
        lacks.append("deliverable")
    if amount is None:
        lacks.append("target")
    if due is None:
        lacks.append("timeframe")
    if not actors or actors == ("the signatories",):
        lacks.append("owner")
    return tuple(lacks)
