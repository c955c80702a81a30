"""Whether a database, or a backup of one, was written by a later version than this one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations.loader import MigrationLoader

FORMER_APPS = frozenset({"admin"})
"""Whose migrations older registers hold, and whose tables nothing uses any more."""


def unknown(loader: MigrationLoader, applied: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the migrations of ``applied`` that this version does not know, as ``(app, name)``, sorted."""
    known = set(loader.disk_migrations)
    known |= {old for one in loader.disk_migrations.values() for old in one.replaces}
    return sorted(one for one in set(applied) - known if one[0] not in FORMER_APPS)
