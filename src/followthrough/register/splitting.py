"""The candidates of a provision: its heads with their spans, and what the words before a colon hand down (S1, S4, S8).

What is coordinated inside a sentence is decided in ``coordination``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from followthrough.model.document import Provision
from followthrough.model.vocabulary import CommitmentKind
from followthrough.register.addressees import addressees
from followthrough.register.coordination import coordinated
from followthrough.register.heads import Head
from followthrough.register.introductions import introduced
from followthrough.register.kinds import kind
from followthrough.register.passives import asked_in_passive, done_in_future
from followthrough.register.planned import after_number, cells, is_in_force
from followthrough.register.predicates import (
    act_as_noun,
    bare_head,
    heads_after_subjects,
    is_caption,
    is_title,
    is_verbless,
)
from followthrough.register.sentences import Sentence
from followthrough.register.spans import Span
from followthrough.register.statements import is_headline, opens_item, said_in_plan, tells
from followthrough.register.subjects import named_alone
from followthrough.register.tokens import NUMBERED, Token, sentence_ranges, tokenize, without_numbers
from followthrough.register.verbs import BASE, FINITE, ING, PAST, Form
from followthrough.register.word_lists import alternation, word_set

_TAIL = re.compile(
    r"(?<![\s,;:.!?*–—-])(?:[\s,;:.!?*–—-]|\b(?:and|or|as well as|while|but)(?=\s*$)|(?<=[\s,;])\d{1,3}(?=$))+$"
)
_NUMBERED_PART = re.compile(rf"\b(?i:{alternation('splitting', 'numbered_parts')}) \d{{1,3}}(?=[\s,;:.]|$)")
"""What is named by its number, "Article 6", which is none of a note."""
_MARKS = " \n,;:.!?*–—-"
_LAST_WORDS = ("and", "or", "as well as", "while", "but")
_ASIDE = re.compile(
    r"(?:(?<![\s,;])[\s,;]*+\b(?:and|or)\b[\s,;]*+|(?<!\s)\s*+[,;]\s*+)"
    rf"{alternation('splitting', 'asides')}[\s,]*$"
)
"""What stands between a conjunction and the next undertaking, which begins at its verb."""
_DANGLING = re.compile(
    rf"(?<![\s,])[\s,]*\b{alternation('splitting', 'dangling_before_a_list')}?\s*:\s*$", re.IGNORECASE
)
_ENDS_IN_THAT = re.compile(r"\bthat[\s,:–—-]*$")
_NUMBER = re.compile(r"(?<!\w)\(?\w{1,4}\)\s*$")
"""The number of the next item of a list that runs on in its sentence."""
_CONNECTING = re.compile(
    r"(?<![\s,;])[\s,;]*\b(?:and|or|nor|but|as well as|while|the|to|we|they)*"
    r"[\s,;]*(?:\b(?:to|the|we|they|while)\b\s*)?$"
)
_MEANS = re.compile(rf"\b{alternation('splitting', 'means_before_a_list')}$")
_INTRODUCING = word_set("sentences", "not_gerunds")
_TOLD = frozenset({"recognise", "call", "encourage"})
_END = 120
"""Characters at the end of a span in which something may dangle."""
_INTRODUCTION = 80
"""Characters before the first undertaking of a sentence that may date it."""
_CAPTION = re.compile(r"\s*(?:Figure|Fig|Table|Photo|Map|Chart|Image|Box)\.?\s*\d+\s*[.:–—]")
_HEADING = re.compile(
    r"\s*(?:Chapter|Section|Part|Title|Annex|Appendix|Item|Agenda item)\s+(?:[IVXLC]+|\d+|[A-Z])[.:]?"
    r"\s[^.;]*[^.;,:\s]\s*$"
)
"""A heading with its number, which no full stop ends."""
_PREAMBULAR = re.compile(rf"\W*(?:[A-Z][a-z]+ly\s+)?(?:[A-Z]?[a-z]+ly\s+)?{alternation('splitting', 'preambular')}\b")
"""The opening of a paragraph of a preamble, which a comma ends (S7)."""
_DATED_BACK = re.compile(rf"(?:[\w’'-]+,?\s){{0,6}}?{alternation('splitting', 'past_times')}\b", re.I)
"""The opening of a sentence that tells of a time that is past: what follows in the past tells of it too (S7)."""
_LONGEST_PART = 12
"""Letters of a word that a number names, and blank."""
_BARE = 3
"""Words beside its verbs with which an introduction still has no object of its own."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words before a colon hand down to the items below.

    Attributes:
        head: the verb that governs them.
        kind: its kind of commitment.
        wants: the forms in which an item's own verb may be printed.
        addressees: who is asked.
        means: whether the items are means of one undertaking and none of their own.
        clauses: whether the items are clauses of what is decided: "resolves that:".
        subject: who undertakes what the items say, where nothing but a name stands before the colon.
    """

    head: Head | None
    kind: CommitmentKind | None
    wants: frozenset[Form]
    means: bool = False
    addressees: tuple[str, ...] = ()
    clauses: bool = False
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An undertaking that was found: its head, its half-open range in code points, and what it inherits.

    Attributes:
        told: whether "we" tell in the past what was said, or speak in the present; ``None`` for any other undertaking.
        before: the range of what stands in its sentence before the first undertaking, a date perhaps.
    """

    head: Head
    start: int
    end: int
    lead: Lead | None = None
    told: bool | None = None
    before: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits the provisions of one text.

    Attributes:
        text: the document's text.
        enacted: whether an enacting formula precedes the provisions, so that each opens with its verb.
        planned: whether it is a plan of one government, in which what will be done is undertaken, whoever does it.
    """

    text: str
    enacted: bool
    planned: bool = False

    def candidates(self, provision: Provision, lead: Lead | None) -> list[Candidate]:
        """Return the candidates of a provision in the order of the text; ``lead`` governs its first sentence."""
        found: list[Candidate] = []
        words = self.text[provision.body : provision.end]
        preamble = lead is None and words.rstrip().endswith(",") and _PREAMBULAR.match(words)
        if preamble or _CAPTION.match(words) or _HEADING.match(words):
            return []
        told = False
        for at, (start, end) in enumerate(self._ranges(provision)):
            new = self._of_sentence(start, end, lead if at == 0 else None)
            dated_back = not new and _DATED_BACK.match(self.text, start, end) is not None
            told = dated_back or (told and all(one.head.form == "past" for one in new))
            found += [] if told else new
        return found

    def _ranges(self, provision: Provision) -> list[Span]:
        """Return the sentences of a provision, or the cells of a row of a table."""
        start, end = provision.body, provision.end
        if not self.planned:
            return sentence_ranges(self.text, start, end)
        start = after_number(self.text, start, end)
        found = [
            one
            for low, high in cells(self.text, start, end) or [(start, end)]
            for one in sentence_ranges(self.text, low, high)
        ]
        return [(low, high) for low, high in found if not is_in_force(self.text, low, high, provision.body)]

    def _of_sentence(self, start: int, end: int, lead: Lead | None) -> list[Candidate]:
        tokens = without_numbers(tokenize(self.text, start, end))
        if not tokens:
            return []
        sentence = Sentence(self.text, tokens)
        roots = self._roots(sentence, lead)
        heads: list[Head] = []
        for at, root in enumerate(roots):
            stop = _opening(roots[at + 1]) if at + 1 < len(roots) else len(tokens)
            heads += coordinated(sentence, root, stop)
        spans = zip(heads, self._spans(tokens, heads, end), strict=True)
        kept = [(head, span) for head, span in spans if head.verb.speech_act != "none" or head.governor is not None]
        first = tokens[_opening(heads[0])].start if heads else start
        before = (start, first) if first - start <= _INTRODUCTION else (start, start)
        if self.planned and lead is None:
            kept = [one for one in kept if one[0].rule != "S4"]  # the next column, and no object
        return [
            Candidate(head, low, high, lead, _told(sentence, head), before) for head, (low, high) in kept if high > low
        ]

    def _roots(self, sentence: Sentence, lead: Lead | None) -> list[Head]:
        """Return the heads that no other verb of the sentence governs."""
        if is_caption(sentence):
            return []
        after_subjects = self._after_subjects(sentence)
        wants = lead.wants if lead is not None else FINITE
        if lead is not None and lead.head is None and not self.enacted:
            wants = wants - {"third"}  # "The law: - Creates a fund" tells what a thing does
        if sentence.tokens[0].lower == "to" and lead is None and not self.enacted:
            return after_subjects  # "To fulfil this vision, the leaders ..." opens with a purpose
        bare = bare_head(sentence, wants, certain=self.enacted or (lead is not None and "base" in wants))
        bare = self._of_item(sentence, bare, lead) if bare is not None else None
        if bare is not None and after_subjects and _names_subject(sentence, bare, after_subjects[0]):
            return after_subjects
        if bare is not None and not self.enacted and is_title(sentence, bare.form):
            return [head for head in after_subjects if head.start > 0]
        if bare is None and not after_subjects:
            after_subjects = asked_in_passive(sentence, planned=self.planned)
        if bare is None and not after_subjects:
            bare = introduced(sentence) or _of_plan(sentence) or _listed_object(sentence, lead)
        return after_subjects if bare is None else [bare]

    def _after_subjects(self, sentence: Sentence) -> list[Head]:
        """Return the heads that have a subject of their own, whoever or whatever that is."""
        heads = heads_after_subjects(sentence)
        return done_in_future(sentence, said_in_plan(heads) if self.planned else heads, planned=self.planned)

    def _of_item(self, sentence: Sentence, bare: Head, lead: Lead | None) -> Head | None:
        """Return the verb that opens an item, with the subject that is handed down, unless it is none there."""
        if self.planned and not opens_item(sentence, bare):
            return None
        if lead is None or lead.subject is None:
            return bare
        return replace(bare, subject=lead.subject) if bare.form != "past" or bare.verb.is_said else None

    def _spans(self, tokens: Sequence[Token], heads: Sequence[Head], end: int) -> Iterator[Span]:
        """Yield the range of each head, up to the next one or to ``end``, without what dangles at its end (S8)."""
        for at, head in enumerate(heads):
            another = at + 1 < len(heads)
            start = tokens[head.start].start
            stop = tokens[_opening(heads[at + 1])].start if another else end
            if head.end_before is not None:
                stop = min(stop, tokens[head.end_before].start)
            opening = _opening(heads[at + 1]) if another else 0
            numbered = any(NUMBERED in token.gap for token in tokens[max(0, opening - 2) : opening + 1])
            yield start, stop - len(_left_over(self.text[max(start, stop - _END) : stop], another, numbered))

    def above(self, first: Provision) -> Lead | None:
        """Return what the line before the first item of a text hands down, where it is in no provision."""
        before = self.text[: first.start].rstrip()
        start = before.rfind("\n\n") + 1
        found = [
            one
            for low, high in sentence_ranges(self.text, start, len(before))
            for one in self._of_sentence(low, high, None)
        ]
        return self._handed(start, len(before), found)[0]

    def hand_down(self, provision: Provision, found: list[Candidate]) -> tuple[Lead | None, list[Candidate]]:
        """Return what a provision that ends in a colon hands down to its items, and the candidates that remain.

        The words before the colon are no commitment, unless the items are only its means. The lead is ``None`` where
        no colon ends the provision.
        """
        return self._handed(provision.body, provision.end, found)

    def _handed(self, start: int, end: int, found: list[Candidate]) -> tuple[Lead | None, list[Candidate]]:
        words = self.text[start:end].rstrip()
        ranges = sentence_ranges(self.text, start, end)
        last_sentence = ranges[-1][0] if ranges else start
        colon = words.endswith(":")
        if not found or found[-1].start < last_sentence:
            return self._named(last_sentence, end) if colon else None, found
        last = found[-1]
        clauses = _ENDS_IN_THAT.search(words) is not None
        if not (colon or clauses or last.head.bare):
            return None, found
        quotation = self.text[last.start : last.end]
        means = bool(_MEANS.search(words.rstrip(": \n"))) and len(quotation.split()) > _BARE + len(last.head.group)
        governed = kind(last.head, quotation, last.lead.kind if last.lead else None)[0]
        asked = addressees(last.head, quotation, governed)
        wants = FINITE | ING if last.head.verb.speech_act != "recognise" else BASE | ING
        return Lead(last.head, governed, wants, means, asked, clauses), found if means else found[:-1]

    def _named(self, start: int, end: int) -> Lead:
        """Return what is handed down where no verb governs the items, and a name may stand before the colon."""
        tokens = tokenize(self.text, start, end)
        subject = named_alone(Sentence(self.text, tokens)) if tokens else None
        return Lead(None, None, FINITE | ING if subject is None else FINITE | ING | PAST, subject=subject)


def _of_plan(sentence: Sentence) -> Head | None:
    """S12: an item of a plan without a predicate: "Identifying gaps in coverage", "Launch of a desk"."""
    if not is_verbless(sentence):
        return None
    noun = act_as_noun(sentence, 0)
    gerund = bare_head(sentence, ING, certain=False)
    if sentence.tokens[0].lower in _INTRODUCING or tells(sentence, 0) or is_headline(sentence):
        return noun
    if gerund is not None and is_title(sentence, gerund.form):
        return noun
    if gerund is not None and _is_named(sentence):
        return noun
    if noun is not None or gerund is None or gerund.verb.speech_act in {"recognise", "control"}:
        return noun
    return gerund if sentence.has_object(gerund.verb_at, len(sentence)) else None


def _is_named(sentence: Sentence) -> bool:
    """Tell whether a colon parts a title from what it is of: "Strengthening health: report of the chairs" (S7)."""
    gaps = [token.gap for token in sentence.tokens]
    colon = next((at for at, gap in enumerate(gaps) if at and gap.startswith(":")), None)
    dated = colon is not None and sentence.tokens[colon].text[0].isdigit()  # "Retiring the mainframe: 2027 to 2029"
    return colon is not None and not dated and not any(";" in gap for gap in gaps)


def _names_subject(sentence: Sentence, bare: Head, head: Head) -> bool:
    """Tell whether what could be a bare verb is a noun in the subject of ``head``: "Transport ministers will"."""
    return bare.verb.noun and head.subject_at == 0 and sentence.is_modal(head.start)


def _opening(head: Head) -> int:
    """Return the token at which the clause of a head begins, its subject included."""
    return head.start if head.subject_at is None else head.subject_at


def _told(sentence: Sentence, head: Head) -> bool | None:
    """Tell whether "we" said it then or say it now (S7)."""
    if head.governor is not None or head.subject_at is None or sentence.tokens[head.subject_at].lower != "we":
        return None
    return head.form == "past" and head.verb.speech_act in _TOLD


def _listed_object(sentence: Sentence, lead: Lead | None) -> Head | None:
    """S4: an object of the verb before the colon, on a line of its own."""
    if lead is None or lead.head is None or len(sentence) < 2:
        return None
    if not lead.clauses and sentence.tokens[0].lower != "that" and not is_verbless(sentence):
        return None
    above = lead.head
    return Head(0, 0, above.verb, "base", above.group, above.subject, above.governor or above.verb, rule="S4")


def _left_over(end: str, another: bool, numbered: bool) -> str:
    """Return what dangles at the end of a span and is no part of it.

    ``another`` undertaking may follow at once, and may be ``numbered``.
    """
    kept = end
    if another:
        kept = _CONNECTING.sub("", _ASIDE.sub("", kept))
        kept = _CONNECTING.sub("", _NUMBER.sub("", kept)) if numbered else kept
    if kept.rstrip().endswith(":"):
        kept = _DANGLING.sub("", kept)
    return end[len(_without_tail(kept)) :]


def _without_tail(kept: str) -> str:
    """Return ``kept`` without the marks, conjunctions and note numbers at its end; mostly these are marks alone."""
    bare = kept.rstrip(_MARKS)
    if bare and bare[-1].isalpha() and not bare.endswith(_LAST_WORDS):
        return bare
    found = _TAIL.search(kept)
    if found is None:
        return kept
    named = _NUMBERED_PART.search(kept, max(0, found.start() - _LONGEST_PART))
    return kept[: named.end()] if named is not None and named.end() > found.start() else kept[: found.start()]
