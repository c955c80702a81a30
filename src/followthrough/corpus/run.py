"""The batch run over a folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from followthrough.corpus.buckets import Bucket
from followthrough.corpus.cluster import cluster_results
from followthrough.corpus.journal import Journal
from followthrough.corpus.table import write_table, writer_for
from followthrough.corpus.workers import SECONDS, Result, results
from followthrough.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a run: numbers of files and rows written, of files resumed, and the messages of refused files.

    ``buckets`` counts the files by where each ended; they add up to all files of the folder.
    """

    files: int
    rows: int
    resumed: int
    refused: list[str]
    buckets: dict[str, int]


def files_in(folder: Path) -> list[Path]:
    """Return the files below ``folder`` sorted by path, without hidden ones."""
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    kept = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def read_folder(
    folder: Path,
    out: Path,
    *,
    workers: int = 0,
    scheduler: str = "",
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Outcome:
    """Read every file below ``folder`` into the table ``out``, ``.parquet`` or ``.jsonl``.

    ``progress`` is called with the numbers of files done and in total. An interrupted run is resumed by the next one
    with the same ``out``. Rows are ordered by path, for any number of ``workers`` (0: one per core); ``seconds`` is the
    time limit per file. With the address of a Dask ``scheduler`` its cluster reads, and ``workers`` counts for nothing.
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
        for result in _results(todo, scheduler, workers, seconds):
            journal.add(result, named[result.file])
            done += 1
            progress(done, len(named))
    finally:
        journal.close()
    rows = write_table(journal.rows(list(named)), out)
    journal.remove()
    refused = [journal.refused[name] for name in named if name in journal.refused]
    counted = Counter(journal.buckets[name] for name in named)
    buckets = {str(one): counted[one] for one in Bucket if counted[one]}
    return Outcome(len(named) - len(refused), rows, resumed, refused, buckets)


def _results(todo: list[tuple[str, str]], scheduler: str, workers: int, seconds: float) -> Iterator[Result]:
    if scheduler:
        return cluster_results(todo, scheduler, seconds=seconds)
    return results(todo, workers or os.cpu_count() or 1, seconds=seconds)
