"""Why a form was not saved: what was typed is wrong, is here already, or somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError


class InvalidEntry(ValidationError):
    """An entry that cannot be saved; nothing was.

    Attributes:
        problems: what is wrong, by the name of the field.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(dict(problems))

    def __str__(self) -> str:
        return "; ".join(self.problems.values())


class PossibleDuplicate(Exception):
    """The record may be in the register already; sent again with ``anyway`` it is saved.

    Attributes:
        like: a sentence for each record that is alike.
    """

    def __init__(self, like: Sequence[str]) -> None:
        self.like = list(like)
        super().__init__("; ".join(self.like))


class EditConflict(Exception):
    """Somebody changed the record since the page was opened; nothing of this person's was saved.

    Attributes:
        stored: what is on record now, as pairs of a label and a value.
        by: who changed it last, where known.
        at: when they did, where known.
        lost: what was typed and not saved, one line for each record; empty where the form itself repeats it.
    """

    def __init__(
        self,
        message: str,
        *,
        stored: Sequence[tuple[str, str]] = (),
        by: str = "",
        at: datetime | None = None,
        lost: Sequence[str] = (),
    ) -> None:
        self.stored = list(stored)
        self.by = by
        self.at = at
        self.lost = list(lost)
        super().__init__(message)

    @property
    def says(self) -> str:
        """Return the message with a capital letter."""
        return str(self)[:1].upper() + str(self)[1:]
