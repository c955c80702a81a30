"""Pickers: a field in which a person writes words, and the record that they mean.

The browser completes the words from a list; the server searches for them again, so it works without a script, and
where several records are meant the page offers them to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from followthrough.model.countries import countries
from followthrough.web.agreements.models import Party
from followthrough.web.kit.findable import holds, words_of

CHOSEN = ".is"
"""Behind the name of a picker: the field with the record that was chosen of several."""
LISTED = 260
"""The longest list that a page carries to complete words from: the states of the world fit."""
OFFERED = 12
"""The most records that are offered where several are meant."""


class Option(NamedTuple):
    """A record that can be picked; ``also`` are other words by which people know it."""

    id: str
    words: str
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Its words and its id, as the list of the field has them."""
        return f"{self.words} ({self.id})" if self.words != self.id else self.id


@dataclass(frozen=True, slots=True)
class Picker:
    """The records that a field takes; ``name`` is the id of its list on the page."""

    name: str
    options: tuple[Option, ...]

    @property
    def listed(self) -> list[str]:
        """What the browser completes words from."""
        return [one.shown for one in self.options[:LISTED]]

    def find(self, text: str) -> list[Option]:
        """Return what a text may mean: one record where it is its id or name, else those that have all its words."""
        words = words_of(text)
        if not words:
            return []
        exact = [one for one in self.options if words in map(words_of, (one.id, one.words, one.shown, *one.also))]
        return exact or [one for one in self.options if holds(" ".join((one.id, one.words, *one.also)), words)]

    def shown(self, key: str | None) -> str:
        """Return the words for an id; nothing where it is not among the options: it may be hidden from the person."""
        return next((one.shown for one in self.options if one.id == key), "")

    def resolve(self, name: str, typed: Mapping[str, str], problems: dict[str, str]) -> str:
        """Return the id that the field ``name`` means, or nothing where it is empty.

        Where none or several are meant, ``problems`` says so.
        """
        text, chosen = typed.get(name, "").strip(), typed.get(name + CHOSEN, "")
        found = self.find(text)
        if len(found) > 1 and chosen:
            found = [one for one in found if one.id == chosen] or found
        if len(found) == 1:
            return found[0].id
        if text:
            problems[name] = _missing(text) if not found else _several(found)
        return ""

    def offers(self, text: str) -> list[tuple[str, str]]:
        """Return what to offer for words that mean several records."""
        found = self.find(text)
        return [(one.id, one.shown) for one in found[:OFFERED]] if len(found) > 1 else []


def _missing(text: str) -> str:
    return _("the register has nothing called “%(text)s”; write a part of its name, or its id") % {"text": text[:60]}


def _several(found: list[Option]) -> str:
    if len(found) > OFFERED:
        return _("%(count)s are meant by this; write more of the name") % {"count": len(found)}
    return _("more than one is meant by this; choose one below")


def party_picker(parties: Iterable[tuple[str, str, str]] | None = None) -> Picker:
    """Return the picker of parties: those of the register, and every state of the world that it lacks."""
    held = list(Party.objects.order_by("name").values_list("id", "name", "short_name") if parties is None else parties)
    known = {key for key, _name, _short in held}
    names = {one.iso3: one.names for one in countries()}
    options = [Option(key, name, (short, *names.get(key, ()))) for key, name, short in held]
    options += [
        Option(one.iso3, one.names[0], (*one.names[1:], one.iso2))
        for one in countries()
        if one.names and one.iso3 not in known
    ]
    return Picker("all-parties", tuple(options))


def organisation_picker() -> Picker:
    """Return the picker of the organisations that the register has."""
    held = Party.objects.filter(kind="organisation").order_by("name").values_list("id", "name", "short_name")
    return Picker("all-organisations", tuple(Option(key, name, (short,)) for key, name, short in held))
