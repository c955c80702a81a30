"""The one place where new records get their ids: each kind of id has a counter, and none are read to find the next.

The counter's row is locked from the moment a number is taken to the end of the transaction, on PostgreSQL too: who
comes next waits, and takes the number after. A transaction that fails gives its number back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext

from followthrough.web.kit.errors import EditConflict
from followthrough.web.kit.models import Counter

Record = TypeVar("Record", bound=models.Model)
TRIES = 5
"""How often a free id is looked for again when somebody else took it at the same moment."""


def create(model: type[Record], base: str, **values: Any) -> Record:
    """Create a record under a free id, also while others create theirs; see ``free``."""
    for _ in range(TRIES):
        key = free(model, base)
        try:
            with transaction.atomic():
                return model._default_manager.create(id=key, **values)
        except IntegrityError:
            if not model._default_manager.filter(pk=key).exists():
                raise
            count_again(model, base)  # an import, or somebody at the same moment
    raise EditConflict(gettext("others are writing at the same moment; send it again"))


def free(model: type[models.Model], base: str) -> str:
    """Return an id for a new row: ``base``, or with a number behind it; of a base ``c-`` the next number."""
    if base.endswith("-"):
        return f"{base}{_next(model, base, lambda: _highest(model, base)):03}"
    key = base
    while model._default_manager.filter(pk=key).exists():
        key = f"{base}-{_next(model, f'{base}-', lambda: 1)}"
    return key


def count_again(model: type[models.Model], base: str) -> None:
    """Put the counter of ``base`` behind the ids that came past it, such as those of an import."""
    highest = _highest(model, base)
    Counter.objects.filter(pk=_name(model, base), number__lt=highest).update(number=highest)


def _next(model: type[models.Model], stem: str, start: Callable[[], int]) -> int:
    """Take the next number of the ids that begin with ``stem``; the first time it follows that of ``start``."""
    counter = Counter.objects.filter(pk=_name(model, stem))
    with transaction.atomic():
        if not counter.update(number=F("number") + 1):
            made = Counter(id=_name(model, stem), number=start())
            Counter.objects.bulk_create([made], ignore_conflicts=True)
            counter.update(number=F("number") + 1)
        return counter.values_list("number", flat=True).get()


def _highest(model: type[models.Model], stem: str) -> int:
    """Read the ids that begin with ``stem`` for the highest number behind it: the first time, and after an import."""
    keys = model._default_manager.filter(pk__startswith=stem).values_list("pk", flat=True)
    numbers = (int(rest) for key in keys if (rest := key.removeprefix(stem)).isascii() and rest.isdigit())
    return max((one for one in numbers if one < 10**15), default=0)


def _name(model: type[models.Model], stem: str) -> str:
    return f"{model._meta.db_table}:{stem}"
