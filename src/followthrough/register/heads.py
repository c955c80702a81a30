"""The head of an undertaking: its operative verb, and what that verb governs and is governed by."""

from __future__ import annotations

from dataclasses import dataclass, replace

from followthrough.register.verbs import Form, Verb

SIGNATORIES = "the signatories"
"""Who undertakes where the text says "we", or names nobody."""


@dataclass(frozen=True, slots=True)
class Head:
    """The operative verb of an undertaking, with its place in a sentence; places are indexes of tokens.

    Attributes:
        start: where the undertaking begins, adverbs and modality included.
        verb_at: where the verb is.
        verb: its entry in the lexicon.
        form: in which form it is printed.
        group: the lemmas of the verbs that share its object (S2), its own first.
        subject: who undertakes, as printed, or ``SIGNATORIES``.
        governor: the verb above it: "agree" in "agree to A x and to B y" governs B.
        inner: the verb below it: "agree to promote" has "promote".
        end_before: where the undertaking ends before the next head or the end of the sentence (S7, S8).
        subject_at: where its subject is printed, if it is.
        modal: whether "will" or "shall" stands before it, or before the verb that it is coordinated with.
        rule: the split rule by which it was found.
        bare: whether nothing follows it that it could be done to: "The Council decides", above a list.
    """

    start: int
    verb_at: int
    verb: Verb
    form: Form
    group: tuple[str, ...]
    subject: str = SIGNATORIES
    governor: Verb | None = None
    inner: Verb | None = None
    end_before: int | None = None
    subject_at: int | None = None
    modal: bool = False
    rule: str = "S1"
    bare: bool = False

    def at_subject(self, at: int) -> Head:
        """Return the head with the place of its subject."""
        return replace(self, subject_at=at)
