"""Lays down a register with everything in it, under a fixed clock and fixed secrets: part of ``snapshot.py``."""
# ruff: noqa: S105  the passwords are of people who exist here only; this is a report for a terminal

from __future__ import annotations

import importlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PASSWORD = "a long enough snapshot password"
TEXT = """Joint Declaration of the River States on Bridges

Adopted in Harbour Town on 3 May 2024

We, the Ministers of the River States, hereby agree to:

1. Strengthen cooperation on the maintenance of bridges and establish the River Bridges Fund by 2026.

2. Promote the exchange of engineers, and support the training of young builders through the Bridge Programme.

3. Welcome the progress made in the harbour.
"""
WHOLE = {
    "administrator": "administrator",
    "editor": "editor",
    "coordinator": "coordinator",
    "assessor": "assessor",
    "plain": "",
}
"""People with a role over the whole register, and one without any."""
OVER_ONE = {"focal": "contributor", "other-focal": "contributor", "coder": "assessor", "one-editor": "editor"}
"""People with a role over one agreement."""


@dataclass(frozen=True)
class Pack:
    """What of a pack the story is about."""

    document: str
    refs: tuple[str, str]
    parties: tuple[str, str]
    claims: tuple[str, str, str]
    editor: int
    """How many addresses of a route the editor is asked for; nobody is asked for all of them."""
    others: int
    """How many everybody else is."""


PACKS = {
    "asean_rok": Pack("asean-rok-2019", ("4.3b", "1.4a"), ("KOR", "SGP"), ("c-124", "c-051", "c-026"), 50, 4),
    "lake": Pack("lake-accord-2021", ("1a", "3a"), ("ALT", "BOR"), ("c-4", "c-9", "c-1"), 50, 12),
}


def take_register(name: str, out: Path, statement: Path | None, lake: Path, most: int = 0) -> None:
    """Lay a register down, ask it for everything, and write that and its exports under ``out``."""
    folder = Path(tempfile.mkdtemp(prefix=f"snapshot-{name}-"))
    try:
        reseed = freeze()
        _environment(folder)
        _load(name, statement, lake)
        _exports(out / f"{name}-exports-as-imported", folder)
        people = _people()
        _override_settings()
        from snapshot_pages import survey
        from snapshot_story import tell

        tell(PACKS[name], out / f"{name}-story", reseed)
        _exports(out / f"{name}-exports", folder)
        pack, seeds = PACKS[name], _seeds(out / f"{name}-exports" / "pack")
        few = {role: pack.editor if role == "editor" else pack.others for role, username in people.items() if username}
        few["signed out"] = most
        bad = survey(out / name, people, seeds, reseed, few)
        print(f"{name}: {len(bad)} answers of 500 and above {bad[:5]}", file=sys.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def freeze() -> Any:
    """Stop the clock and fix the secrets; return what begins their draws anew for a given word."""
    state = random.Random("snapshot")

    def drawn(count: int) -> bytes:
        return state.randbytes(count)

    os.urandom = drawn
    random._urandom = drawn  # type: ignore[attr-defined]
    time.time = NOW.timestamp
    from django.utils import timezone

    timezone.now = lambda: NOW
    return state.seed


def _environment(folder: Path) -> None:
    os.environ["FOLLOWTHROUGH_DATA_DIR"] = str(folder)
    os.environ["FOLLOWTHROUGH_SECRET_KEY"] = "a-secret-key-of-the-snapshot-and-of-nothing-else-0123456789"
    os.environ["FOLLOWTHROUGH_HTTPS"] = "false"
    os.environ["FOLLOWTHROUGH_DEMO"] = "true"
    os.environ.pop("DATABASE_URL", None)


def run_command(arguments: Iterable[str], typed: str = "") -> str:
    """Run a command of the program in this process and return what it prints. Raises where it fails."""
    import click
    from click.testing import CliRunner

    (entry,) = entry_points(group="console_scripts", name="followthrough")
    module = importlib.import_module(entry.module)
    group = next(one for one in vars(module).values() if isinstance(one, click.Group))
    result = CliRunner().invoke(group, list(arguments), input=typed)
    if result.exit_code:
        raise RuntimeError(f"{list(arguments)}: {result.output}") from result.exception
    return result.output


def _load(name: str, statement: Path | None, lake: Path) -> None:
    """Load the lake accord as any pack, and the bundled one as the demo does, with its example of a round."""
    if name == "lake":
        run_command(["import", str(lake)])
        return
    demo: Any = importlib.import_module("followthrough.cli.demo")
    demo.prepare = lambda *_: run_command(["people", "list"])  # which makes the database
    demo.run = demo._announce = lambda *_: None
    attached = ["--statement", str(statement)] if statement else []
    run_command(["demo", "--no-browser", *attached])


def _people() -> dict[str, str]:
    """Make the people and return their user names by role, nobody first."""
    for name, role in WHOLE.items():
        run_command(["people", "add", name, *(["--role", role] if role else [])], f"{PASSWORD}\n{PASSWORD}\n")
    from django.contrib.auth import get_user_model

    get_user_model().objects.create_superuser("superuser")
    return {"signed out": "", **{name: name for name in (*WHOLE, *OVER_ONE, "superuser")}}


def _override_settings() -> None:
    """Serve static files under their own names, and keep mail in memory."""
    from django.conf import settings
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    override_settings(
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        MIDDLEWARE=[name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")],
    ).enable()


def _exports(out: Path, folder: Path) -> None:
    """Write what the register is exported as: a pack, a workbook, and the repository of its indicators."""
    out.mkdir(parents=True)
    from snapshot_pages import normalised, text_of

    run_command(["export", str(out / "pack")])
    run_command(["export", str(folder / "pack.xlsx")])
    (out / "workbook.txt").write_text(normalised(text_of((folder / "pack.xlsx").read_bytes())), encoding="utf-8")
    run_command(["export", "--format", "open-sdg", str(out / "open-sdg")])
    (out / "people.txt").write_text(run_command(["people", "list"]), encoding="utf-8")
    (out / "audit.txt").write_text(run_command(["audit", "verify"]).replace(str(folder), "DATA"), encoding="utf-8")


def _seeds(pack: Path) -> list[str]:
    """Return the addresses of everything that an exported pack names."""
    import csv

    found = ["/"]
    for table, address in (
        ("claims", "/claims/{id}"), ("activities", "/activities/{id}"), ("sources", "/sources/{id}"),
        ("indicators", "/indicators/{id}"), ("parties", "/parties/{id}"), ("documents", "/agreements/{id}"),
        ("commitments", "/agreements/{id}"), ("provisions", "/agreements/{id}"),
        ("documents", "/agreements/{id}/suggestions"), ("documents", "/agreements/{id}/suggest"),
    ):  # fmt: skip
        path = pack / f"{table}.csv"
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as file:
                found += [address.format(id=row["id"]) for row in csv.DictReader(file)]
    return found
