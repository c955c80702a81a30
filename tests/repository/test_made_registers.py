"""An empty register serves again until something that its migrations ran is changed, added or taken away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import made_registers
from made_registers import SOURCE

HELD = sorted({SOURCE / "web" / "audit" / "guards.py", *made_registers._migrations()})


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The note beside a register that another state of the code made."""
    made = tmp_path / "earlier"
    made.mkdir()
    (made / "empty.sqlite3").write_bytes(b"a register")
    (made / "empty.json").write_text(json.dumps(made_registers._digests(HELD)))
    monkeypatch.setattr(made_registers, "KEPT", tmp_path)
    return made / "empty.json"


def is_taken(folder: Path) -> bool:
    path = folder / "empty.sqlite3"
    taken = made_registers._take_migrated(path)
    assert path.exists() is taken
    return taken


def test_a_register_serves_again(noted: Path, tmp_path: Path) -> None:
    assert is_taken(tmp_path)
    assert (tmp_path / "empty.json").read_text() == noted.read_text()


@pytest.mark.parametrize("change", ["changed", "added", "taken away"])
def test_what_made_it_differs(noted: Path, tmp_path: Path, change: str) -> None:
    held = json.loads(noted.read_text())
    migration = next(name for name in held if "/migrations/0" in name)
    if change == "changed":
        held[str(SOURCE / "web" / "audit" / "guards.py")] = "another digest"
    elif change == "added":
        del held[migration]
    else:
        held[migration.replace(".py", "_gone.py")] = held[migration]
    noted.write_text(json.dumps(held))
    assert not is_taken(tmp_path)
