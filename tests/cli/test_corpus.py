"""A folder read into one table: the same whatever the cores, taken up after a kill, bad files named."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from followthrough.corpus.rows import COLUMNS, rows_of
from followthrough.corpus.run import read_folder
from followthrough.corpus.workers import results
from followthrough.errors import InputRefused
from followthrough.pipeline.controls.files import pdf_of

pytestmark = pytest.mark.slow
COMMAND = (sys.executable, "-c", "from followthrough.cli import main; main()")
TEXT = "Pledge of the Weir Keepers {n}\n\nHereby agree to:\n\n1. Mend the weirs by 2030.\n\n2. Count the otters.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve texts in two folders, a hidden file, and three that cannot be read."""
    home = tmp_path / "texts"
    (home / "older").mkdir(parents=True)
    for n in range(12):
        (home / ("older" if n % 2 else ".") / f"pledge-{n:02}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    (home / ".hidden").write_text("not read", encoding="utf-8")
    (home / "binary.dat").write_bytes(bytes(range(256)) * 40)
    (home / "empty.txt").write_bytes(b"")
    (home / "gone.txt").symlink_to(home / "nowhere")
    return home


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    line = [*COMMAND, "read", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a .jsonl table."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_table_with_every_text_and_every_refusal_named(folder: Path, tmp_path: Path) -> None:
    done = command(folder, "--out", tmp_path / "corpus.parquet")
    assert done.returncode == 1
    assert done.stdout == ""
    said = done.stderr.splitlines()
    assert len(said) == 5
    assert [line.split(":")[0] for line in said[:3]] == ["binary.dat", "empty.txt", "gone.txt"]
    assert said[3].endswith("24 rows from 12 files; 3 refused")
    assert said[4] == "12 read; 3 refused"
    table = pq.read_table(tmp_path / "corpus.parquet")
    assert table.column_names == list(COLUMNS)
    assert table.column("verb").to_pylist()[:2] == ["mend", "count"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.parquet", "texts"]


def test_the_order_does_not_depend_on_the_cores(folder: Path, tmp_path: Path) -> None:
    for workers in (1, 3):
        read_folder(folder, tmp_path / f"{workers}.jsonl", workers=workers)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes()
    names = [row["file"] for row in lines(tmp_path / "1.jsonl")]
    assert names == sorted(names)


def test_a_killed_run_is_taken_up(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus.jsonl"
    for n in range(12, 200):
        (folder / f"pledge-{n:03}.txt").write_text(TEXT.format(n=n) * 8, encoding="utf-8")
    line = [*COMMAND, "read", str(folder), "--out", str(out), "--workers", "1"]
    process = subprocess.Popen(line, stderr=subprocess.DEVNULL)
    part = tmp_path / "corpus.jsonl.part"
    while not part.exists() or part.stat().st_size < 20_000:
        time.sleep(0.01)
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not out.exists()
    with part.open("ab") as file:
        file.write(b'{"file": "cut off in the mid')
    outcome = read_folder(folder, out)
    assert 0 < outcome.resumed < 200
    assert outcome.files == 200
    fresh = tmp_path / "fresh.jsonl"
    read_folder(folder, fresh)
    assert out.read_bytes() == fresh.read_bytes()
    assert not part.exists()


def test_a_file_that_changed_since_is_read_again(folder: Path, tmp_path: Path) -> None:
    from followthrough.corpus.journal import Journal

    out, path = tmp_path / "corpus.jsonl", folder / "pledge-00.txt"
    journal = Journal(out)
    journal.open()
    for result in results([(str(path), "pledge-00.txt")], 1):
        journal.add(result, path)
    journal.close()
    path.write_text(TEXT.format(n="changed"), encoding="utf-8")
    read_folder(folder, out)
    assert lines(out)[0]["title"] == "Pledge of the Weir Keepers changed" or "changed" in out.read_text("utf-8")


def test_a_file_that_hangs_is_named_and_the_rest_goes_on(folder: Path) -> None:
    slow = folder / "slow.txt"
    slow.write_text("Hereby agree to:\n\n" + "1. Mend the weirs, count the otters and keep the peace.\n\n" * 90_000)
    jobs = [(str(slow), "slow.txt"), *((str(folder / f"pledge-{n:02}.txt"), str(n)) for n in (0, 2))]
    found = {result.file: result for result in results(jobs, 1, seconds=4)}
    assert "longer than 4 seconds" in found["slow.txt"].refused
    assert len(found["0"].rows) == len(found["2"].rows) == 2


def test_a_reader_that_dies_takes_no_other_file_with_it(folder: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text(TEXT.format(n=1) + "x" * 30_000_000, encoding="utf-8")
    jobs = [(str(big), "big.txt"), (str(folder / "pledge-00.txt"), "small.txt")]
    found = {result.file: result for result in results(jobs, 1, most=120 * 1024**2)}
    assert found["big.txt"].refused
    assert found["small.txt"].rows or found["small.txt"].refused


def test_a_text_without_commitments_is_a_row_without_one() -> None:
    (row,) = rows_of(b"Notes of a Walk\n\nThe river was high and the reeds were green in the morning light.\n", "a.txt")
    assert (row["file"], row["commitment"], row["strength"]) == ("a.txt", None, None)
    assert list(row) == list(COLUMNS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--out", "x.docx"], "ends in .parquet or .jsonl"), ([], "directory"), (["--out", "x"], "ends in")],
)
def test_what_cannot_be_is_one_clear_line(folder: Path, arguments: list[str], says: str) -> None:
    done = command(folder, *arguments)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no file in this folder"):
        read_folder(tmp_path, tmp_path.parent / "corpus.jsonl")


def test_each_file_ends_in_one_bucket_and_all_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("A Title\n\n1. We will mend the weirs of the lake.\n")
    (folder / "b.txt").write_bytes("A Title\n\n1. We will mend the weirs of Curaçao.\n".encode("cp437"))
    (folder / "c.txt").write_text("Un titre\n\n1. Nous nous engageons à réparer les quais du lac avec les villes.\n")
    (folder / "d.pdf").write_bytes(pdf_of([b""]))
    (folder / "e.txt").write_bytes(b"")
    outcome = read_folder(folder, tmp_path / "out.jsonl", workers=1)
    assert outcome.buckets == {
        "read": 1,
        "read with warnings": 1,
        "needs recognition": 1,
        "other language": 1,
        "refused": 1,
    }
    assert sum(outcome.buckets.values()) == 5
