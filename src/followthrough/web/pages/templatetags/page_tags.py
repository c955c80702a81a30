"""Filters for the pictures and tables of the agreement pages; settings.py registers them as builtins."""

from __future__ import annotations

from django import template

from followthrough.web.pages import fragments

register = template.Library()

register.filter("segments", fragments.segments)
register.filter("in_words", fragments.in_words)
register.filter("legend", fragments.legend)
register.filter("kind_lines", fragments.kind_lines)
register.filter("heat_cells", fragments.heat_cells)
register.filter("grid_cells", fragments.grid_cells)
register.filter("rung_places", fragments.rung_places)
register.filter("lineage_marks", fragments.lineage_marks)
