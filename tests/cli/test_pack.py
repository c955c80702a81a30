"""Import and export on the command line: dry runs, refusals, and the same bytes out as in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from made_registers import empty_register
from serving import PATIENCE

PACK = Path(str(files("followthrough.packs") / "asean_rok_2019"))

pytestmark = pytest.mark.slow


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "followthrough", *arguments, "--data-dir", str(folder)]
    environment = {**os.environ, "DATABASE_URL": ""}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE)


def added(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("added ")]


def test_export_import_export_into_an_empty_register_is_byte_identical(tmp_path: Path) -> None:
    for source, register, out in ((PACK, "one", "first"), (tmp_path / "first", "two", "second")):
        assert run(empty_register(tmp_path / register), "import", str(source)).returncode == 0
        assert run(tmp_path / register, "export", str(tmp_path / out)).returncode == 0
    names = {path.name for path in (tmp_path / "first").iterdir()}
    assert names == {path.name for path in PACK.iterdir() if path.suffix in (".csv", ".json")}
    for name in names:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
        assert (tmp_path / "first" / name).read_bytes() == (PACK / name).read_bytes()


def test_a_dry_run_shows_every_row_and_changes_nothing(tmp_path: Path) -> None:
    shown = run(empty_register(tmp_path), "import", str(PACK), "--dry-run")
    assert "added    commitments        asean-rok-2019/4.3b" in shown.stdout
    again = run(tmp_path, "import", str(PACK), "--dry-run")
    assert again.stdout == shown.stdout
    assert run(tmp_path, "import", str(PACK)).returncode == 0
    assert not added(run(tmp_path, "import", str(PACK), "--dry-run").stdout)


def test_a_broken_pack_is_refused_whole(tmp_path: Path) -> None:
    broken = Path(shutil.copytree(PACK, tmp_path / "broken"))
    table = broken / "commitments.csv"
    table.write_text(table.read_text("utf-8").replace(",action,4", ",deed,4", 2), "utf-8")
    done = run(empty_register(tmp_path / "register"), "import", str(broken))
    assert done.returncode == 1
    assert done.stderr.count("commitments.csv, row ") == 2
    assert "Traceback" not in done.stderr
    assert len(added(run(tmp_path / "register", "import", str(PACK), "--dry-run").stdout)) > 200
