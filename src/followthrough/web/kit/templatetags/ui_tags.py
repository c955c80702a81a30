"""The tags and filters that every template may use; settings.py registers them as builtins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followthrough.packs.cells import plain
from followthrough.publish.citations import FORMS, Citation
from followthrough.publish.citations import plain as cited_in_words
from followthrough.web.kit import field_labels as labels
from followthrough.web.kit import locales, wording
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.beside import parts_beside
from followthrough.web.kit.findings import finding
from followthrough.web.kit.form_fields import Groups, Look, Picker, form_field
from followthrough.web.kit.form_fields import picker as make_picker
from followthrough.web.kit.fragments import fragment, register_fragments

register = template.Library()

FILES = {
    "csv": "CSV", "xlsx": gettext_lazy("Excel workbook"), "json": "JSON", "bib": "BibTeX", "ris": "RIS",
    "csl.json": "CSL-JSON",
    "atom": gettext_lazy("Feed of changes"), "ics": gettext_lazy("Calendar"),
    "iati.xml": gettext_lazy("IATI activity file"),
}  # fmt: skip
"""What the files of a page are called, by their endings."""
LONG = 3
"""Headings from which a page says at its beginning what stands in it."""
_ICONS: dict[str, SafeString] = {}
_icon = fragment("kit/cells.jinja", "icon")
_contents = fragment("kit/contents.jinja", "contents")

register.filter("place_address", place_address)
register.filter("finding", finding)
register.filter("day", wording.day)
register.filter("language", locales.language_name)
register.filter("plain", wording.plain)
register.filter("capital", wording.capital)
register.filter("many", wording.many)
register.filter("grouped", wording.grouped)
register.filter("brief", wording.brief)
register.filter("money", wording.money)

register.filter("label", labels.label)
register.filter("typed_words", labels.typed_words)
register_fragments(register, "kit/lists.jinja", "options", "ticks", "heading_cells", "table_lines", "matrix_lines")


@register.simple_block_tag
def contents(content: str) -> SafeString:
    """Show before a long part of a page what stands in it: links to its headings that have an id.

    Shorter parts, of fewer than three headings, are shown as they are.
    """
    found = [_heading(part) for part in content.replace('<h3 id="', '<h2 id="').split('<h2 id="')[1:]]
    return mark_safe(f"{_contents(found) if len(found) >= LONG else ''}{content}")  # noqa: S308 - markup of templates


def _heading(part: str) -> tuple[str, str]:
    """Return the id and the words of the heading that ``part`` begins with, after the mark of its id."""
    key, _mark, rest = part.partition('"')
    words = rest.partition(">")[2].partition("</h")[0]
    return key, " ".join(strip_tags(words).split())


@register.inclusion_tag("_components/take.html", takes_context=True)
def takeaway(
    context: template.Context, title: str, address: str, query: str = "", files: str = "csv xlsx json"
) -> dict[str, object]:
    """Show what can be taken from a page: the ``files`` at its address by their endings, and how to cite it.

    A page of one thing brings its own citation, ``cite``, which is offered as files too; where a page shows all this
    beside itself on a wide screen, it says so with ``beside``.
    """
    end = f"?{query}" if query else ""
    url = context["request"].build_absolute_uri(f"{address}{end}")
    about = getattr(context.get("doc"), "short_title", "")
    own = context.get("cite")
    day = wording.day(timezone.localdate().isoformat())
    words = _("%(title)s. In: Followthrough, register of commitments, as of %(day)s, %(url)s")
    endings = [*files.split(), *(FORMS if own else ())]
    return {
        "files": [(FILES[ext], f"{address}.{ext}{end}") for ext in endings],
        "day": day,
        "cite": cited(own)
        if own
        else words % {"title": ", ".join(filter(None, (str(title), about))), "day": day, "url": url},
        "narrow": bool(own and context.get("beside")),
    }


@register.inclusion_tag("_components/share.html", takes_context=True)
def share(context: template.Context, title: str, name: str, *values: str, height: int = 460) -> dict[str, object]:
    """Offer the picture at the address ``name`` for the pages of others: a frame of ``height`` pixels, and a file."""
    at = address(name, *values)
    said = {"url": context["request"].build_absolute_uri(at), "title": title, "height": height}
    snippet = render_to_string("_components/embed_snippet.html", said).strip()
    return {"address": at, "snippet": snippet, "title": title, "key": "-".join((name, *values)).replace("/", "-")}


@register.filter
def cited(one: Citation) -> str:
    """Write a citation as a sentence."""
    return cited_in_words(one)


@register.filter
def counted(count: int, word: str) -> str:
    """Write a count with its word: ``{{ 25|counted:"paragraph" }}``."""
    return wording.plural(count, word)


@register.filter
def noun(count: int, word: str) -> str:
    """Write the noun that goes with a count printed before it."""
    return wording.noun_for(count, word)


@register.filter
def at(found: Mapping[str, Any] | str, key: str) -> Any:
    """Return what a mapping holds under a key that has a dot or a slash in it; nothing where there is no mapping."""
    return found.get(key) if isinstance(found, Mapping) else None


@register.filter
def worded(count: int, word: str) -> str:
    """Write a small count in words, to begin a heading: ``Six sections``."""
    return wording.capital(f"{wording.number_word(count)} {wording.noun_for(count, word)}")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show a symbol of the page's sprite; the word beside it says what it means."""
    if name not in _ICONS:
        _ICONS[name] = _icon(name)
    return _ICONS[name]


