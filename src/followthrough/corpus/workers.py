"""A pool of processes with limits of time and memory per file; the crash of one does not affect the others."""

from __future__ import annotations

import contextlib
import resource
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from followthrough.corpus.buckets import Bucket, bucket_of_refusal
from followthrough.errors import InputRefused
from followthrough.io.bounded import TooLarge, read_at_most

SECONDS, BYTES = 120.0, 2 * 1024**3
"""Limits per file: seconds, and bytes of address space."""

_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one file: its rows, or the message of its refusal; and where it ended."""

    file: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: str = ""
    bucket: str = Bucket.REFUSED


def _work(pipe: Connection, most: int) -> None:
    """Receive paths from ``pipe`` and send back a ``Result`` for each, until it is closed."""
    from followthrough.corpus.rows import rows_of

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            path, name = pipe.recv()
            try:
                rows = rows_of(bytes_of_file(path, name), name)
                pipe.send(Result(name, rows, bucket=rows[0]["bucket"]))
            except InputRefused as refused:
                pipe.send(Result(name, refused=str(refused), bucket=str(bucket_of_refusal(refused))))
            except MemoryError:
                pipe.send(Result(name, refused=f"{name}: it needs more memory than a file may take; read it alone"))


def bytes_of_file(path: str, name: str) -> bytes:
    """Return the bytes of a file. Raises ``InputRefused`` where it is too large or cannot be opened."""
    from followthrough.read.decode import MAX_BYTES, refuse_size, size_refusal

    try:
        refuse_size(name, Path(path).stat().st_size)
        return read_at_most(Path(path), MAX_BYTES)
    except TooLarge as error:
        raise size_refusal(name, error.size) from None
    except OSError as error:
        raise InputRefused(name, f"it cannot be opened ({error.strerror})", "check its permissions") from error


@dataclass(slots=True)
class _Worker:
    most: int
    job: tuple[str, str] | None = None
    since: float = 0.0
    process: Any = None
    pipe: Any = None

    def start(self) -> None:
        self.pipe, other = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_work, args=(other, self.most), daemon=True)
        self.process.start()
        other.close()

    def give(self, job: tuple[str, str]) -> None:
        self.job, self.since = job, time.monotonic()
        self.pipe.send(job)

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def results(
    jobs: list[tuple[str, str]], workers: int, *, seconds: float = SECONDS, most: int = BYTES
) -> Iterator[Result]:
    """Yield the result of each of ``jobs``, pairs of path and display name, in the order of completion.

    ``most`` is the limit of address space per process in bytes.
    """
    waiting = deque(jobs)
    pool = [_Worker(most) for _ in range(min(workers, len(jobs)))]
    try:
        for worker in pool:
            worker.start()
        while waiting or any(worker.job for worker in pool):
            for worker in pool:
                if worker.job is None and waiting:
                    worker.give(waiting.popleft())
            yield from _collected(pool, seconds)
    finally:
        for worker in pool:
            if worker.process is not None:
                worker.stop()


def _collected(pool: list[_Worker], seconds: float) -> Iterator[Result]:
    ready = set(wait([worker.pipe for worker in pool if worker.job], timeout=0.2))
    for worker in pool:
        if worker.job is None:
            continue
        name, result = worker.job[1], None
        if worker.pipe in ready:
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                result = Result(name, refused=f"{name}: the reader was killed over it; read it alone to see why")
                _again(worker)
        elif time.monotonic() - worker.since > seconds:
            result = Result(name, refused=f"{name}: it took longer than {seconds:g} seconds; read it alone")
            _again(worker)
        if result is not None:
            worker.job = None
            yield result


def _again(worker: _Worker) -> None:
    worker.stop()
    worker.start()
