"""Atomic writes: what stands at a name is the old content or the new one, also when the writer is killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_file, atomic_folder, write_atomic

KILLED = (
    "import os, signal, sys\nfrom pathlib import Path\nfrom followthrough.io.atomic import {what}\n"
    "with {what}(Path(sys.argv[1])) as new:\n    {write}\n    os.kill(os.getpid(), signal.SIGKILL)\n"
)


def everything(folder: Path) -> list[str]:
    """Return the names of all that stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def names(folder: Path) -> list[str]:
    """Return what stands in a folder under a name of its own; a killed writer leaves its scratch behind a dot."""
    return [name for name in everything(folder) if not name.startswith(".")]


@pytest.mark.parametrize("before", [None, b"old"])
def test_a_file_is_written_or_left_as_it_was(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "report.csv"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(ZeroDivisionError), atomic_file(path) as file:
        file.write(b"new" * 100_000)
        raise ZeroDivisionError
    assert (path.read_bytes() if path.exists() else None) == before
    assert everything(tmp_path) == ([] if before is None else ["report.csv"])
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("what", "write"),
    [("atomic_file", "new.write(b'half'); new.flush()"), ("atomic_folder", "(new / 'a.csv').write_bytes(b'half')")],
)
def test_a_killed_writer_leaves_what_was_there(tmp_path: Path, what: str, write: str) -> None:
    path = tmp_path / "kept"
    if what == "atomic_file":
        path.write_bytes(b"old")
    else:
        path.mkdir()
        (path / "a.csv").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(what=what, write=write), str(path)], check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert names(tmp_path) == ["kept"]
    assert (path if path.is_file() else path / "a.csv").read_bytes() == b"old"


def test_a_folder_replaces_the_earlier_one_with_everything_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "pack"
    for content in ("one", "two"):
        with atomic_folder(folder) as new:
            (new / f"{content}.csv").write_text(content)
        assert names(folder) == [f"{content}.csv"]
    assert everything(folder.parent) == ["pack"]


def test_a_folder_whose_making_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), atomic_folder(tmp_path / "pack") as new:
        (new / "a.csv").touch()
        raise ZeroDivisionError
    assert everything(tmp_path) == []


def test_a_name_that_is_taken_is_not_written_over_unless_wanted(tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    path.write_bytes(b"old")
    with pytest.raises(InputRefused, match="is there already"), atomic_file(path, replace=False) as file:
        file.write(b"new")
    assert path.read_bytes() == b"old"
    assert everything(tmp_path) == ["backup.zip"]


def test_a_private_file_is_for_its_owner_alone_and_others_keep_the_mask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "shared", b"x")
        write_atomic(tmp_path / "private", b"x", private=True)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"shared": 0o640, "private": 0o600}


def test_a_place_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="it cannot be written") as refused:
        write_atomic(tmp_path / "nowhere" / "a.csv", b"x")
    assert len(str(refused.value).splitlines()) == 1


def test_a_folder_whose_new_name_fails_puts_the_earlier_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "weirs"
    folder.mkdir()
    (folder / "old.txt").write_text("otters")
    rename = Path.rename

    def refuse_new(path: Path, target: Path) -> Path:
        if target == folder and not path.name.endswith(".earlier"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(OSError, match="No space left"), atomic_folder(folder) as made:
        (made / "new.txt").write_text("beavers")
    assert [path.name for path in folder.iterdir()] == ["old.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["weirs"]
