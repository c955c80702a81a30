"""Who a call is directed at, and whether that is a third party or an organ of one's own (K1, K4)."""

from __future__ import annotations

import re

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.heads import Head

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
_END_OF_ADDRESSEE = re.compile(r"(?<!\s)\s++to\s+(?!the\b|all\b)|,|:|;|(?<!\s)\s++that\s+")
_NOBODY = re.compile(r"(?:that|for|a|an)\b")
_CALL_FOR = re.compile(r"\b(?:call|appeal)\w*\s+for\b", re.I)


def addressees(head: Head, words: str, kind_: CommitmentKind) -> tuple[str, ...]:
    """Return who a call is directed at, as printed, or nothing."""
    if head.verb.speech_act not in {"call", "delegate", "encourage"} or (
        kind_ == "action" and head.verb.speech_act == "encourage"
    ):
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
    lead = re.split(r"\b(?:of|between|among|amongst|by|from|in|within|for|with|on)\b", addressee, maxsplit=1)[0].strip()
    if _INSTITUTION.search(lead):
        return True
    if _DOING.search(lead):
        return False
    return bool(_INSTITUTION.search(addressee) or _NAMED.search(addressee))


def after_verb(head: Head, words: str) -> str:
    """Return the words of an undertaking after its verb group and the particles that belong to it."""
    stem = (head.governor or head.verb).lemma.split()[0][:4]
    found = re.search(
        rf"\b{re.escape(stem)}[\w-]*\s*(?:(?:also|further)\s+)?(?:(?:once\s+)?(?:again\s+)?(?:upon|on|for|to)\s+)?",
        words,
        re.I,
    )
    return words[found.end() :] if found else words


def is_own_organ(words: str) -> bool:
    """Tell whether ``words`` open with an organ of the signatories' own: instructing it is action, not a call."""
    return bool(_ORGANS.match(words))
