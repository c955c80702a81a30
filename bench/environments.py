"""Environments for what we are compared with: made on the first run, and none of it a dependency of ours."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path


def python_with(home: Path, *packages: str) -> Path:
    """Return the Python of the environment in ``home`` that has ``packages``; raises where they cannot be fetched."""
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return python
