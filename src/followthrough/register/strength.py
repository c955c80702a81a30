"""The strength of an undertaking from 1, minimal, to 5, specific action (ST1-ST5, S6)."""

from __future__ import annotations

from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.heads import Head


def strength(head: Head, kind_: CommitmentKind, instruments: tuple[str, ...], dated: bool) -> tuple[int, str]:
    """Return the strength from 1 to 5 and the rule that says so."""
    top = head.governor or head.verb
    if kind_ == CommitmentKind.REAFFIRMATION:
        return 1, "S6"
    if top.speech_act == "delegate" or (top.speech_act == "call" and kind_ == CommitmentKind.ACTION):
        return 5, "ST5"
    lead = head.verb
    if head.governor is None and lead.speech_act == "control" and lead.strength != 2 and head.inner is not None:
        lead = head.inner
    if lead.speech_act in {"call", "encourage"} and head.inner is not None and head.inner.strength in {2, 3}:
        lead = head.inner
    if lead.speech_act == "implement" and instruments:
        return 5, "ST5"
    if lead.strength == 5 and lead.lemma == "hold" and not dated:
        return 4, "ST4"
    if head.governor is not None and head.governor.strength == 2:
        return 2, "ST2"
    value = max(1, min(5, lead.strength or 4))
    return value, f"ST{value}"
