"""The form of a record of any kind: its fieldsets as the page draws them, and the entry that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from followthrough.model.dates import HINT
from followthrough.model.vocabulary import PublisherKind
from followthrough.packs.cells import plain as plain_number
from followthrough.packs.columns import Column
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_sources
from followthrough.web.kit.field_labels import wrong_of
from followthrough.web.kit.form_fields import FormField, Look, form_field
from followthrough.web.records.actions.records import RecordEntry
from followthrough.web.records.fields import picker_field, typed_texts
from followthrough.web.records.kinds import SOURCE, Ask, RecordKind
from followthrough.web.records.pickers import CHOSEN, Option, Picker
from followthrough.web.records.policy import picker

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

URL = "sources.url"


@dataclass(frozen=True, slots=True)
class DrawnSet:
    """A fieldset as the page draws it."""

    title: str | StrPromise
    fields: list[FormField]


@dataclass(slots=True)
class RecordForm:
    """The form of a kind: its pickers for one person, what was typed, and what is wrong."""

    kind: RecordKind
    by: Actor
    typed: Mapping[str, str]
    correcting: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    pickers: dict[str, Picker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = {ask.picker for ask in self.asks if ask.picker}
        self.pickers = {name: picker(name, self.by) for name in sorted(names)}

    @property
    def asks(self) -> list[Ask]:
        """The fields that are asked for: what makes the id of a record is not corrected."""
        return [ask for ask in self.kind.asks if not (self.correcting and ask.name in self.kind.ident)]

    @property
    def sets(self) -> list[DrawnSet]:
        """The fieldsets of the record itself, and those of its source and its links."""
        asked = {ask.name for ask in self.asks}
        drawn = [
            DrawnSet(part.title, [self._field(ask) for ask in part.asks if ask.name in asked])
            for part in self.kind.sets
        ]  # fmt: skip
        if self.kind.sourced != "no":
            drawn.append(DrawnSet(_("Where it is written"), self._source_fields()))
        if self.kind.subject and not self.correcting:
            drawn.append(DrawnSet(_("What it belongs to"), self._link_fields()))
        return drawn

    def _field(self, ask: Ask) -> FormField:
        name, column = f"{self.kind.table}.{ask.name}", _column(self.kind.table, ask.name)
        if ask.picker:
            look = Look(hint=ask.hint, required=column.required)
            return picker_field(name, self.pickers[ask.picker], self.typed, self.problems, look)
        look = Look(kind="long" if ask.long else "", hint=ask.hint, size=2 if ask.long else None)
        if column.kind == "date":
            look = Look(hint=f"{ask.hint} {_('Write it %(how)s.') % {'how': HINT}}".strip(), css="w-m")
        elif column.kind in ("decimal", "integer"):
            look = Look(hint=ask.hint, mode="decimal", longest=40, css="w-m")
        return self._drawn(name, look, column.one_of, required=column.required, default=ask.default)

    def _drawn(
        self, name: str, look: Look, one_of: tuple[str, ...] = (), *, required: bool, default: str = ""
    ) -> FormField:
        options: list[str | tuple[str, str]] | None = [*one_of] if one_of else None
        if options is not None and not required:
            options.insert(0, ("", _("not known")))
        value = self.typed.get(name, default)
        return form_field(name, value, look, problem=wrong_of(self.problems, name), options=options)

    def _source_fields(self) -> list[FormField]:
        hint = _("The web address, or words of its title if the register has it already.")
        offers = Picker("", tuple(source_options(self.by, self.typed.get(URL, ""))))
        look = Look(hint=hint, mode="url", required=self.kind.sourced == "needed", longest=1000)
        url = picker_field(URL, offers, self.typed, self.problems, look)
        hint = _("This and what follows only for a source that is new to the register.")
        rest = [self._drawn("sources.title", Look(hint=hint, required=False), required=False)]
        rest += [self._drawn("sources.publisher", Look(required=False), required=False)]
        kinds = tuple(PublisherKind)
        rest += [self._drawn("sources.publisher_kind", Look(required=False, css="w-m"), kinds, required=False)]
        rest += [self._drawn("sources.published", Look(css="w-m"), required=False)]
        rest += [self._drawn("sources.language", Look(required=False, css="w-m"), required=False, default="en")]
        return [url, *rest]

    def _link_fields(self) -> list[FormField]:
        hint = _("Numbers of paragraphs or commitments, as 4.3 or 4.3a; with commas between several.")
        places = form_field("linked", self.typed.get("linked", ""), Look(hint=hint, required=True, longest=300),
                            problem=wrong_of(self.problems, "linked"))  # fmt: skip
        why = Look(hint=_("In one line: it names the target that the paragraph sets."))
        return [places, self._drawn("links.rationale", why, required=True)]


def entry_of(request: HttpRequest, form: RecordForm) -> RecordEntry:
    """Return the entry that a form sends; what a picker could not find is among its problems."""
    typed, problems, cells = typed_texts(request), dict[str, str](), dict[str, str]()
    for ask in form.asks:
        name = f"{form.kind.table}.{ask.name}"
        cells[ask.name] = form.pickers[ask.picker].resolve(name, typed, problems) if ask.picker else typed.get(name, "")
    source = {name: typed.get(f"sources.{name}", "") for name in SOURCE}
    if form.kind.sourced != "no":
        source |= _known_source(typed, problems, form.by)
    anyway = bool(request.POST.get("anyway"))
    places, why = typed.get("linked", ""), typed.get("links.rationale", "")
    return RecordEntry(cells, source, places, why, anyway, problems)


def _known_source(typed: Mapping[str, str], problems: dict[str, str], by: Actor) -> dict[str, str]:
    """Return the id of the source that is meant: by its address, or by words of its title."""
    text = typed.get(URL, "")
    if not text:
        return {}
    held = visible_sources(by).filter(url=text).values_list("pk", flat=True).first()
    if held or text.startswith(("http://", "https://")):
        return {"id": held or ""}
    found = Picker("", tuple(source_options(by, text))).resolve(URL, {URL: text, **_choice(typed)}, problems)
    return {"id": found}


def _choice(typed: Mapping[str, str]) -> dict[str, str]:
    return {URL + CHOSEN: typed.get(URL + CHOSEN, "")}


def source_options(by: Actor, text: str) -> list[Option]:
    """Return the sources whose title and publisher have all the words of a text; none for an address."""
    words = text.split()[:8]
    if not words or text.startswith(("http://", "https://")):
        return []
    found = visible_sources(by)
    for word in words:
        found = found.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(pk=text))
    rows = found.order_by("-published", "pk").values_list("pk", "title", "publisher")[:60]
    return [
        Option(key, f"{title[:120]}, {publisher}", (title, f"{title} {publisher}")) for key, title, publisher in rows
    ]


def texts_of(form: RecordForm, held: Any) -> dict[str, str]:
    """Return a record as the fields of its form hold it."""
    texts = {}
    for ask in form.asks:
        value = getattr(held, f"{ask.name}_id" if ask.picker else ask.name)
        shown = form.pickers[ask.picker].shown(value) if ask.picker else _text(value)
        texts[f"{form.kind.table}.{ask.name}"] = shown
    source = getattr(held, "source", None) if form.kind.sourced != "no" else None
    return texts | ({URL: source.url} if source is not None else {})


def _text(value: Any) -> str:
    if value is None:
        return ""
    return plain_number(value) if isinstance(value, Decimal) else str(value)


def _column(table: str, name: str) -> Column:
    return next(one for one in TABLES if one.name == table).column(name)
