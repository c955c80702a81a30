"""The life of a commitment: the first rule that holds decides."""

from __future__ import annotations

import pytest

from followthrough.assess.life import RULES, LifeFacts, LifeState, life

TODAY = "2026-11-29"
NEW = LifeFacts(newest="2026-01", begins="2019-11-26")


@pytest.mark.parametrize(
    ("facts", "state", "rule"),
    [
        (NEW, "active", "V6"),
        (LifeFacts(begins="2026-06"), "active", "V6"),
        (LifeFacts(), "active", "V6"),
        (LifeFacts(newest="2025-05-29"), "due_for_review", "V5"),
        (LifeFacts(newest="2025-05-30"), "active", "V6"),
        (LifeFacts(newest="2025"), "active", "V6"),  # it may be of December
        (LifeFacts(begins="2019-11-26"), "due_for_review", "V5"),
        (LifeFacts(newest="2026-01", deadline="2025"), "due_for_review", "V5"),
        (LifeFacts(newest="2026-01", deadline="2026"), "active", "V6"),
        (LifeFacts(newest="2026-01", deadline="as soon as possible"), "active", "V6"),
        (LifeFacts(newest="2026-01", period_end="2025"), "due_for_review", "V5"),
        (LifeFacts(newest="2026-01", period_end="2025", successor="Plan 2026"), "superseded", "V2"),
        (LifeFacts(newest="2026-01", period_end="2027", successor="Plan 2026"), "active", "V6"),
        (LifeFacts(newest="2026-01", edges={"b/1": "supersedes"}), "superseded", "V2"),
        (LifeFacts(newest="2026-01", edges={"b/1": "drops"}), "retired", "V3"),
        (LifeFacts(newest="2026-01", edges={"b/1": "continues"}), "active", "V6"),
        (LifeFacts(newest="2026-01", reports={"A": "output", "B": "outcome"}), "implemented", "V4"),
        (LifeFacts(newest="2019", reports={"A": "output", "B": "not_applicable"}), "implemented", "V4"),
        (LifeFacts(newest="2026-01", reports={"A": "output", "B": ""}), "active", "V6"),
        (LifeFacts(newest="2026-01", reports={"A": "output", "B": "under_way"}), "active", "V6"),
        (LifeFacts(newest="2026-01", reports={"A": "not_applicable"}), "active", "V6"),
        (LifeFacts(decided=LifeState.ACTIVE, edges={"b/1": "drops"}), "active", "V1"),
    ],
)
def test_the_first_rule_that_holds_decides(facts: LifeFacts, state: str, rule: str) -> None:
    found = life(facts, TODAY)
    assert (found.state.value, found.rule) == (state, rule)


def test_every_rule_that_decides_is_published() -> None:
    assert [one.id for one in RULES] == ["V1", "V2", "V3", "V4", "V5", "V6"]
