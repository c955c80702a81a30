"""The parts of an agreement, and filters for pictures and tables of its pages; builtins by settings.py."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from followthrough.web.kit.fragments import register_fragments

register = template.Library()

register_fragments(
    register,
    "pages/pictures.jinja",
    "segments",
    "in_words",
    "legend",
    "kind_lines",
    "heat_cells",
    "grid_cells",
    "rung_places",
    "lineage_marks",
)

PARTS = (
    ("overview", "document", _("Overview")), ("commitments", "commitments", _("Commitments")),
    ("claims", "claims", _("Evidence")), ("activities", "activities", _("Activities")), ("money", "money", _("Money")),
    ("targets", "targets", _("Targets")), ("indicators", "indicators", _("Indicators")),
    ("ratings", "ratings", _("Ratings")), ("instruments", "instruments", _("Instruments")),
    ("meetings", "meetings", _("Meetings")), ("cycles", "cycles", _("Reporting")),
    ("papers", "papers", _("Papers")),
)  # fmt: skip
"""The pages of an agreement in the order of its row of links: the word views call it by, its route, its label."""


@register.simple_tag
def agreement_parts(here: str) -> list[tuple[str, str, str]]:
    """Return route, label and ``aria-current`` of each part; a place of the text stands among the commitments."""
    current = {"place": ("commitments", "true")}.get(here, (here, "page"))
    return [(route, str(label), current[1] if key == current[0] else "") for key, route, label in PARTS]
