"""Where a register keeps its files: the user's standard data folder unless told otherwise.

Nothing in it is deleted that we did not make. What belongs to the program and to no register, the lock and the static
files, stands in a folder of our own name, ``.followthrough``.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from followthrough.errors import InputRefused

OWN = ".followthrough"
REGISTER = "register.sqlite3"
_OURS = re.compile(r"(register|test\w*|http-cache)\.sqlite3(-\w+)?|files|archive")
_OF_THE_SYSTEM = {"lost+found", ".DS_Store", ".snapshot"}
_ANOTHER = "name another folder with --data-dir or FOLLOWTHROUGH_DATA_DIR"


def data_directory(chosen: str = "") -> Path:
    """Return the data directory, made if it is not there, for its owner alone.

    ``chosen`` wins; else ``XDG_DATA_HOME`` or the platform's own folder for application data. Raises ``InputRefused``
    where the folder cannot be made or written, and where it holds other people's files and no register.
    """
    folder = Path(chosen).expanduser() if chosen else _platform_folder() / "followthrough"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(folder)
        (folder / OWN).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise InputRefused(str(folder), f"cannot be used as a data folder ({error.strerror})", _ANOTHER) from None
    return folder


def register_file(folder: Path) -> Path:
    """Return the embedded register of a data folder; one that is not there is made empty, for its owner alone.

    SQLite gives the files beside it (``-wal``, ``-shm``) the same permissions. Raises ``InputRefused`` where the file
    is no database, or that of another program: it is only looked at, since opening it for use would change it.
    """
    path = folder / REGISTER
    if path.is_file():
        _look(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise InputRefused(str(path), f"cannot be opened ({error.strerror})", _ANOTHER) from None
    return path


def _look(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.OperationalError:
        return  # locked, or not to be opened: whoever opens it for use says so
    except sqlite3.DatabaseError:
        raise InputRefused(str(path), "is broken, or no database of ours", f"restore a backup, or {_ANOTHER}") from None
    if tables and "django_migrations" not in tables:
        raise InputRefused(str(path), "is the database of another program", _ANOTHER)


def _refuse_foreign(folder: Path) -> None:
    if (folder / REGISTER).exists() or (folder / OWN).exists():
        return
    foreign = sorted(path.name for path in folder.iterdir() if not _ours(path))
    if foreign:
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise InputRefused(str(folder), f"holds no register and files of another kind ({foreign[0]}{more})", _ANOTHER)


def _ours(path: Path) -> bool:
    if path.name == "static":  # where an earlier version kept what it marked so
        return (path / ".collected").is_file()
    return path.name in _OF_THE_SYSTEM or bool(_OURS.fullmatch(path.name))


def _platform_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    return Path(os.environ.get("XDG_DATA_HOME", "") or Path.home() / ".local" / "share")
