"""What the walk through a sentence knows at a token, and what may follow from it. None of these values changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from followthrough.register.heads import Head
from followthrough.register.sentences import Sentence
from followthrough.register.verbs import ING, Form, Verb
from followthrough.register.word_lists import word_set

_NOT_INFINITIVES = word_set("coordination", "not_infinitives")

Role = Literal["main", "governed", "means", "purpose", "participle", "relative", "content"]
"""What a verb phrase is for: the undertaking itself, what it governs, or an adjunct of it."""
ROWS: frozenset[Role] = frozenset({"main", "governed"})
"""A verb that continues one of these is an undertaking of its own; one that continues an adjunct stays inside (S5)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb phrase that is open: a verb further on may be coordinated with its own.

    Attributes:
        role: what it is for.
        form: the form in which its verbs are printed; ``None`` where that cannot be told.
        marked: whether "to" stands before its infinitive.
        modal: whether a modal stands before its verb: "which will".
        listed: whether a comma has made a list of its verbs.
        explicit: whether "in order to", "so as to" or the like opens it.
        repeats: whether only another "to" goes on with it: "explore options to A, and to B".
        at: the token of its verb, where that is needed.
        ended: whether a conjunction has brought the last of its verbs.
    """

    role: Role
    form: Form | None
    marked: bool = False
    modal: bool = False
    listed: bool = False
    explicit: bool = False
    repeats: bool = False
    at: int = 0
    ended: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What is open between the current head and the token in hand.

    Attributes:
        clauses: the open clauses, outermost first; the first is the undertaking's own.
        governor_at: the token of a noun that may govern verbs: "efforts".
    """

    clauses: tuple[Clause, ...]
    governor_at: int | None = None

    @property
    def innermost(self) -> Clause:
        """The clause opened last."""
        return self.clauses[-1]

    @property
    def governed(self) -> Clause | None:
        """The innermost clause of governed verbs, whatever is open inside it."""
        for clause in reversed(self.clauses):
            if clause.role == "governed":
                return clause
        return None

    @property
    def adjunct(self) -> bool:
        """Whether a means, purpose, participle or relative clause is open."""
        return self.innermost.role not in ROWS

    def opening(self, clause: Clause) -> State:
        """Return the state inside a further clause."""
        return State((*self.clauses, clause))

    def back_to(self, at: int) -> tuple[Clause, ...]:
        """Return the clauses up to the one at index ``at``: what was open inside it is closed."""
        return self.clauses[: at + 1]


@dataclass(frozen=True, slots=True)
class Junction:
    """A place where something may be coordinated.

    Attributes:
        at: its first token after the conjunction.
        begin: its first token after any phrase between commas, too.
        verb_at: the first token from there on that is no adverb.
        joined: whether a conjunction precedes it.
        comma, semicolon: whether that punctuation does.
    """

    at: int
    begin: int
    verb_at: int
    joined: bool
    comma: bool
    semicolon: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule of coordination may look at.

    Attributes:
        sentence: the tokens and their readings.
        stop: the token before which the walk ends.
        root: the head from which the walk began.
        head: the last head found.
        state: what is open since that head.
    """

    sentence: Sentence
    stop: int
    root: Head
    head: Head
    state: State

    def word(self, at: int) -> str:
        """Return token ``at`` in lower case."""
        return self.sentence.tokens[at].lower

    def read(self, at: int, wanted: frozenset[Form]) -> tuple[Form, Verb] | None:
        """Return the reading of token ``at`` as a verb in a ``wanted`` form, if it precedes ``stop``."""
        return self.sentence.read(at, wanted) if at < self.stop else None

    def is_verb(self, at: int, wanted: frozenset[Form], certain: bool = False) -> bool:
        """Tell whether a verb in a ``wanted`` form is at ``at``, adverbs apart.

        Where it is ``certain`` that a verb belongs there, any word is one that opens no noun phrase.
        """
        at = self.sentence.skip_adverbs(at) if at < self.stop else at
        if at >= self.stop:
            return False
        word = self.word(at)
        unlisted = certain and word.replace("-", "").isalpha() and word not in _NOT_INFINITIVES
        return self.sentence.read(at, wanted) is not None or unlisted

    def is_infinitive(self, at: int) -> bool:
        """Tell whether a verb in its base form is at ``at``, adverbs apart, be it in the lexicon or not."""
        at = self.sentence.skip_adverbs(at) if at < self.stop else at
        return at < self.stop and self.sentence.is_infinitive(at)

    def is_gerund(self, at: int) -> bool:
        """Tell whether a gerund is at ``at``, adverbs apart, be it in the lexicon or not."""
        at = self.sentence.skip_adverbs(at) if at < self.stop else at
        return at < self.stop and (self.is_verb(at, ING) or self.sentence.is_open_verb(at, "ing"))


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from a token or a junction.

    Attributes:
        state: the state from here on, where it changes; after ``begins``, what is open inside the new undertaking.
        head: what the current head becomes, where it changes.
        begins: the head of an undertaking of its own.
        resume: the token from which the walk goes on, where words are passed over.
        final: whether no other rule is asked about the junction.
    """

    state: State | None = None
    head: Head | None = None
    begins: Head | None = None
    resume: int | None = None
    final: bool = False
