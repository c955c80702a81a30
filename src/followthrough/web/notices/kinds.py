"""The kinds of notices, which of them a person may switch off, and how far a notice is on its way."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class NoticeKind(StrEnum):
    """What a notice is about; its letter is the template ``notices/<kind>.txt``."""

    INVITED = "invited"
    ASKED = "asked"
    BEFORE_DUE = "before_due"
    DUE = "due"
    OVERDUE = "overdue"
    NUDGED = "nudged"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DIGEST = "digest"
    CONFIRM = "confirm"
    COMMENTED = "commented"
    LINK = "link"
    ACCOUNT = "account"
    ANSWERED = "answered"

    @property
    def label(self) -> StrPromise:
        """What it is about, in words."""
        return _LABELS[self]


class Way(StrEnum):
    """How far a notice is on its way.

    ``HANDING`` is the moment in which a mail server takes a letter; one whose sender died in it is ``UNSETTLED``,
    since nobody here can know whether it was taken. ``HELD`` has no letter: its reason stands beside it.
    """

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDING = "handing"
    SENT = "sent"
    UNSETTLED = "unsettled"
    FAILED = "failed"
    HELD = "held"

    @property
    def label(self) -> StrPromise:
        """The state in words."""
        return _WAYS[self]


SWITCHABLE = (NoticeKind.BEFORE_DUE, NoticeKind.DUE, NoticeKind.ACCEPTED, NoticeKind.COMMENTED, NoticeKind.DIGEST)
"""What a person may do without: all else is about duties of their own."""
TROUBLE = (Way.FAILED, Way.UNSETTLED)
"""The states in which somebody has to do something."""

_LABELS = {
    NoticeKind.INVITED: gettext_lazy("you are invited to an account"),
    NoticeKind.ASKED: gettext_lazy("a reporting cycle asks your party"),
    NoticeKind.BEFORE_DUE: gettext_lazy("reports are due in seven days"),
    NoticeKind.DUE: gettext_lazy("reports are due today"),
    NoticeKind.OVERDUE: gettext_lazy("reports are overdue"),
    NoticeKind.NUDGED: gettext_lazy("the secretariat reminds your party"),
    NoticeKind.RETURNED: gettext_lazy("a report was returned with a comment"),
    NoticeKind.ACCEPTED: gettext_lazy("a report was accepted"),
    NoticeKind.CONFIRM: gettext_lazy("your party is asked to check its record, by a signed link"),
    NoticeKind.COMMENTED: gettext_lazy("a comment was written on a report of your party, or in a cycle that you run"),
    NoticeKind.LINK: gettext_lazy("a link to set a password was asked for"),
    NoticeKind.ACCOUNT: gettext_lazy("something was done to your account"),
    NoticeKind.ANSWERED: gettext_lazy("your suggestion was answered"),
    NoticeKind.DIGEST: gettext_lazy("what happened yesterday in a cycle that you run"),
}
_WAYS = {
    Way.WAITING: gettext_lazy("waits to be sent"),
    Way.CLAIMED: gettext_lazy("is being sent"),
    Way.HANDING: gettext_lazy("is being sent"),
    Way.SENT: gettext_lazy("sent"),
    Way.UNSETTLED: gettext_lazy("not known whether it was sent"),
    Way.FAILED: gettext_lazy("refused"),
    Way.HELD: gettext_lazy("not sent by mail"),
}
