"""Tables of a pack <-> rows of the register, one to one and both ways; those of ``reported_rows`` by what they say."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, models

from followthrough.packs.cells import Row
from followthrough.packs.reading import Pack as PackFiles
from followthrough.packs.schema import TABLES, Table
from followthrough.web.accounts.models import User
from followthrough.web.activities.models import Activity, ActivityEvent, ActivityParty, FundFigure, Meeting
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    DocumentParty,
    Edge,
    Instrument,
    InterpretiveNote,
    Membership,
    Pack,
    PaperWords,
    Party,
    PartyEvent,
    Provision,
    Source,
)
from followthrough.web.assessments.models import Scale, ScaleValue
from followthrough.web.evidence.models import Claim, ClaimParty, Conflict, ConflictSide
from followthrough.web.exchange.reported_rows import READERS, everything, reported_rows
from followthrough.web.indicators.models import Feed, Figure, Indicator, Observation, Series, Target, Vintage
from followthrough.web.links.models import Link
from followthrough.web.search.models import AlikeWords

MODELS: dict[str, type[models.Model]] = {
    "sources": Source,
    "parties": Party,
    "memberships": Membership,
    "documents": Document,
    "document_parties": DocumentParty,
    "instruments": Instrument,
    "provisions": Provision,
    "commitments": Commitment,
    "interpretive_notes": InterpretiveNote,
    "citations": Citation,
    "paper_words": PaperWords,
    "claims": Claim,
    "claim_parties": ClaimParty,
    "activities": Activity,
    "activity_parties": ActivityParty,
    "activity_events": ActivityEvent,
    "party_events": PartyEvent,
    "fund_figures": FundFigure,
    "series": Series,
    "observations": Observation,
    "targets": Target,
    "meetings": Meeting,
    "indicators": Indicator,
    "feeds": Feed,
    "vintages": Vintage,
    "figures": Figure,
    "links": Link,
    "conflicts": Conflict,
    "conflict_sides": ConflictSide,
    "edges": Edge,
    "scales": Scale,
    "scale_values": ScaleValue,
    "search_words": AlikeWords,
}


def fields(table: Table) -> dict[str, str]:
    """Return the name of the model's field for each column of ``table``."""
    return {column.name: f"{column.name}_id" if column.points_to else column.name for column in table.columns}


def rows_of(table: Table, keys: Collection[str] | None = None) -> dict[str, Row]:
    """Return the register's rows of ``table`` by id, in the form that a pack holds; with ``keys``, those alone."""
    if table.name in READERS:
        rows = reported_rows(table.name, everything())
        return rows if keys is None else {key: rows[key] for key in keys if key in rows}
    names = fields(table)
    held = MODELS[table.name]._default_manager.order_by("pk")
    values = (held if keys is None else held.filter(pk__in=keys)).values_list(*names.values())
    found = (dict(zip(names, row, strict=True)) for row in values)
    return {str(row["id"]): row for row in found}


def instance(table: Table, row: Row) -> models.Model:
    """Return an unsaved record for ``row``."""
    names = fields(table)
    values: dict[str, Any] = {names[column]: value for column, value in row.items()}
    return MODELS[table.name](**values)


def insert(table: Table, rows: list[Row]) -> None:
    """Write new rows. The cells go to the database as they are: records of them would take twice as long to make."""
    if not rows:
        return
    model, names = MODELS[table.name], {field: column for column, field in fields(table).items()}
    columns = [(field, names.get(field.attname)) for field in model._meta.concrete_fields]
    cells = [[_cell(field, row[name] if name else field.get_default()) for field, name in columns] for row in rows]
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(field.column)) for field, _ in columns)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 - names of the schema
    with connection.cursor() as cursor:
        cursor.executemany(sql, cells)


def _cell(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value as the database takes it; what is text, a number or nothing is so already."""
    plain = value is None or type(value) in (str, int, bool)
    return value if plain else field.get_db_prep_save(value, connection)


def register_as_pack() -> PackFiles:
    """Return the whole register as a pack; several imported packs become one, called ``register``.

    Who has an account here is not named in it.
    """
    packs = list(Pack.objects.all())
    rows = {table.name: list(rows_of(table).values()) for table in TABLES}
    people = set(User.objects.values_list("username", flat=True))
    rows["links"] = [{**row, "confirmed_by": ""} if row["confirmed_by"] in people else row for row in rows["links"]]
    if len(packs) == 1:
        only = packs[0]
        return PackFiles(only.name, only.title, only.version, only.description, only.licence, "", rows)
    names = ", ".join(f"{pack.name} {pack.version}" for pack in packs) or "nothing imported"
    return PackFiles("register", "A Followthrough register", "1.0.0", f"Holds {names}.", "", "", rows)
