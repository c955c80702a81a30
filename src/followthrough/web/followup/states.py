"""How far an answer is, whose turn it is, and what the public sees of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Answering(StrEnum):
    """How far a party's report is. A draft has no state of its own: it belongs to its office until it is sent."""

    OPEN = "open"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PUBLISHED = "published"

    @property
    def label(self) -> StrPromise:
        """The state in words."""
        return _LABELS[self]


class Turn(StrEnum):
    """Who is to act."""

    PARTY = "party"
    SECRETARIAT = "secretariat"
    NOBODY = "nobody"


class Shown(StrEnum):
    """What the public sees of who has reported."""

    NOTHING = "nothing"
    NUMBER = "number"
    PARTIES = "parties"

    @property
    def label(self) -> StrPromise:
        """What is shown, in words."""
        return _SHOWN[self]


class Check(StrEnum):
    """What a party says of a record that names it; all but the first and the last are proposals about it."""

    RIGHT = "right"
    CORRECT = "correct"
    SOURCE = "source"
    NOT_OURS = "not_ours"
    MISSING = "missing"

    @property
    def label(self) -> StrPromise:
        """The answer in words."""
        return _CHECKS[self][0]

    @property
    def told(self) -> StrPromise:
        """How others tell it."""
        return _CHECKS[self][1]


RIGHT = Check.RIGHT
ACCEPTED, REFUSED = "accepted", "refused"
"""What the secretariat decided about a proposal."""
TURN = {
    Answering.OPEN: Turn.PARTY,
    Answering.SENT: Turn.SECRETARIAT,
    Answering.RETURNED: Turn.PARTY,
    Answering.ACCEPTED: Turn.NOBODY,
    Answering.PUBLISHED: Turn.NOBODY,
}
IN = frozenset({Answering.SENT, Answering.ACCEPTED, Answering.PUBLISHED})
"""The states in which the party has done what was asked of it."""

_LABELS = {
    Answering.OPEN: gettext_lazy("not sent"),
    Answering.SENT: gettext_lazy("reported, to review"),
    Answering.RETURNED: gettext_lazy("returned with a comment"),
    Answering.ACCEPTED: gettext_lazy("accepted"),
    Answering.PUBLISHED: gettext_lazy("accepted and published"),
}
_SHOWN = {
    Shown.NOTHING: gettext_lazy("nothing until the cycle closes"),
    Shown.NUMBER: gettext_lazy("how many reports are in, no party, until the cycle closes"),
    Shown.PARTIES: gettext_lazy("which party has reported on what"),
}
_CHECKS = {
    Check.RIGHT: (gettext_lazy("Right"), gettext_lazy("confirmed")),
    Check.CORRECT: (gettext_lazy("Correct it"), gettext_lazy("correction proposed")),
    Check.SOURCE: (gettext_lazy("Add a source"), gettext_lazy("source proposed")),
    Check.NOT_OURS: (gettext_lazy("Not ours"), gettext_lazy("said not to be theirs")),
    Check.MISSING: (gettext_lazy("Something is missing"), gettext_lazy("named as missing")),
}
