"""Identifiers of provisions in the manner of Akoma Ntoso, unique in a document."""

from __future__ import annotations

import re
from collections import Counter


class EidGenerator:
    """Gives each provision its eId: ``sec_4``, ``sec_4__para_4-3``, ``sec_4__para_4-3__item_a``, ``preamble__p_1``."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._ordinals: Counter[tuple[str, str]] = Counter()
        self._again: Counter[str] = Counter()

    def give(self, prefix: str, parent: str | None, num: str | None) -> str:
        """Return a new eId of element ``prefix`` below ``parent``; without ``num`` it counts within its parent."""
        base = f"{parent}__{prefix}" if parent else prefix
        self._ordinals[(parent or "", prefix)] += 1
        label = re.sub(r"[^0-9A-Za-z]+", "-", num or "").strip("-").lower()
        label = label or str(self._ordinals[(parent or "", prefix)])
        eid = name = f"{base}_{label}"
        while eid in self._given:  # the counter makes this one step, but for a number that looks like a repetition
            self._again[name] += 1
            eid = f"{name}-{self._again[name] + 1}"
        self._given.add(eid)
        return eid
