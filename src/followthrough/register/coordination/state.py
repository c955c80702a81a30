"""What the walk through a sentence knows at a token, and what may follow from it. None of these values changes."""

from __future__ import annotations

from dataclasses import dataclass

from followthrough.register.heads import Head
from followthrough.register.sentences import Sentence
from followthrough.register.verbs import Form, Verb
from followthrough.register.word_lists import word_set

_NOT_INFINITIVES = word_set("coordination", "not_infinitives")


@dataclass(frozen=True, slots=True)
class State:
    """What is open between the current head and the token in hand.

    Attributes:
        complement: the form of the verbs that the head governs: "base" after "agree to", "ing" after "importance of".
        governor_at: the token of a noun that may govern such verbs: "efforts".
        inner_at: the token of the last verb so governed.
        purpose, gerund, relative: a clause of that kind is open.
        absorbed: a list of verbs inside such a clause has taken up the verb before.
    """

    complement: Form | None = None
    governor_at: int | None = None
    inner_at: int | None = None
    purpose: bool = False
    gerund: bool = False
    relative: bool = False
    absorbed: bool = False


@dataclass(frozen=True, slots=True)
class Junction:
    """A place where something may be coordinated.

    Attributes:
        begin: its first token after the conjunction and any phrase between commas.
        verb_at: the first token from there on that is no adverb.
        joined: whether a conjunction precedes it.
        comma, semicolon: whether that punctuation does.
    """

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
        unlisted = certain and word.isalpha() and word not in _NOT_INFINITIVES
        return self.sentence.read(at, wanted) is not None or unlisted


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from a token or a junction.

    Attributes:
        state: the state from here on, where it changes.
        head: what the current head becomes, where it changes.
        begins: the head of an undertaking of its own.
        complement: the form of verbs that ``begins`` is governed with.
        final: whether no other rule is asked about the junction.
    """

    state: State | None = None
    head: Head | None = None
    begins: Head | None = None
    complement: Form | None = None
    final: bool = False
