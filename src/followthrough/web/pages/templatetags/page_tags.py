"""Filters for the pictures and tables of the agreement pages; settings.py registers them as builtins."""

from __future__ import annotations

from django import template

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
