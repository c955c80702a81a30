"""The rules the software publishes and follows, gathered from the steps that own them."""

from __future__ import annotations

from followthrough.assess import funds, grading, implementation_stages, life, lineage, project_cycle, targets
from followthrough.assess import rules as rating
from followthrough.measure import rules as measuring
from followthrough.model.rules import Rule
from followthrough.read import rules as reading
from followthrough.register import machine_agreement
from followthrough.register import rules as cataloguing


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the pipeline: reading first, then the register.

    Raises ``ValueError`` when two steps publish the same id, which only a programming mistake can bring about.
    """
    assessing = (implementation_stages, grading, targets, funds, project_cycle, lineage, life)
    rules = (
        *reading.RULES,
        *cataloguing.RULES,
        *machine_agreement.RULES,
        *(rule for step in assessing for rule in step.RULES),
        *measuring.RULES,
        *rating.RULES,
    )
    ids = [rule.id for rule in rules]
    doubled = sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1})
    if doubled:
        raise ValueError(f"rule ids are published twice: {', '.join(doubled)}")
    return rules
