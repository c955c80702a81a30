"""Two people of one office wrote the same draft: join what only one of them changed, and ask about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followthrough.web.followup.answers import Answers


@dataclass(frozen=True, slots=True)
class Joined:
    """The outcome of joining two drafts that began as one.

    Attributes:
        answers: every answer on which they agree or that only one of them changed; where both did, the colleague's.
        differ: the names of the fields that both changed, each to something else.
        taken: the names of the fields that only the colleague changed.
    """

    answers: Answers
    differ: tuple[str, ...]
    taken: tuple[str, ...]


def join(base: Answers, theirs: Answers, mine: Answers, fields: Sequence[str]) -> Joined:
    """Return the drafts ``theirs``, which is saved, and ``mine``, both begun from ``base``, as one."""
    answers: Answers = {}
    differ, taken = [], []
    for name in fields:
        began, saved, typed = base.get(name), theirs.get(name), mine.get(name)
        if saved != typed and typed != began:  # noqa: PLR1714 - lists of words have no hash
            if saved != began:
                differ.append(name)
            else:
                saved = typed
        elif saved != typed:
            taken.append(name)
        if saved is not None:
            answers[name] = saved
    return Joined(answers, tuple(differ), tuple(taken))
