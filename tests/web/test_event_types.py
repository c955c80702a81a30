"""Types of audit events: one enumeration, and every call that records names a member of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import followthrough.web
from followthrough.web.agreements.models import Document
from followthrough.web.audit.event_types import EventType, row_event, told, unsearched
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record_all
from followthrough.web.exchange.importing import REPORTED
from followthrough.web.exchange.pack_tables import MODELS
from followthrough.web.indicators.actions.refreshes import ABSENT, FAILED, NEW, SAME
from followthrough.web.search.index import catch_up
from followthrough.web.search.models import Entry
from followthrough.web.workbench.actions import register_rows
from support import nodes

ROOT = Path(next(iter(followthrough.web.__path__)))
HOME = ROOT / "audit" / "event_types.py"
SOURCES = {path: path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py") if "migrations" not in path.parts}
ROWS = {row_event(str(model._meta.model_name), done) for model in MODELS.values() for done in ("added", "changed")}
STEPS = {row_event(kind, done) for kind in register_rows.MODELS for done in ("changed", "removed", "put_back")}
UNDONE = {EventType(f"{model._meta.model_name}.removed") for model in MODELS.values()
          if f"{model._meta.model_name}.removed" in set(EventType)}  # fmt: skip
"""What taking an import back records of the rows that it had added."""
FETCHES = {EventType(f"fetch.{outcome}") for outcome in (NEW, SAME, ABSENT, FAILED)}


def verbs() -> Iterator[tuple[str, ast.expr]]:
    """Give the second argument of every call of ``record``, with where it stands."""
    for path, source in SOURCES.items():
        for node in nodes(source):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[1]


def names_an_event(node: ast.expr) -> bool:
    """Say whether an expression is a member, one of two, the choice of one by its value, or a variable."""
    if isinstance(node, ast.IfExp):
        return names_an_event(node.body) and names_an_event(node.orelse)
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in {"EventType", "row_event"}
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Attribute)
        and ast.unparse(node.value) == "EventType"
        and node.attr in EventType.__members__
    )


def test_every_call_that_records_names_a_member() -> None:
    calls = list(verbs())
    assert len(calls) > 40
    assert [where for where, verb in calls if not names_an_event(verb)] == []


def test_no_other_file_spells_an_event() -> None:
    values = {event.value for event in EventType}
    spelt = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path, source in SOURCES.items()
        if path != HOME
        for node in nodes(source)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in values
    ]
    assert spelt == []


def test_every_member_is_recorded_somewhere() -> None:
    named = {
        name for path, source in SOURCES.items() if path != HOME for name in re.findall(r"EventType\.(\w+)", source)
    }
    reached = (
        ROWS
        | STEPS
        | UNDONE
        | FETCHES
        | set(REPORTED.values())
        | {EventType[name] for name in named if name in EventType.__members__}
    )
    assert set(EventType) - reached == set()


@pytest.mark.parametrize("event", EventType)
def test_a_member_is_stored_whole_and_told_in_words(event: EventType) -> None:
    kind, _, done = event.value.partition(".")
    assert event.name == f"{kind}_{done}".upper()
    assert len(event.value) <= (AuditEvent._meta.get_field("verb").max_length or 0)
    assert told(event.value) == event.told == done.replace("_", " ")


def test_an_event_of_an_earlier_version_is_told_by_its_own_words() -> None:
    assert told("mission.set_out") == "set out"


def test_only_what_is_searched_makes_the_index_anew(register: Document) -> None:
    catch_up()
    Entry.objects.all().delete()
    record_all("somebody", [(EventType(verb), verb.partition(".")[0], "c-001", {}) for verb in unsearched()])
    catch_up()
    assert not Entry.objects.exists()
    record_all("somebody", [(EventType.PACK_IMPORTED, "pack", "lakes", {})])
    catch_up()
    assert Entry.objects.exists()
