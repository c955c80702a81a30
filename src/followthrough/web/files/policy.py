"""Who may fetch which file: asked here alone, by pages, downloads, quotations and backups of pages alike.

A file is fetched by who may see one of the places that it is attached to; each app that attaches files registers its
places. One that is attached to a source is seen by those who enter evidence and see the source and, where it is
shared, by everybody who sees the source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import ids
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import documents_where, visible_sources
from followthrough.web.files.models import SourceFile, StoredFile

Place = Callable[[Actor], "QuerySet[Any]"]
_PLACES: list[Place] = []


def register_place(attached: Place) -> None:
    """Register a place: ``attached`` returns what a person sees attached there, by ``file`` and ``name``."""
    _PLACES.append(attached)


def visible_files(by: Actor) -> QuerySet[StoredFile]:
    """Return the files that ``by`` may fetch."""
    allowed = Q(pk__in=[])
    for attached in _PLACES:
        allowed |= Q(pk__in=attached(by).order_by().values("file"))
    return StoredFile.objects.filter(allowed)


def names_of(file: StoredFile, by: Actor) -> list[str]:
    """Return what a file is called in the places that ``by`` sees it in, each name once."""
    found = (attached(by).filter(file=file).order_by("pk").values_list("name", flat=True) for attached in _PLACES)
    return list(dict.fromkeys(name for names in found for name in names))


def keeps_sources(by: Actor) -> bool:
    """Say whether ``by`` enters evidence somewhere, and so reads and attaches the files of sources that they see."""
    return documents_where(by, Permission.ENTER).exists()


def visible_source_files(by: Actor) -> QuerySet[SourceFile]:
    """Return the files of sources that ``by`` may see, withdrawn ones only for those who attach them."""
    held = SourceFile.objects.filter(source__in=ids(visible_sources(by)))
    return held if keeps_sources(by) else held.filter(shared=True, withdrawn="")


def register() -> None:
    """Register the files of sources: called once all models are loaded."""
    register_place(visible_source_files)
