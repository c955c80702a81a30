"""A document in, the catalogue of its commitments out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, Provision
from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.addressees import addressees
from followthrough.register.adjuncts import adjuncts
from followthrough.register.deadlines import deadline
from followthrough.register.heads import BASE, FINITE, ING, Finder, Head
from followthrough.register.instruments import definitions, instruments
from followthrough.register.kinds import kind as kind_of
from followthrough.register.missing import missing
from followthrough.register.quantities import quantity
from followthrough.register.scan import Scanner
from followthrough.register.strength import strength
from followthrough.register.verbs import Form
from followthrough.register.words import Word, sentences, words_of

_TAIL = re.compile(
    r"(?<![\s,;:.!?*–—-])(?:[\s,;:.!?*–—-]|\b(?:and|or|as well as|while|but)(?=\s*$)|(?<=[\s,;])\d{1,3}(?=$))+$"
)
_ASIDE = re.compile(
    r"(?:(?<![\s,;])[\s,;]*+\b(?:and|or)\b[\s,;]*+|(?<!\s)\s*+[,;]\s*+)"
    r"(?:in (?:this|that) (?:regard|context|respect|connection|spirit)|to (?:this|that) (?:end|effect)"
    r"|(?:as|where|when|if) (?:appropriate|necessary|applicable|possible|needed|relevant)"
    r"|in (?:particular|addition)|inter alia)[\s,]*$"
)
"""What stands between a conjunction and the next undertaking, which begins at its verb."""
_DANGLING = re.compile(r"(?<![\s,])[\s,]*\b(?:including|such as|as follows|by|through|to)?\s*:\s*$", re.I)
_CONNECTING = re.compile(
    r"(?<![\s,;])[\s,;]*\b(?:and|or|as well as|while|the|to|we|they)*[\s,;]*(?:\b(?:to|the|we|they|while)\b\s*)?$"
)
_END = 120
"""Characters at the end of a span in which something may dangle."""
_ADDRESSING = frozenset({"call", "own", "encourage"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words before a colon hand down to the items below: the verb that governs them and its kind."""

    head: Head | None
    kind: CommitmentKind | None
    wants: frozenset[Form]
    means: bool = False


def catalogue(document: Document) -> tuple[Commitment, ...]:
    """Return the commitments of ``document`` by the split rules S1-S10, in the order of the text.

    Each lies within its provision's own words, and those of one provision never overlap. Pure: the same document
    gives the same catalogue.
    """
    return tuple(_Catalogue(document).run())


def _left_over(end: str, another: bool) -> str:
    """Return what dangles at the end of a span and is no part of it; ``another`` undertaking may follow at once."""
    kept = end
    if another:
        kept = _CONNECTING.sub("", _ASIDE.sub("", kept))
    return end[len(_TAIL.sub("", _DANGLING.sub("", kept))) :]


