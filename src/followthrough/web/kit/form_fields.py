"""One field of a form: its label, hint, limits, options, what was typed, and what is wrong with it.

A field that is named after a column of the pack, ``claims.statement``, has the limits of that column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from followthrough.model.dates import HINT
from followthrough.packs.columns import Column
from followthrough.packs.schema import TABLES
from followthrough.web.kit.field_labels import anchor, label
from followthrough.web.kit.list_state import Choice
from followthrough.web.kit.wording import plain

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST_DATE = 60
LONGEST_PICKED = 300
_COLUMNS: Mapping[str, Column] = {f"{table.name}.{column.name}": column for table in TABLES for column in table.columns}


@dataclass(frozen=True, slots=True)
class Look:
    """How a field looks and what it takes.

    ``kind`` is text, long, choice, date, picker or a type of HTML's input; ``size`` the height of a long text, or of a
    choice of many; ``mode`` the keyboard of a phone; ``longest`` counts characters; ``lists`` is the id of the list
    that a picker completes words from. What is left out, the pack's column says.
    """

    kind: str = ""
    css: str = ""
    label: str | StrPromise = ""
    hint: str | StrPromise = ""
    placeholder: str | StrPromise = ""
    mode: str = ""
    size: int | None = None
    longest: int | None = None
    required: bool | None = None
    lists: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as ``_components/entry.html`` draws it; ``key`` is its id on the page."""

    name: str
    key: str
    look: Look
    value: str
    problem: str
    choices: list[Choice]

    @property
    def many(self) -> bool:
        """Whether more than one option can be chosen."""
        return self.look.kind == "choice" and self.look.size is not None

    @property
    def described(self) -> str:
        """The ids of what describes the field: its hint, and what is wrong with it."""
        parts = (f"{self.key}-hint" if self.look.hint else "", f"{self.key}-wrong" if self.problem else "")
        return " ".join(filter(None, parts))


Groups = Iterable[tuple[str, Iterable[tuple[str, str]]]]
"""Options under their headings."""


@dataclass(frozen=True, slots=True)
class Picker:
    """Check boxes under headings, folded, as ``_components/picker.html`` draws them."""

    name: str
    label: str | StrPromise
    problem: str
    required: bool
    groups: list[tuple[str, list[Choice]]]

    @property
    def total(self) -> int:
        """How many can be chosen."""
        return sum(len(choices) for _heading, choices in self.groups)

    @property
    def chosen(self) -> int:
        """How many are."""
        return sum(choice.chosen for _heading, choices in self.groups for choice in choices)

    @property
    def open(self) -> bool:
        """Whether it is unfolded: where something is wrong with it, or it waits for the first choice."""
        return bool(self.problem) or (self.required and not self.chosen)


def picker(
    name: str, chosen: Collection[str], groups: Groups, *, label: str | StrPromise, problem: str, required: bool
) -> Picker:
    """Return check boxes for the options of ``groups``, those in ``chosen`` ticked."""
    made = [(heading, _choices(options, set(chosen))) for heading, options in groups]
    return Picker(name, label, problem, required, made)


def form_field(
    name: str,
    value: str | Collection[str],
    look: Look,
    *,
    form: str = "",
    problem: str = "",
    options: Iterable[str | tuple[str, str]] | None = None,
) -> FormField:
    """Return the field ``name`` of the form ``form`` with what was typed, or the set of what was chosen."""
    whole = _completed(name, look, chosen=options is not None)
    typed = value if isinstance(value, str) else ""
    return FormField(name, anchor(name, form), whole, typed, problem, _choices(options or (), value))


def _completed(name: str, look: Look, *, chosen: bool) -> Look:
    """Return a look with what the column that the field is named after says, where the form does not."""
    column = _COLUMNS.get(name)
    look = replace(look, label=look.label or label(name), kind=look.kind or ("choice" if chosen else "text"))
    if look.required is None:
        look = replace(look, required=column is not None and column.required and not chosen)
    if look.kind == "picker":
        return replace(look, longest=look.longest or LONGEST_PICKED)
    if look.kind == "date" or (column is not None and column.kind == "date"):
        hint = look.hint or _("Write it %(how)s.") % {"how": HINT}
        return replace(look, kind="date", longest=LONGEST_DATE, hint=hint)
    if look.longest is None and not chosen and column is not None and column.kind in ("string", "url", "period"):
        return replace(look, longest=column.longest)
    return look


def _choices(options: Iterable[str | tuple[str, str]], chosen: str | Collection[str]) -> list[Choice]:
    taken = {chosen} if isinstance(chosen, str) else set(chosen)
    pairs = [(one, plain(one)) if isinstance(one, str) else one for one in options]
    return [Choice(value, words, value in taken) for value, words in pairs]
