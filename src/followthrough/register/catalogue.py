"""A document in, the catalogue of its commitments out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypedDict

from followthrough.model.commitment import Adjunct, Commitment
from followthrough.model.document import Document, Provision
from followthrough.model.letters import to_letters
from followthrough.model.vocabulary import ActorClass, CommitmentKind, ProvisionKind
from followthrough.register.addressees import addressees, is_organ_again
from followthrough.register.adjuncts import adjuncts
from followthrough.register.deadlines import deadline
from followthrough.register.doubts import doubts
from followthrough.register.elements import elements
from followthrough.register.heads import SIGNATORIES, Head
from followthrough.register.instruments import definitions, instruments
from followthrough.register.kinds import is_done_for_them
from followthrough.register.kinds import kind as kind_of
from followthrough.register.missing import missing
from followthrough.register.narration import is_spoken_now, without_narration
from followthrough.register.planned import is_planned
from followthrough.register.quantities import quantity
from followthrough.register.spans import Span
from followthrough.register.splitting import Candidate, Lead, Splitter
from followthrough.register.strength import strength
from followthrough.register.who import class_of_actor, class_of_addressee

_ADDRESSING = frozenset({"call", "delegate", "encourage"})
_RULES_OF_TERMS = {"instruments": "S10", "deadline": "D1", "quantity": "D1"}
_FIRST_WORD = re.compile(r"[\w-]+\s*")


def catalogue(document: Document) -> tuple[Commitment, ...]:
    """Return the commitments of ``document`` by the split rules S1-S10, in the order of the text.

    Each lies within its provision's own words, and those of one provision never overlap. Pure: the same document
    gives the same catalogue.
    """
    return tuple(_Catalogue(document).run())


class _Who(TypedDict):
    actor_classes: tuple[str, ...]
    addressee_classes: tuple[str, ...]
    elements: Mapping[str, str | None]


class _Said(NamedTuple):
    """What a candidate says: its head, range and words, its kind with the rule that says so, and who is asked."""

    head: Head
    span: Span
    words: str
    kind: CommitmentKind
    rule: str
    asked: tuple[str, ...]
    before: Span


class _Catalogue:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.defined = definitions(document.text)
        self.leads: dict[str | None, Lead] = {}
        self.parents = {provision.parent for provision in document.provisions if provision.kind == ProvisionKind.ITEM}
        enacted = any("formula" in p.eid for p in document.provisions if p.kind == ProvisionKind.OTHER)
        self.splitter = Splitter(document.text, enacted, is_planned(document))

    def run(self) -> Iterator[Commitment]:
        """Yield the commitments of every paragraph and item."""
        catalogued = {ProvisionKind.PARAGRAPH, ProvisionKind.ITEM}
        chosen = [one for one in self.document.provisions if one.kind in catalogued]
        if chosen and chosen[0].kind == ProvisionKind.ITEM and chosen[0].parent is None:
            lead = self.splitter.above(chosen[0])
            self.leads |= {None: lead} if lead is not None else {}
        found = [(one, self._of(one)) for one in chosen]
        now = is_spoken_now([candidate for _, candidates in found for candidate in candidates])
        for provision, candidates in found:
            yield from self._commitments(provision, without_narration(candidates) if now else candidates)

    def _of(self, provision: Provision) -> list[Candidate]:
        lead = self.leads.get(provision.parent) if provision.kind == ProvisionKind.ITEM else None
        if lead is not None and lead.means:
            self.leads[provision.eid] = lead
            return []
        found = self.splitter.candidates(provision, lead)
        if provision.eid in self.parents:
            handed_down, found = self.splitter.hand_down(provision, found)
            if handed_down is not None:
                self.leads[provision.eid] = handed_down
        return [candidate for candidate in found if not candidate.head.bare]

    def _commitments(self, provision: Provision, found: Iterable[Candidate]) -> Iterator[Commitment]:
        root: _Said | None = None
        helped = False
        for at, candidate in enumerate(found):
            said = self._said(candidate, root)
            if said.head.governor is None or said.head is not candidate.head:
                root = said
            done_for_them = helped and candidate.head.rule == "S3" and is_done_for_them(said.head, said.words)
            commitment = self._commitment(provision, f"{provision.eid}__{to_letters(at + 1)}", said, done_for_them)
            helped = commitment.kind == CommitmentKind.SUPPORT
            yield commitment

    def _said(self, candidate: Candidate, root: _Said | None) -> _Said:
        """Return what a candidate says, with what the lead or ``root``, the last that nothing governs, hands down."""
        head, lead = _under_lead(candidate), candidate.lead
        words = self.text[candidate.start : candidate.end]
        addressed = head.governor is not None and head.governor.speech_act in _ADDRESSING
        above = root if addressed else None
        inherited = lead.kind if lead is not None else None
        if above is not None:
            inherited = above.kind  # "requests X to A and to B": B is asked of X too
        kind, rule = kind_of(head, words, inherited)
        if kind == CommitmentKind.CALL and root is not None and is_organ_again(head, words, root.words):
            kind, rule = CommitmentKind.ACTION, "K1"
        if head is not candidate.head and lead is not None:
            asked = lead.addressees
        else:
            asked = addressees(head, words, kind) if above is None else above.asked
        return _Said(head, (candidate.start, candidate.end), words, kind, rule, asked, candidate.before)

    def _commitment(self, provision: Provision, id: str, said: _Said, done_for_them: bool) -> Commitment:
        """Return the commitment, made at once: to copy one of so many fields takes as long as a rule."""
        head, span, words, kind, _, asked, before = said
        start, end = span
        names, taken = instruments(self.text, self._past_verb(head, start, end), end, self.defined)
        due = deadline(self.text, start, end, taken) or deadline(self.text, *before, ())
        amount = quantity(self.text, start, end, taken)
        strong, strong_rule = strength(head, kind, names, due is not None)
        found = adjuncts(self.text, start, end)
        why = _why(said, strong_rule, {"instruments": names, "deadline": due, "quantity": amount}, found)
        if done_for_them:
            kind, why["kind"] = CommitmentKind.SUPPORT, "K2"
        return Commitment(
            id=id,
            provision=provision.eid,
            num=provision.num or "",
            start=start,
            end=end,
            spans=(span,),
            verb=_verb(head),
            kind=kind,
            strength=strong,
            instruments=names,
            defined={name: self.defined[name] for name in names if name in self.defined},
            deadline=due,
            quantity=amount,
            missing=missing(words, strong, due, amount, (head.subject,)),
            actors=(head.subject,),
            addressees=asked,
            adjuncts=found,
            why=why,
            **_who(head.subject, asked, words, self.text[slice(*before)], instructed=kind == CommitmentKind.ACTION),
        )

    def _past_verb(self, head: Head, start: int, end: int) -> int:
        """Return the offset after the first word when it is the verb: its capital begins a sentence and no name."""
        if head.rule == "S4" and head.verb_at == head.start and head.form == "base":
            return start
        first = _FIRST_WORD.match(self.text[start:end])
        return start + first.end() if first and first.end() < end - start else start


def _why(said: _Said, strong_rule: str, terms: Mapping[str, object], found: Sequence[Adjunct]) -> dict[str, str]:
    """Return the rule that gave each field, the governor, and what makes the proposal doubtful."""
    why = {"span": "S8", "split": said.head.rule, "kind": said.rule, "strength": strong_rule}
    why |= {name: _RULES_OF_TERMS[name] for name, value in terms.items() if value}
    if said.head.governor is not None:
        why["governor"] = said.head.governor.lemma
    if doubtful := doubts(said.head, said.words, said.rule, found):
        why["doubts"] = "; ".join(doubtful)
    return why


def _who(subject: str, asked: tuple[str, ...], words: str, before: str, *, instructed: bool) -> _Who:
    """Return the classes of who undertakes and of who is asked, and what the undertaking leaves open."""
    actor = class_of_actor(subject)
    owner = SIGNATORIES if actor == ActorClass.SIGNATORIES else subject  # together, they are nobody
    return {
        "actor_classes": (actor,),
        "addressee_classes": tuple(class_of_addressee(name, instructed=instructed) for name in asked),
        "elements": elements(words, owner, asked if instructed else (), before),
    }


def _under_lead(candidate: Candidate) -> Head:
    """Return the head of an item, governed by the verb above it where that asks somebody for what the item says."""
    head, above = candidate.head, candidate.lead.head if candidate.lead is not None else None
    if above is None or head.governor is not None or above.verb.speech_act not in _ADDRESSING:
        return head
    return replace(head, governor=above.verb)


def _verb(head: Head) -> str:
    """Return the operative verb as the register shows it: ``promote; utilize``, ``continue to cooperate``."""
    if head.verb.speech_act == "control" and head.inner is not None:
        return f"{head.verb.lemma} to {head.inner.lemma}"
    return "; ".join(head.group)
