"""Fields of the forms for records: what was typed, and how a picker looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from followthrough.web.kit.field_labels import wrong_of
from followthrough.web.kit.form_fields import FormField, Look, form_field
from followthrough.web.records.pickers import CHOSEN, Picker

PARTIES = ("party1", "party2", "party3", "party4")
"""The fields for parties; whoever has more sends the form again."""


def typed_texts(request: HttpRequest) -> dict[str, str]:
    """Return what was sent, field by field, with one space where there were several."""
    return {name: " ".join(str(text).split()) for name, text in request.POST.items()}


def picker_field(
    name: str, picker: Picker, typed: Mapping[str, str], problems: Mapping[str, str], look: Look
) -> FormField:
    """Return the field of a picker with what was typed; of several that were meant it offers each to choose."""
    text, chosen = typed.get(name, ""), typed.get(name + CHOSEN, "")
    offers = picker.offers(text)
    if chosen in {key for key, _words in offers}:
        text, offers = picker.shown(chosen), []
    whole = replace(look, kind="picker", lists=picker.name)
    return form_field(name, text, whole, problem=wrong_of(problems, name), options=offers)


def party_fields(request: HttpRequest, picker: Picker, problems: Mapping[str, str]) -> list[FormField]:
    """Return the fields in which parties are written, one each."""
    typed, hint = typed_texts(request), _("A state by its name or code, or an organisation of the register.")
    looks = [Look(hint=hint if name == PARTIES[0] else "") for name in PARTIES]
    return [picker_field(name, picker, typed, problems, look) for name, look in zip(PARTIES, looks, strict=True)]


def picked_parties(request: HttpRequest, picker: Picker, problems: dict[str, str]) -> list[str]:
    """Return the ids of the parties that were written; what is not known or means several goes to ``problems``."""
    typed = typed_texts(request)
    return [key for key in (picker.resolve(name, typed, problems) for name in PARTIES) if key]
