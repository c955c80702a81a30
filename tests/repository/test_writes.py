"""Records change through actions alone: a file for each noun, each with its actor and its audit event."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from support import REPOSITORY, nodes, nodes_of

SOURCE = REPOSITORY / "src" / "followthrough"
ALWAYS = {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "update_or_create"}
"""Methods that write whatever they are called on."""
WITHOUT_ARGUMENTS = {"save", "update"}
"""Methods that write where they take nothing but keywords: those of dictionaries, digests and bars take more."""
ALLOWED = {
    "web/accounts/models.py": "a user is saved as Django and allauth do; the record of it is the action's",
    "web/accounts/sessions.py": "when a session was seen last",
    "web/api/idempotency.py": "what a program was answered, in the transaction of what it wrote",
    "web/audit/record.py": "the audit record itself",
    "web/backup/restoring.py": "a restored register takes the place of what migrations made, with its own audit record",
    "web/exchange/importing.py": "imports a pack, with its permission and its event",
    "web/kit/ids.py": "counters of ids, and the record that an action creates under a free one",
    "web/limits/limiter.py": "counters of limits",
    "web/notices/outbox.py": "the outbox: notices of what an action does, in its transaction, with its event",
    "web/notices/webhooks.py": "how far a program was told, which the sender alone knows",
    "web/notices/sending.py": "how far a notice is on its way, which the sender alone knows",
    "web/search/index.py": "the search index, made anew from the record",
}
"""Files that write and are no action, and why."""
PARTS = {
    (
        "accounts/actions/demo_people.py",
        "demo_person",
    ): "a person of the demo alone; adding them is recorded, a password of one run is not",
    ("workbench/actions/drafts.py", "take_step"): "a part of the actions on drafts, which pass on by whom",
    ("workbench/actions/drafts.py", "keep_register"): "likewise",
    ("workbench/actions/drafts.py", "show"): "likewise",
    ("exchange/actions/reported_rows.py", "add_reported"): "a part of an import, which records what it wrote",
    ("exchange/actions/reported_rows.py", "change_reported"): "likewise",
    ("workbench/actions/register_rows.py", "put"): "a part of undo and redo: it returns the events, which they record",
}
"""Functions among the actions that write for another action, and why they take no ``by`` or record no event."""


def is_write(call: ast.Call) -> bool:
    """Say whether a call writes records: by the name of its method and what it is given."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "create"  # kit.ids.create
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in ALWAYS:
        return True
    positional = any(not isinstance(one, ast.Starred) for one in call.args)
    return call.func.attr in WITHOUT_ARGUMENTS and not positional


def writes(tree: Iterable[ast.AST]) -> Iterator[int]:
    """Yield the lines of a module or function that write."""
    for node in tree:
        if isinstance(node, ast.Call) and is_write(node):
            yield node.lineno


def writers() -> dict[str, list[int]]:
    """Return the lines of each file of the web and the commands that write and are neither action nor migration."""
    found = {}
    for path in sorted([*SOURCE.joinpath("web").rglob("*.py"), *SOURCE.joinpath("cli").rglob("*.py")]):
        if "migrations" in path.parts or path.parent.name == "actions":
            continue
        if lines := list(writes(nodes_of(path))):
            found[path.relative_to(SOURCE).as_posix()] = lines
    return found


def actions() -> list[Path]:
    """Return the modules of actions."""
    return sorted(path for path in SOURCE.joinpath("web").rglob("actions/*.py") if path.name != "__init__.py")


def test_records_are_written_by_actions_alone() -> None:
    found = writers()
    assert not (new := {name: lines for name, lines in found.items() if name not in ALLOWED}), (
        f"make it an action: {new}"
    )
    stale = {name for name, why in ALLOWED.items() if name not in found}
    assert not stale, f"writes no more, take it out: {stale}"


@pytest.mark.parametrize("path", actions(), ids=lambda path: path.relative_to(SOURCE / "web").as_posix())
def test_an_action_names_its_actor(path: Path) -> None:
    """Whoever calls a function that writes says ``by`` whom, with the keyword."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and list(writes(ast.walk(node))):
            if (path.relative_to(SOURCE / "web").as_posix(), node.name) in PARTS:
                continue
            assert "by" in {one.arg for one in node.args.kwonlyargs}, f"{node.name} has no keyword-only `by`"


@pytest.mark.parametrize("path", actions(), ids=lambda path: path.relative_to(SOURCE / "web").as_posix())
def test_a_module_that_writes_records_events(path: Path) -> None:
    tree = nodes_of(path)
    called = {node.func.id for node in tree if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    if list(writes(tree)) and path.relative_to(SOURCE / "web").as_posix() not in {name for name, _ in PARTS}:
        assert [name for name in called if name.startswith("record")], "it writes and records no event"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Claim.objects.filter(pk=1).update(kind='x')", 1),
        ("claim.save(update_fields=['kind'])", 1),
        ("super().save(*rest, **fields)", 1),
        ("create(Claim, 'c-', kind='x')", 1),
        ("Claim.objects.bulk_create(claims)", 1),
        ("digest.update(piece)", 0),
        ("bar.update(task, total=3)", 0),
        ("drafts.save(draft, edits, by=user)", 0),
    ],
)
def test_a_write_is_found(text: str, count: int) -> None:
    assert len(list(writes(nodes(text)))) == count
