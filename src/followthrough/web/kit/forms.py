"""What all forms share: fields as typed, cells checked as on import, and answers that repeat what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.model.typed_dates import read_typed_date
from followthrough.packs.cells import BadCell, parse
from followthrough.packs.columns import Column
from followthrough.packs.schema import TABLES
from followthrough.web.kit.errors import EditConflict, InvalidEntry, PossibleDuplicate

PAST = frozenset({"published"})
"""The columns whose dates are never of the future."""
STAMP_FIELD = "stamp"
"""The name of the field with the stamp of what a form showed; see ``audit.edit_conflicts``."""


def typed_text(request: HttpRequest, name: str) -> str:
    """Return what was typed into one field, with one space where there were several."""
    return " ".join(request.POST.get(name, "").split())


def typed_cells(request: HttpRequest, table: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return what was typed into the fields ``table.name``, by name."""
    return {name: typed_text(request, f"{table}.{name}") for name in names}


def seen_stamp(request: HttpRequest) -> str:
    """Return the stamp of what the form showed; a form without one has seen nothing."""
    return request.POST.get(STAMP_FIELD, "")


def read_cells(name: str, cells: Mapping[str, str], problems: dict[str, str]) -> dict[str, Any]:
    """Return the values of cells of the pack's table ``name``, read as the importer reads them.

    What is wrong goes to ``problems`` by ``table.column``. A required column that is not in ``cells`` is left to the
    caller.
    """
    table = next(table for table in TABLES if table.name == name)
    row: dict[str, Any] = {}
    for column in table.columns:
        try:
            if column.name in cells:
                row[column.name] = parse(column, _as_stored(column, cells[column.name]))
        except (BadCell, ValueError) as error:
            problems[f"{name}.{column.name}"] = str(error)
    return row


def _as_stored(column: Column, text: str) -> str:
    """Return a cell in the form that a pack stores it in: people write dates in many ways."""
    if column.required and not text.strip():
        raise ValueError("this is needed; fill it in")
    if column.kind != "date" or not text.strip():
        return text
    read = read_typed_date(text)
    if column.name in PAST and read.first_day > timezone.localdate():
        raise ValueError(
            _("%(typed)s is still to come: write the day on which it was") % {"typed": f"“{text.strip()}”"}
        )
    return str(read)


@dataclass(slots=True)
class Outcome:
    """How a form was answered: saved where nothing is wrong, else what the page must say, with its status."""

    problems: dict[str, str] = field(default_factory=dict)
    like: list[str] = field(default_factory=list)
    conflict: EditConflict | None = None

    @property
    def done(self) -> bool:
        """Whether it was saved."""
        return not (self.problems or self.like or self.conflict)

    @property
    def status(self) -> int:
        """The status of the answer: 422 for a wrong cell, 409 for a duplicate or where somebody was faster."""
        return 422 if self.problems else 409 if self.like or self.conflict else 200

    @property
    def context(self) -> dict[str, Any]:
        """What the page must say, by the names that ``_components/refused.html`` reads."""
        return {"problems": self.problems, "like": self.like, "overtaken": self.conflict}


def run_action(action: Callable[[], object]) -> Outcome:
    """Call ``action`` and say how it went; ``NotAllowed`` is left to the caller."""
    try:
        action()
    except InvalidEntry as error:
        return Outcome(problems=error.problems)
    except PossibleDuplicate as error:
        return Outcome(like=error.like)
    except EditConflict as error:
        return Outcome(conflict=error)
    return Outcome()
