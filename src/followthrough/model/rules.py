"""A published rule of method; the steps own their rules, and ``followthrough.rules`` gathers them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One published rule of method: what it says in plain words, and the function that follows it."""

    id: str
    version: int
    area: str
    title: str
    text: str
    implemented_by: str
