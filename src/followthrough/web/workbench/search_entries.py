"""Nothing is found of drafts: their events leave the index as it is."""

from __future__ import annotations

from followthrough.web.search.groups import ignore_events


def register() -> None:
    """Register what changes nothing that can be found."""
    ignore_events("draft.")
