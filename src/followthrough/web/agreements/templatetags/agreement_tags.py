"""Filters for ids, documents and commitments; settings.py registers them as builtins."""

from __future__ import annotations

from django import template

from followthrough.web.agreements.rows import tail
from followthrough.web.kit.fragments import register_fragments

register = template.Library()

register.filter("tail", tail)
register_fragments(register, "agreements/rows.jinja", "strength", "chips", "paragraphs", "document_lines")


@register.filter
def document(full_id: str) -> str:
    """Return the id of the document that a provision or commitment belongs to: ``a-b`` of ``a-b/4.3a``."""
    return full_id.partition("/")[0]
