"""The journal of a batch run, one line per file, from which an interrupted run resumes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from followthrough.corpus.workers import Result


class Journal:
    """The file ``<out>.part``: JSON lines with the name, size and modification time of each file, and its rows."""

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(f"{out.name}.part")
        self.places: dict[str, tuple[int, int]] = {}
        self.refused: dict[str, str] = {}
        self.buckets: dict[str, str] = {}
        self._stamps: dict[str, list[int]] = {}
        self._file: IO[bytes] | None = None

    def open(self) -> None:
        """Open the journal and load its entries; an incomplete last line is truncated."""
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
            self.buckets[name] = entry["bucket"]
            if entry["refused"]:
                self.refused[name] = entry["refused"]
            return True
        except (ValueError, KeyError, TypeError):
            return False

    def holds(self, name: str, path: Path) -> bool:
        """Return whether ``path`` was read successfully and has not changed since."""
        return name in self._stamps and name not in self.refused and self._stamps[name] == stamp(path)

    def add(self, result: Result, path: Path) -> None:
        """Append the result of a file."""
        assert self._file is not None  # noqa: S101 - open() was called
        now = stamp(path)
        entry = {
            "file": result.file,
            "stamp": now,
            "refused": result.refused,
            "bucket": result.bucket,
            "rows": result.rows,
        }
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        at = self._file.tell()
        self._file.write(line)
        self._file.flush()
        self._stamps[result.file], self.places[result.file] = now, (at, len(line))
        self.buckets[result.file] = result.bucket
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
        """Flush the journal to disk and close it; the file stays until ``remove``."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()

    def remove(self) -> None:
        """Delete the journal, after its table was written."""
        self.path.unlink(missing_ok=True)


def stamp(path: Path) -> list[int]:
    """Return the size in bytes and the modification time in nanoseconds of a file; zeros where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return [0, 0]
    return [found.st_size, found.st_mtime_ns]
