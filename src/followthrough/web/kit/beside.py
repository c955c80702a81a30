"""What one app says beside the records of another that stands below it: registered, so that none imports upwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Beside = Callable[[str, str, Any], SafeString]
Facts = Callable[[str, str, Any], dict[str, Any]]
_PARTS: list[Beside] = []
_FACTS: list[Facts] = []


def register_beside(part: Beside) -> None:
    """Register a part: it is given the kind and the id of a record and who reads its page, and returns markup."""
    _PARTS.append(part)


def register_facts(facts: Facts) -> None:
    """Register what the JSON of a record says of the same: given the same, it returns values by name."""
    _FACTS.append(facts)


def facts_beside(kind: str, key: str, by: Any) -> dict[str, Any]:
    """Return what the JSON of a record says beside its own values, for somebody who may read it."""
    return {name: value for facts in _FACTS for name, value in facts(kind, key, by).items()}


def parts_beside(kind: str, key: str, by: Any) -> SafeString:
    """Return what stands beside a record for somebody who may read it."""
    return mark_safe("".join(part(kind, key, by) for part in _PARTS))  # noqa: S308 - each part is markup already
