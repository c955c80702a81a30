"""Pages, files, counts and searches read the register through ``policy.py`` of each app alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from support import REPOSITORY, nodes_of

WEB = REPOSITORY / "src" / "followthrough" / "web"
APPS = ("agreements", "links", "files", "evidence", "activities", "indicators", "assessments", "workbench", "exchange")
EVERYBODYS = {
    "Pack": "what was imported: its title and version",
    "Party": "states and organisations", "Membership": "and who was a member of what",
    "Scale": "published scales of rating", "ScaleValue": "and their values",
    "Feed": "where the figures of an indicator come from; reached by an indicator that came through its door",
    "Vintage": "what a provider published on a day, likewise", "Figure": "and its figures",
    "Refresh": "when figures were asked for", "Fetch": "and what came",
}  # fmt: skip
"""Models that hide nothing, and why."""
WRITING = {
    "importing.py",
    "example.py",
    "pack_tables.py",
    "reported_rows.py",
    "actions.py",
    "policy.py",
    "scope.py",
    "visibility.py",
}
"""Files of importers and actions that are no folder yet, which ask for the permission themselves, and of the doors."""
ALLOWED = {
    ("agreements/document_facts.py", "Document"): "kept query, without what the policy hides",
    ("agreements/rows.py", "DocumentParty"): "kept queries, filtered by ids of documents that came through the door",
    ("agreements/rows.py", "Provision"): "likewise",
    ("agreements/rows.py", "Commitment"): "likewise; why one was withdrawn is asked of a document that is shown",
    ("agreements/rows.py", "Citation"): "likewise",
    ("agreements/rows.py", "InterpretiveNote"): "the note of a commitment whose page is shown",
    ("agreements/comparison.py", "OfficialText"): "of the documents of a pack; an edition's came through its doors",
    ("links/stamps.py", "Link"): "of all links of a subject; only their stamp leaves it",
    ("assessments/rows.py", "Rating"): "of a round that came through the door; values only where all coders are in",
    ("assessments/rows.py", "AdjudicatedRating"): "of a round that came through the door",
    ("assessments/rows.py", "Reply"): "of a round that came through the door",
    ("assessments/waiting.py", "RatingUnit"): "inside conditions on cells and rounds that came through the door",
    ("assessments/waiting.py", "Rating"): "likewise",
    ("assessments/waiting.py", "AdjudicatedRating"): "likewise",
    ("assessments/waiting.py", "Reply"): "likewise",
    ("workbench/rows.py", "Draft"): "of documents that the person may edit",
    ("workbench/rows.py", "ProvisionDraft"): "of a draft that came through the door; in sum, of published catalogues",
    ("workbench/review.py", "ProvisionDraft"): "of a draft that came through the door",
    ("records/on_a_day.py", "Claim"): "the day of the first evidence; nothing else leaves it",
    ("pages/dated_views.py", "Link"): "of a place that came through the door, to claims that come through theirs",
    **{
        (f"{app}/search_entries.py", "*"): "makes the index, which is read through the doors (search/query.py)"
        for app in ("agreements", "links", "evidence", "activities", "indicators")
    },
}  # fmt: skip
"""Reads that start elsewhere, and why."""


def hiding() -> set[str]:
    """Return the names of the models whose records somebody may not be allowed to see."""
    return {one.__name__ for label in APPS for one in apps.get_app_config(label).get_models()} - set(EVERYBODYS)


def reads(path: Path, models: set[str]) -> Iterator[tuple[str, int]]:
    """Return each place where a read starts from a model itself: ``Claim.objects``, under whatever name it goes."""
    tree = nodes_of(path)
    names = {
        alias.asname or alias.name: alias.name
        for node in tree if isinstance(node, ast.ImportFrom)
        for alias in node.names if alias.name in models
    }  # fmt: skip
    managers = {"objects", "everything", "_default_manager", "_base_manager"}
    for node in tree:
        if not isinstance(node, ast.Attribute) or node.attr not in managers:
            continue
        if isinstance(node.value, ast.Name) and node.value.id in names:
            yield names[node.value.id], node.lineno


def read_elsewhere() -> dict[tuple[str, str], str]:
    """Return the reads outside the doors, by file and model, each with a line."""
    found, hidden = {}, hiding()
    for path in sorted(WEB.rglob("*.py")):
        if path.name in WRITING or {"actions", "migrations"} & set(path.parts):
            continue
        where = path.relative_to(WEB).as_posix()
        for model, line in reads(path, hidden):
            found[(where, "*" if (where, "*") in ALLOWED else model)] = f"{where}:{line} reads {model}"
    return found


def test_every_read_starts_at_a_door() -> None:
    found = read_elsewhere()
    assert not (new := [says for key, says in found.items() if key not in ALLOWED]), f"read through visible_*: {new}"
    assert not (stale := set(ALLOWED) - set(found)), f"no longer read, take out: {stale}"


def test_a_read_that_starts_elsewhere_is_found(tmp_path: Path) -> None:
    module = tmp_path / "views.py"
    module.write_text("from x.models import Claim as C\nfound = C.objects.filter(pk=1)\n")
    assert list(reads(module, hiding())) == [("Claim", 2)]
