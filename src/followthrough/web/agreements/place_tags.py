"""The links by which lists and sentences refer to a document, a provision or a commitment."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from followthrough.web.agreements.rows import tail
from followthrough.web.kit.addresses import place_address


def place_tag(place: str) -> SafeString:
    """Return the link to a provision or commitment by its number, followed by a space."""
    return format_html('<a class="tag" href="{}">{}</a> ', place_address(place), tail(place))


def place_tags(places: Iterable[str]) -> SafeString:
    """Return the links to several places, in their order."""
    return format_html_join("", "{}", ((place_tag(place),) for place in places))
