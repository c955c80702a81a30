"""What every form for evidence stands on: the importer's checks of cells, sources found or made, and free ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from followthrough.model.dates import written
from followthrough.packs.cells import BadCell, parse
from followthrough.packs.columns import Column
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.policy import Actor, may, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document, Party, Source
from followthrough.web.agreements.policy import visible_sources
from followthrough.web.audit.record import record
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.kit.ids import count_again, free
from followthrough.web.links.models import Link

Record = TypeVar("Record", bound=models.Model)
TRIES = 5
"""How often a free id is looked for again when somebody else took it in the same moment."""


class BadEntry(Exception):
    """An entry that cannot be taken: ``problems`` maps each field to what is wrong with it; nothing was saved."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class Duplicate(Exception):
    """It may be here already: ``like`` names what is alike. Sent again with the same words it is saved."""

    def __init__(self, like: Sequence[str]) -> None:
        self.like = list(like)
        super().__init__("; ".join(self.like))


def parsed(name: str, cells: Mapping[str, str], problems: dict[str, str]) -> dict[str, Any]:
    """Read cells of the table ``name`` as the importer does; what is wrong goes to ``problems`` by table and column.

    A required column that nobody types is left to the caller.
    """
    table = next(table for table in TABLES if table.name == name)
    row: dict[str, Any] = {}
    for column in table.columns:
        try:
            if column.name in cells:
                row[column.name] = parse(column, _as_kept(column, cells[column.name]))
        except (BadCell, ValueError) as error:
            problems[f"{name}.{column.name}"] = str(error)
    return row


def _as_kept(column: Column, text: str) -> str:
    """Return a cell as a pack keeps it: people write dates in many ways."""
    if column.required and not text.strip():
        raise ValueError("this is needed; fill it in")
    return written(text) if column.kind == "date" and text.strip() else text


def held_or_new(source: Mapping[str, Any], *, by: Actor) -> Source:
    """Return the source of this address, made with its audit event where the register holds none."""
    held = Source.objects.filter(url=source["url"]).first()
    if held is None:
        base = f"s-{slugify(source['publisher'])[:40] or 'source'}-{source.get('published', '')[:4]}".strip("-")
        held = create(Source, base, **{name: value for name, value in source.items() if name != "id"})
        record(name_of(by), "source.added", "source", held.pk, {"url": held.url})
    return held


def alike(source: Mapping[str, Any], by: Actor) -> list[str]:
    """Return what ``by`` sees under another address that has the title and the date of ``source``."""
    twins = visible_sources(by).filter(title__iexact=source["title"], published=source.get("published", ""))
    if twins.filter(url=source["url"]).exists():
        return []
    others = twins[:3]
    return [f"a source with this title and date is here under another address: {twin.url}" for twin in others]


def parties_named(ids: Sequence[str], problems: dict[str, str]) -> list[str]:
    """Return the ids of parties, once each; one that the register does not hold goes to ``problems``."""
    held = set(Party.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if missing := [one for one in ids if one not in held]:
        problems["parties"] = f"the register holds no party {', '.join(missing)}"
    return sorted(held)


def documents_of(thing: str, key: str) -> list[Document]:
    """Return the documents that a thing is tied to, by a commitment or by a provision."""
    held = Link.objects.filter(**{thing: key})
    ids = {*held.values_list("commitment__provision__document", flat=True)}
    ids |= {*held.values_list("provision__document", flat=True)}
    return list(Document.objects.filter(pk__in=[one for one in ids if one]))


def require_in_all(by: Actor, permission: Permission, thing: str, key: str) -> None:
    """Raise ``NotAllowed`` unless ``by`` may do ``permission`` in every document that the thing is tied to."""
    documents = documents_of(thing, key)
    for document in documents:
        require(by, permission, document)
    if not documents:
        require(by, permission)


def may_in_all(by: Actor, permission: Permission, thing: str, key: str) -> bool:
    """Say whether ``by`` may do ``permission`` in every document that the thing is tied to."""
    documents = documents_of(thing, key)
    return all(may(by, permission, one) for one in documents) if documents else may(by, permission)


def create(model: type[Record], base: str, **values: Any) -> Record:
    """Make a record under a free id, also while others make theirs; see ``free``."""
    for _ in range(TRIES):
        key = free(model, base)
        try:
            with transaction.atomic():
                return model._default_manager.create(id=key, **values)
        except IntegrityError:
            if not model._default_manager.filter(pk=key).exists():
                raise
            count_again(model, base)  # an import, or somebody at the same moment
    raise Overtaken("others are writing at the same moment; send it again")
