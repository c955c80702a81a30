"""A folder read from end to end."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from followthrough.corpus.journal import Journal
from followthrough.corpus.table import write_table, writer_for
from followthrough.corpus.workers import SECONDS, results
from followthrough.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: how many files and rows it wrote, how many files it had from before, and what was refused."""

    files: int
    rows: int
    resumed: int
    refused: list[str]


def files_in(folder: Path) -> list[Path]:
    """Return the files below ``folder`` in the order of their paths; hidden ones are left out."""
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    kept = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def read_folder(
    folder: Path,
    out: Path,
    *,
    workers: int = 0,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Outcome:
    """Read every file below ``folder`` into the table ``out``, ``.parquet`` or ``.jsonl``.

    ``progress`` is told how many files are done of how many. A run that was interrupted is taken up by the next with
    the same ``out``. The order of rows is that of the paths, whatever the number of ``workers`` (default: every core).
    Raises ``InputRefused`` for a folder without files and for a table that cannot be written.
    """
    writer_for(out)
    files = [path for path in files_in(folder) if path.resolve() != out.resolve()]
    named = {path.relative_to(folder).as_posix(): path for path in files}
    if not named:
        raise InputRefused(str(folder), "there is no file in this folder", "name the folder of the texts")
    journal = Journal(out)
    journal.open()
    try:
        todo = [(str(path), name) for name, path in named.items() if not journal.holds(name, path)]
        done = resumed = len(named) - len(todo)
        progress(done, len(named))
        for result in results(todo, workers or os.cpu_count() or 1, seconds=seconds):
            journal.add(result, named[result.file])
            done += 1
            progress(done, len(named))
    finally:
        journal.close()
    rows = write_table(journal.rows(list(named)), out)
    journal.remove()
    refused = [journal.refused[name] for name in named if name in journal.refused]
    return Outcome(len(named) - len(refused), rows, resumed, refused)