class _Catalogue:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.defined = definitions(document.text)
        self.leads: dict[str | None, Lead] = {}
        self.parents = {provision.parent for provision in document.provisions if provision.kind == "item"}
        self.enacted = any("formula" in p.eid for p in document.provisions if p.kind == "other")

    def run(self) -> Iterator[Commitment]:
        """Yield the commitments of every paragraph and item."""
        for provision in self.document.provisions:
            if provision.kind in {"paragraph", "item"}:
                yield from self._of(provision)

    def _of(self, provision: Provision) -> Iterator[Commitment]:
        lead = self.leads.get(provision.parent) if provision.kind == "item" else None
        if lead is not None and lead.means:
            self.leads[provision.eid] = lead
            return
        ranges = sentences(self.text, provision.body, provision.end)
        found: list[tuple[Head, int, int, Lead | None]] = []
        for at, (start, end) in enumerate(ranges):
            lower = lead if at == 0 else None
            found.extend((*span, lower) for span in self._sentence(start, end, lower))
        found = self._hand_down(provision, found, ranges)
        yield from self._commitments(provision, found)

    # Heads and spans

    def _sentence(self, start: int, end: int, lead: Lead | None) -> list[tuple[Head, int, int]]:
        words = words_of(self.text, start, end)
        if not words:
            return []
        finder = Finder(self.text, words)
        firsts = self._firsts(finder, lead)
        heads: list[Head] = []
        for at, head in enumerate(firsts):
            stop = firsts[at + 1].at if at + 1 < len(firsts) else len(words)
            heads.extend(Scanner(finder, head, stop).run())
        return [span for span in self._spans(words, heads, end) if span[2] > span[1]]

    def _firsts(self, finder: Finder, lead: Lead | None) -> list[Head]:
        """Return the heads that no other verb of the sentence governs."""
        subjects = finder.subjects()
        wants = lead.wants if lead is not None else FINITE
        if finder.words[0].lower == "to" and lead is None and not self.enacted:
            return subjects  # "To fulfil this vision, the leaders ..." opens with a purpose
        bare = finder.bare(wants, certain=self.enacted or (lead is not None and "base" in wants))
        if lead is not None and bare is None and not subjects:
            bare = self._object(finder, lead)
        if bare is None:
            return subjects
        return [bare]

    def _object(self, finder: Finder, lead: Lead) -> Head | None:
        """S4: an object of the verb before the colon, on a line of its own."""
        if lead.head is None or len(finder.words) < 2:
            return None
        verb = lead.head.verb
        return Head(0, 0, verb, "base", lead.head.group, lead.head.subject, lead.head.governor or verb, rule="S4")

    def _spans(self, words: list[Word], heads: list[Head], end: int) -> Iterator[tuple[Head, int, int]]:
        for at, head in enumerate(heads):
            start = words[head.at].start
            stop = words[heads[at + 1].at].start if at + 1 < len(heads) else end
            if head.cut is not None:
                stop = min(stop, words[head.cut].start)
            yield head, start, stop - len(_left_over(self.text[max(start, stop - _END) : stop], at + 1 < len(heads)))

    # What a colon hands down

    def _hand_down(
        self, provision: Provision, found: list[tuple[Head, int, int, Lead | None]], ranges: list[tuple[int, int]]
    ) -> list[tuple[Head, int, int, Lead | None]]:
        """Keep the words before a colon for the items below it, and take them off the catalogue."""
        words = self.text[provision.body : provision.end].rstrip()
        if provision.eid not in self.parents or not words.endswith(":"):
            return found
        last = ranges[-1] if ranges else (provision.body, provision.end)
        inside = [entry for entry in found if entry[1] >= last[0]]
        if not inside:
            self.leads[provision.eid] = Lead(None, None, FINITE | ING)
            return found
        head, start, end, lead = inside[-1]
        tail = words.rstrip(": \n")
        means = bool(re.search(r"\b(?:by|through|including|including by|including through|such as)$", tail))
        bare = self._is_bare(head, tail, start, end)
        kind = kind_of(head, self.text[start:end], lead.kind if lead else None)[0]
        wants = FINITE | ING if head.verb.act != "recognise" else BASE | ING
        self.leads[provision.eid] = Lead(head, kind, wants, means and not bare)
        return found if means and not bare else [entry for entry in found if entry is not inside[-1]]

    def _is_bare(self, head: Head, tail: str, start: int, end: int) -> bool:
        """Tell whether the words before the colon have no object of their own yet."""
        return len(self.text[start:end].split()) <= 3 + len(head.group) and bool(tail)

    # Commitments

    def _commitments(
        self, provision: Provision, found: Iterable[tuple[Head, int, int, Lead | None]]
    ) -> Iterator[Commitment]:
        root: Commitment | None = None
        for at, (head, start, end, lead) in enumerate(found):
            kind = lead.kind if lead else None
            if head.governor is not None and root is not None and head.governor.act in _ADDRESSING:
                kind = root.kind  # "requests X to A and to B": B is asked of X too
            commitment = self._commitment(provision, f"{provision.eid}__{_letter(at)}", head, (start, end), kind)
            if head.governor is None:
                root = commitment
            elif root is not None and head.governor.act in _ADDRESSING:
                commitment = replace(commitment, addressees=root.addressees)
            yield commitment

    def _commitment(
        self, provision: Provision, id: str, head: Head, span: tuple[int, int], inherited: CommitmentKind | None
    ) -> Commitment:
        start, end = span
        words = self.text[start:end]
        kind, kind_rule = kind_of(head, words, inherited)
        names, taken = instruments(self.text, self._past_verb(head, start, end), end, self.defined)
        due = deadline(self.text, start, end, taken)
        amount = quantity(self.text, start, end, taken)
        strong, strong_rule = strength(head, kind, names, due is not None)
        why = {"span": "S8", "split": head.rule, "kind": kind_rule, "strength": strong_rule}
        set_by = {"instruments": ("S10", names), "deadline": ("D1", due), "quantity": ("D1", amount)}
        why |= {name: rule for name, (rule, value) in set_by.items() if value}
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
            deadline=due,
            quantity=amount,
            missing=missing(words, strong, due, amount, (head.subject,)),
            actors=(head.subject,),
            addressees=addressees(head, words, kind),
            adjuncts=adjuncts(self.text, start, end),
            why=why,
        )

    def _past_verb(self, head: Head, start: int, end: int) -> int:
        """Return the offset after the first word when it is the verb: its capital begins a sentence and no name."""
        if head.rule == "S4" and head.verb_at == head.at and head.form == "base":
            return start
        first = re.match(r"[\w-]+\s*", self.text[start:end])
        return start + first.end() if first and first.end() < end - start else start


def _verb(head: Head) -> str:
    """Return the operative verb as the register shows it: ``promote; utilize``, ``continue to cooperate``."""
    if head.verb.act == "pass" and head.inner is not None:
        return f"{head.verb.lemma} to {head.inner.lemma}"
    return "; ".join(head.group)


def _letter(at: int) -> str:
    """Return a, b ... z, aa, ab ... for 0, 1 ... ."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = _LETTERS[rest] + letters
    return letters
