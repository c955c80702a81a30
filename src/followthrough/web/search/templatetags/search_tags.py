"""The results of a search as markup."""

from __future__ import annotations

from django.template import Library

from followthrough.web.kit.fragments import register_fragments

register = Library()

register_fragments(register, "search/results.jinja", "search_hits", "search_kinds", "search_parts")
