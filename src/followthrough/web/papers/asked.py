"""What is asked for: which paper of which agreement, of which part of it, on which day, for which kind of reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from followthrough.web.accounts.policy import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """What a paper is asked to be of.

    ``section`` is the reference of a section, ``since`` the day from which evidence is listed, ``cycle``, ``party`` and
    ``meeting`` are ids; all may be empty. A paper that is not ``internal`` holds what everybody may read, whoever asks.
    """

    document: str
    as_of: str
    today: str
    internal: bool = False
    section: str = ""
    since: str = ""
    cycle: str = ""
    party: str = ""
    meeting: str = ""

    @property
    def past(self) -> str:
        """The day, where it is not today's."""
        return self.as_of if self.as_of != self.today else ""

    def reader(self, by: Actor) -> Actor:
        """Return for whom it is read: who asks, or a stranger."""
        return by if self.internal else AnonymousUser()
