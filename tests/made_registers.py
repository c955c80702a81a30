"""Registers that are copied where they would be made anew: an empty one, and one with the bundled pack.

All migrations take seconds of CPU, as does the import of the pack, and dozens of tests begin with one of them in a
folder of its own. Each is made by the command that users run when it is first asked for, once for a state of the code,
and kept under ``.pytest_cache``. Tests of a first start do without them.

An empty one is made anew only where code that the migrations ran has changed: the modules that were loaded when they
had run are noted beside it, so that whoever changes a page, a reader or a test waits for no migration.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from support import REPOSITORY

KEPT = REPOSITORY / ".pytest_cache" / "registers"
NAME = "register.sqlite3"
SOURCE = REPOSITORY / "src" / "followthrough"
TESTS = REPOSITORY / "tests"
PACK = SOURCE / "packs" / "asean_rok_2019"


def empty_register(folder: Path) -> Path:
    """Lay an empty register down in ``folder``, which need not be there; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy_database("empty", folder / NAME)
    return folder


def bundled_register(folder: Path) -> Path:
    """Lay a register with the bundled pack down in ``folder``, which need not be there; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy_database("bundled", folder / NAME)
    return folder


def copy_database(name: str, path: Path) -> None:
    """Copy the ``empty`` or the ``bundled`` database to ``path``, readable by nobody else."""
    shutil.copyfile(_made(name), path)
    path.chmod(0o600)


@cache
def _folder() -> Path:
    """Return the folder of what is kept for this state of the code."""
    folder = KEPT / _state()
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in KEPT.iterdir():  # another run of these tests may still begin from a state of an hour ago
            if old.is_dir() and time.time() - old.stat().st_mtime > 86_400:
                shutil.rmtree(old, ignore_errors=True)
    return folder


@cache
def _made(name: str) -> Path:
    """Return a database for this state of the code; one process makes it, and others that need it wait for it."""
    path = _folder() / f"{name}.sqlite3"
    with (_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists() and not (name == "empty" and _take_migrated(path)):
            _make(name, path)
    return path


def _state() -> str:
    """Return a digest of everything that the databases depend on: our code, the packs, the fixtures, the packages."""
    digest = hashlib.sha256()
    sources = [file for kind in ("py", "csv", "json") for file in SOURCE.rglob(f"*.{kind}")]
    sources += [*TESTS.glob("*.py"), *(TESTS / "lake_accord").iterdir()]
    for file in [REPOSITORY / "uv.lock", *sorted(sources)]:
        digest.update(str(file.relative_to(REPOSITORY)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


MIGRATE = """
import json, sys
from pathlib import Path
from followthrough.cli.boot import boot
boot()
from django.core.management import call_command
call_command("migrate", verbosity=0)
files = [vars(module).get("__file__") for name, module in sys.modules.items() if name.startswith("followthrough")]
print(json.dumps(sorted(file for file in files if file)))
"""
"""All migrations as the command runs them, and then the files of ours that they, and all models, were read from."""


def _make(name: str, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="made-", dir=KEPT) as made:
        data, copy = Path(made) / "data", Path(made) / "copy"
        if name == "empty":
            step = ["-c", MIGRATE]
        else:
            empty_register(data)
            step = ["-m", "followthrough", "import", str(PACK)]
        environment = {**os.environ, "FOLLOWTHROUGH_DATA_DIR": str(data), "DATABASE_URL": ""}
        done = subprocess.run([sys.executable, *step], env=environment, check=True, capture_output=True)
        with closing(sqlite3.connect(data / NAME)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        if name == "empty":
            read = [*map(Path, json.loads(done.stdout.splitlines()[-1])), *_migrations()]
            path.with_suffix(".json").write_text(json.dumps(_digests(read)), encoding="utf-8")
        copy.rename(path)


def _migrations() -> list[Path]:
    """Return what tells of a migration that was added or taken away, and of other packages."""
    return [*SOURCE.glob("web/*/migrations/*.py"), REPOSITORY / "uv.lock"]


def _digests(files: list[Path]) -> dict[str, str]:
    """Return the digest of each file, by its name."""
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted({*files}) if file.exists()}


def _take_migrated(path: Path) -> bool:
    """Take an empty register made in another state of the code, if nothing that made it differs in this one."""
    now = set(_digests(_migrations()))
    for noted in KEPT.glob("*/empty.json"):
        held, made = json.loads(noted.read_text(encoding="utf-8")), noted.with_suffix(".sqlite3")
        if made.exists() and now <= held.keys() and _digests([*map(Path, held)]) == held:
            shutil.copyfile(noted, path.with_suffix(".json"))
            part = path.with_suffix(f".{os.getpid()}")
            shutil.copyfile(made, part)
            part.replace(path)
            return True
    return False


def kept(name: str) -> Any:
    """Return what was kept under a name for this state of the code, or nothing."""
    path = _folder() / f"{name}.pickle"
    return pickle.loads(path.read_bytes()) if path.exists() else None  # noqa: S301 - written by ``keep``


def keep(name: str, value: object) -> None:
    """Keep a value under a name for this state of the code."""
    path = _folder() / f"{name}.pickle"
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(pickle.dumps(value))
    part.replace(path)
