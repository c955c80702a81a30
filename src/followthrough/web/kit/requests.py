"""Reading requests: whole numbers that were sent, and which views take files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

LONGEST_NUMBER = 18
"""Digits of the largest whole number that is read: any of them fits a database column of 64 bits."""


def whole_number(text: str, longest: int = LONGEST_NUMBER) -> int | None:
    """Return the whole number that ``text`` writes in ASCII digits, at most ``longest`` of them; else nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None


def takes_files(limit: int) -> Callable[[View], View]:
    """Mark a view that takes files of up to ``limit`` bytes from people who are signed in."""

    def mark(view: View) -> View:
        view.takes_files = limit  # type: ignore[attr-defined]
        return view

    return mark


def file_limit(view: Callable[..., Any]) -> int:
    """Return how many bytes the files sent to a view may have; 0 where it takes none."""
    return int(getattr(view, "takes_files", 0))
