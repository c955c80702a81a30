"""The pack that a register begins with: valid, without the words of the text, each commitment where it was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from followthrough.packs.folding import digest, squeeze
from followthrough.packs.reading import read_pack
from followthrough.pipeline import register_file
from followthrough.pipeline.first_pack import first_pack, pack_name
from support import REPOSITORY, run

TEXT = REPOSITORY / "docs" / "examples" / "harbour-declaration.pdf"


def test_a_reading_becomes_a_pack_that_is_read_back(tmp_path: Path) -> None:
    done = run("read", TEXT, "--out", tmp_path / "Bay 2024")  # a process of its own: the command forks
    assert done.returncode == 0, done.stderr
    pack, reading = read_pack(tmp_path / "Bay 2024"), register_file(TEXT)
    made = first_pack(reading, "bay-2024")
    assert pack.rows == {name: sorted(rows, key=lambda row: str(row["id"])) for name, rows in made.rows.items()}
    assert [row["id"] for row in pack.rows["documents"]] == ["bay-2024"]
    assert len(pack.rows["commitments"]) == len(reading.commitments) == 8
    own = {place.eid: squeeze(reading.document.text[place.body : place.end]) for place in reading.document.provisions}
    words = {str(row["id"]): own[str(row["eid"])] for row in pack.rows["provisions"]}
    assert all(row["sha256"] == digest(words[str(row["id"])]) for row in pack.rows["provisions"] if row["sha256"])
    rows: Any = pack.rows["commitments"]
    found = [words[row["provision"]][start:end] for row in rows for start, end in row["spans"]]
    quoted = [squeeze(reading.document.text[start:end]) for one in reading.commitments for start, end in one.spans]
    assert found == quoted
    held = b"".join(path.read_bytes() for path in (tmp_path / "Bay 2024").iterdir())
    assert b"We, the Mayors of the Harbour Cities of Alder, Brisk and Cove, met in Port Alder" not in held


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    assert run("read", TEXT, "--out", tmp_path).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    assert pack_name("Überseehafen!") == "berseehafen"
    assert pack_name("---") == "agreement"
