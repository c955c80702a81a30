"""What the scan of a sentence keeps: the state between two heads, and the joints where one may be coordinated."""

from __future__ import annotations

from dataclasses import dataclass

from followthrough.register.verbs import Form


@dataclass(slots=True)
class State:
    """What is open between the current head and the word in hand."""

    complement: Form | None = None
    governor_at: int | None = None
    inner_at: int | None = None
    purpose: bool = False
    gerund: bool = False
    relative: bool = False
    absorbed: bool = False


@dataclass(frozen=True, slots=True)
class Joint:
    """A place where something may be coordinated: ``begin`` is its first word, ``verb_at`` the first no adverb."""

    begin: int
    verb_at: int
    joined: bool
    comma: bool
    semicolon: bool
