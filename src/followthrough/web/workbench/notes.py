"""Interpretive notes between the workbench and the register."""

from __future__ import annotations

from followthrough.register.editing import Note
from followthrough.web.agreements.models import InterpretiveNote


def note_of(record: InterpretiveNote | None) -> Note:
    """Return the note of a register's row."""
    return Note(record.full, record.partial, record.none) if record else Note()
