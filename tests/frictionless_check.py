"""The validator of the Frictionless project on a pack that was written."""

from __future__ import annotations

from pathlib import Path

from frictionless import Package


def problems(folder: Path) -> list[tuple[str, str]]:
    """Return what the validator finds wrong in the pack at ``folder``: table and message."""
    report = Package(str(folder / "datapackage.json")).validate()
    found = [("", error.message) for error in report.errors]
    return found + [(task.name, error.message) for task in report.tasks for error in task.errors]
