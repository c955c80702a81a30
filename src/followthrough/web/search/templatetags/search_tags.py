"""The results of a search as markup: hundreds on a page, for which template tags would take most of its time."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.kit.fragments import fill
from followthrough.web.search.query import Hit

register = Library()
HIT = "<li>\n          <h3>{}</h3>\n          "
HIT_LINK = '<a href="{}">{}</a>'
HIT_ABOUT = '\n          <p class="small dim">{}</p>\n        </li>\n        '


@register.filter
def search_hits(hits: Iterable[Hit]) -> SafeString:
    """Return the items of a list of search results."""
    items: list[str] = []
    for hit in hits:
        name = fill(HIT_LINK, hit.link, hit.name) if hit.link else escape(hit.name)
        text = fill("<p>{}</p>", hit.text) if hit.text else ""
        items += [HIT.format(name), text, fill(HIT_ABOUT, hit.about)]
    return mark_safe("".join(items))  # noqa: S308 - every value in it is escaped here or by ``fill``
