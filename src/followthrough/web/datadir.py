"""Where a register keeps its files: the user's standard data folder unless told otherwise."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_directory(chosen: str = "") -> Path:
    """Return the data directory, made if it is not there.

    ``chosen`` wins; else ``XDG_DATA_HOME`` or the platform's own folder for application data.
    Raises ``OSError`` where the folder cannot be made.
    """
    folder = Path(chosen).expanduser() if chosen else _platform_folder() / "followthrough"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _platform_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    return Path(os.environ.get("XDG_DATA_HOME", "") or Path.home() / ".local" / "share")
