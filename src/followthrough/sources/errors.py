"""What can go wrong between a series query and its observations."""

from __future__ import annotations

from followthrough.errors import FollowthroughError


class SourceFailed(FollowthroughError):
    """A provider gave no usable response: which one, what happened, and what to do about it."""

    def __init__(self, who: str, what: str, do: str = "") -> None:
        super().__init__(f"{who}: {what}{f': {do}' if do else ''}")
        self.what, self.do = what, do


class Missing(SourceFailed):
    """The provider, or the folder of local responses, has no series with this code."""


class Unreachable(SourceFailed):
    """The provider did not respond to any attempt."""
