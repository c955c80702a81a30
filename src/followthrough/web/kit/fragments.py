"""Fragments: markup that a page repeats hundreds of times, in Jinja2 macros below the ``jinja2`` folder of each app.

A macro is used as a filter of Django's templates: ``{{ rows|commitment_lines }}``. Values are escaped by Jinja2; line
breaks and indentation in a ``.jinja`` file are for its reader and no part of the page (docs/adr/0024).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.template import Library, engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension

from followthrough.web.kit import wording
from followthrough.web.kit.addresses import place_address

_NONE = object()


class OneLine(Extension):
    """Takes the line breaks and the indentation out of a fragment; a line break of the page is ``{{ "\\n" }}``."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the lines of ``source`` without their indentation, joined."""
        return "".join(line.strip() for line in source.splitlines())


def environment(**options: Any) -> Environment:
    """Return Jinja2's environment with the filters and messages that fragments use; settings.py names this function."""
    options |= {"undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n", OneLine]}
    made = Environment(**options)  # noqa: S701 - Django's backend switches autoescape on
    made.filters |= {
        "day": wording.day,
        "plain": wording.plain,
        "capital": wording.capital,
        "place_address": place_address,
    }
    messages: Any = made  # the i18n extension adds the method
    messages.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    return made


def fragment(file: str, macro: str) -> Callable[..., SafeString]:
    """Return the macro of a ``.jinja`` file as a function; its arguments are the macro's, its result is markup."""

    def render(*values: Any) -> SafeString:
        module = cast("Jinja2", engines["fragments"]).env.get_template(file).module
        return as_django_escapes(getattr(module, macro)(*values))

    return render


def register_fragments(register: Library, file: str, *macros: str) -> None:
    """Register macros of a ``.jinja`` file as filters of Django's templates; the filter's argument is their second."""
    for macro in macros:
        register.filter(macro, _as_filter(fragment(file, macro)))


def _as_filter(render: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """Return ``render`` with the signature that Django counts the arguments of a filter by."""

    def apply(value: Any, argument: Any = _NONE) -> SafeString:
        return render(value) if argument is _NONE else render(value, argument)

    return apply


def as_django_escapes(markup: str) -> SafeString:
    """Return markup with both quotation marks escaped as Django does, so that a page spells them in one way."""
    plain = str.replace(str.replace(markup, "&#39;", "&#x27;"), "&#34;", "&quot;")  # Markup would escape the escapes
    return mark_safe(plain)  # noqa: S308 - Jinja2 escaped it
