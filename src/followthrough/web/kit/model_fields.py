"""A decimal that the database keeps as it is written: SQLite's own decimals are binary floats."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from followthrough.packs.cells import plain

if TYPE_CHECKING:
    Base = models.CharField[Any, Any]
else:
    Base = models.CharField


class ExactDecimalField(Base):
    """Holds a ``Decimal`` or nothing, as text in its one plain form; compare and add in Python, not in the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "null": True, "blank": True} | options)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        """Return what the column holds."""
        return None if value in (None, "") else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Return a value that was assigned."""
        return None if value in (None, "") else Decimal(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        """Return what the column keeps."""
        given = self.to_python(value)
        return None if given is None else plain(given)
