"""What can be found of indicators and targets."""

from __future__ import annotations

from collections.abc import Iterator

from followthrough.web.indicators.models import Indicator, Target
from followthrough.web.kit.addresses import address
from followthrough.web.kit.wording import day
from followthrough.web.links.search_entries import home_documents
from followthrough.web.search.entries import entry, some
from followthrough.web.search.groups import Group, Some, register_group
from followthrough.web.search.models import Entry

TARGETS = Group(6, "Targets", record="target", weight=3)
INDICATORS = Group(10, "Indicators", record="indicator", own_page=True, weight=1)


def targets(ids: Some = None) -> Iterator[Entry]:
    """Return the targets that are tied to something."""
    homes = home_documents("target", ids)
    rows = some(Target.objects.filter(withdrawn="").order_by("announced", "id"), ids).values_list(
        "id", "statement", "due", "announced"
    )
    for key, statement, due, announced in rows.iterator():
        if document := homes.get(key, ""):
            about = ", ".join(part for part in (announced and f"announced {day(announced)}", due and f"due {day(due)}"))
            link = address("targets", document) + f"?q={key}#all"
            yield entry(TARGETS, key, document, f"{statement} {about}", link=link, name=statement, about=about)


def indicators(ids: Some = None) -> Iterator[Entry]:
    """Return the indicators that stand around something."""
    homes = home_documents("indicator", ids)
    rows = some(Indicator.objects.order_by("title"), ids).values_list("id", "title", "definition", "unit", "direction")
    for key, title, definition, unit, direction in rows.iterator():
        if document := homes.get(key, ""):
            about = ", ".join(part for part in (unit, "context" if direction == "context" else "") if part)
            yield entry(
                INDICATORS, key, document, f"{title} {definition}", link=address("indicator", key), name=title,
                says=definition, about=about,
            )  # fmt: skip


def register() -> None:
    """Register what can be found: called once all models are loaded."""
    register_group(TARGETS, targets)
    register_group(INDICATORS, indicators)
