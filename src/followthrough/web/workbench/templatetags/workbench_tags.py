"""Filters that link an error to its field on the workbench; settings.py registers them as builtins."""

from __future__ import annotations

from django import template

from followthrough.web.workbench.actions.drafts import LABELS, BadEdit

register = template.Library()

_ANCHORS = {"reason": "why", "at": "at"}


@register.filter
def bad_anchor(bad: BadEdit) -> str:
    """Return the id of the field that is wrong, or of its commitment."""
    part, key, name = bad.where
    if name in _ANCHORS:
        return f"{_ANCHORS[name]}.{part}.{key}"
    return f"f.{part}.{key}.{name}" if name in LABELS or name == "end" else f"at-{part}.{key}"


@register.filter
def bad_label(bad: BadEdit) -> str:
    """Return the label of the field that is wrong, to begin a sentence."""
    said = {**LABELS, "end": "Ends with", "at": "Split: the second begins with"}.get(bad.where[2], "")
    return f"{said}: " if said else ""
