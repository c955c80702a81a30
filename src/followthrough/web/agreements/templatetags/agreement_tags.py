"""Filters for ids, documents and commitments; settings.py registers them as builtins."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.agreements import fragments
from followthrough.web.agreements.rows import tail

register = template.Library()

register.filter("tail", tail)
register.filter("chips", fragments.chips)
register.filter("paragraphs", fragments.paragraphs)
register.filter("commitment_lines", fragments.commitment_lines)
register.filter("document_lines", fragments.document_lines)


@register.filter
def strength(value: int) -> SafeString:
    """Show the strength of an undertaking: five bars that fill, and its number in words."""
    return mark_safe(fragments.STRENGTHS[value])  # noqa: S308 - made of numbers only


@register.filter
def document(full_id: str) -> str:
    """Return the id of the document that a provision or commitment belongs to: ``a-b`` of ``a-b/4.3a``."""
    return full_id.partition("/")[0]
