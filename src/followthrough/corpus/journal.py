"""What was read so far, one line a file, beside the table to be: a killed run goes on where it stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from followthrough.corpus.workers import Result


class Journal:
    """The lines of ``<out>.part``; each names its file with the size and time that it had when it was read."""

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(f"{out.name}.part")
        self.places: dict[str, tuple[int, int]] = {}
        self.refused: dict[str, str] = {}
        self._stamps: dict[str, list[int]] = {}
        self._file: IO[bytes] | None = None

    def open(self) -> None:
        """Take up what is there; a line that was cut off in the middle is dropped."""
        self.path.touch()
        whole = 0
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n") or not self._take(line, whole):
                    break
                whole += len(line)
        self._file = self.path.open("r+b")
        self._file.truncate(whole)
        self._file.seek(whole)

    def _take(self, line: bytes, at: int) -> bool:
        try:
            entry = json.loads(line)
            name = entry["file"]
            self._stamps[name], self.places[name] = entry["stamp"], (at, len(line))
            if entry["refused"]:
                self.refused[name] = entry["refused"]
            return True
        except (ValueError, KeyError, TypeError):
            return False

    def holds(self, name: str, path: Path) -> bool:
        """Say whether ``path`` was read already and is as it was then; what was refused is tried again."""
        return name in self._stamps and name not in self.refused and self._stamps[name] == stamp(path)

    def add(self, result: Result, path: Path) -> None:
        """Write down what became of a file."""
        assert self._file is not None  # noqa: S101 - open() was called
        now = stamp(path)
        entry = {"file": result.file, "stamp": now, "refused": result.refused, "rows": result.rows}
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        at = self._file.tell()
        self._file.write(line)
        self._file.flush()
        self._stamps[result.file], self.places[result.file] = now, (at, len(line))
        self.refused.pop(result.file, None)
        if result.refused:
            self.refused[result.file] = result.refused

    def rows(self, names: list[str]) -> Iterator[dict[str, Any]]:
        """Yield the rows of the files ``names``, in that order, one file in memory at a time."""
        with self.path.open("rb") as file:
            for name in names:
                if name in self.places and name not in self.refused:
                    at, length = self.places[name]
                    file.seek(at)
                    yield from json.loads(file.read(length))["rows"]

    def close(self) -> None:
        """Let go of the file; it stays until ``remove``."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()

    def remove(self) -> None:
        """Take the journal away: its table is written."""
        self.path.unlink(missing_ok=True)


def stamp(path: Path) -> list[int]:
    """Return the size and the time of change of a file, or zeros where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return [0, 0]
    return [found.st_size, found.st_mtime_ns]