@register.simple_tag(takes_context=True)
def error_mark(context: template.Context) -> str:
    """Begin the title of a page that says why nothing was saved; nothing on any other page."""
    problems = context.get("problems")  # of a form by field; a list of them is about the filters of a list
    refused = any(context.get(name) for name in ("refused", "overtaken", "bad"))
    wrong = any(getattr(context.get(name), "errors", None) for name in ("form", "grant_form", "webauthn_form"))
    return _("Error: ") if refused or wrong or (problems and isinstance(problems, Mapping)) else ""


def _said(context: template.Context, name: str, form: str) -> str:
    """Return what is wrong with a field of the form that was sent."""
    elsewhere = form and context.get("did") != form
    return "" if elsewhere else labels.wrong_of(context.get("problems"), name)


@register.simple_tag(takes_context=True)
def place_of(context: template.Context, name: str) -> str:
    """Return the id of the field that is wrong, in the form that was sent."""
    return labels.anchor(name, str(context.get("did", "")))


@register.simple_tag(takes_context=True)
def wrong(context: template.Context, name: str, form: str = "") -> SafeString:
    """Say at a field what is wrong with it."""
    said = _said(context, name, form)
    key = labels.anchor(name, form)
    return format_html('<p class="wrong" id="{}-wrong">{}</p>', key, said) if said else mark_safe("")


@register.simple_tag(takes_context=True)
def invalid(context: template.Context, name: str, form: str = "", hint: str = "") -> SafeString:
    """Mark a field that is wrong, and name what describes it: its hint, and what is wrong."""
    said, key = _said(context, name, form), labels.anchor(name, form)
    described = " ".join(part for part in (hint, f"{key}-wrong" if said else "") if part)
    marks = mark_safe(' aria-invalid="true"') if said else ""
    return format_html("{}{}", marks, format_html(' aria-describedby="{}"', described) if described else "")


@register.inclusion_tag("_components/entry.html", takes_context=True)
def entry(
    context: template.Context,
    name: str,
    typed: Any = "",
    *,
    form: str = "",
    default: str = "",
    blank: str = "",
    options: Iterable[str | tuple[str, str]] | None = None,
    **given: Any,
) -> dict[str, object]:
    """Show a field with what was typed: ``typed`` is the value, a set of them, all that was sent, or a record.

    ``form`` is what the form does that the field stands in, where a page has several: another form's words and
    mistakes are not shown. ``blank`` is the option of choosing nothing; ``default`` stands where nothing was typed.
    The rest says how the field looks: see ``Look``.
    """
    if isinstance(typed, Mapping):
        sent = name in typed and (not form or context.get("did") == form)
        typed = (typed[name] or "") if sent else default
    elif not isinstance(typed, Collection):
        typed = getattr(typed, name, default)
    if options is not None and blank:
        options = [("", blank), *options]
    problem = _said(context, name, form)
    return {"one": form_field(name, typed, Look(**given), form=form, problem=problem, options=options)}


@register.inclusion_tag("_components/picker.html", takes_context=True)
def picker(
    context: template.Context, name: str, chosen: Collection[str], groups: Groups, label: str, *, required: bool = False
) -> dict[str, Picker]:
    """Show a folded list of check boxes, those that were chosen ticked; it works without a script."""
    problem = _said(context, name, "")
    return {"one": make_picker(name, chosen, groups, label=label, problem=problem, required=required)}


@register.filter
def field(typed: Mapping[str, str], name: str) -> str:
    """Return what was typed in a field whose name has a dot in it."""
    return typed.get(name) or ""


@register.simple_tag(takes_context=True)
def beside(context: template.Context, kind: str, key: str) -> SafeString:
    """Return what other apps say beside a record: who confirmed it."""
    return parts_beside(kind, key, context["request"].user)


@register.filter
def in_chosen(key: int, chosen: list[str]) -> bool:
    """Whether a record is among those that a form was sent for."""
    return str(key) in chosen


@register.filter
def percents(ends: tuple[Decimal, Decimal]) -> str:
    """Write a range of shares in per cent: one number where both ends round to the same."""
    low, high = (f"{100 * end:.1f}" for end in ends)
    return f"{low} %" if low == high else f"{low} to {high} %"


@register.filter("range")
def span(values: tuple[Decimal, Decimal]) -> str:
    """Write a range: one number where both ends are the same."""
    low, high = (plain(value) for value in values)
    return low if low == high else f"{low} to {high}"


@register.filter
def when(date: str) -> SafeString:
    """Show a date as far as it is known, or say that it is not."""
    if not date:
        return format_html('<i class="unk">{}</i>', _("date not known"))
    return format_html('<time datetime="{}">{}</time>', date, wording.day(date))
