"""The files of a folder read on a Dask cluster: the same rows, in whatever order its workers are done or die.

Workers need this package and no shared disk: each is sent the bytes of a file, and reads them in a process of its own
within the bounds of a file. What a lost worker had is read again by another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from followthrough.corpus.buckets import bucket_of_refusal
from followthrough.corpus.workers import BYTES, SECONDS, Result, bytes_of_file
from followthrough.errors import InputRefused
from followthrough.io import child_process

SCHEDULER = "FOLLOWTHROUGH_SCHEDULER"
AHEAD = 3
"""Files in hand for each thread of the cluster, so that none waits and memory stays flat."""
_PATIENCE = 30


def cluster_results(jobs: list[tuple[str, str]], scheduler: str, *, seconds: float = SECONDS) -> Iterator[Result]:
    """Yield the result of each of ``jobs``, pairs of path and display name, as the cluster completes them.

    ``scheduler`` is the address of its scheduler, such as ``tcp://10.0.0.1:8786``. Raises ``InputRefused`` where there
    is none, where the package is not installed, and where the workers cannot read.
    """
    try:
        cluster: Any = import_module("distributed")
    except ImportError as error:
        what = "reading on a cluster needs the package distributed, which is not installed"
        raise InputRefused(scheduler, what, f"run: pip install 'followthrough[dask]', or unset {SCHEDULER}") from error
    try:
        client = cluster.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputRefused(scheduler, "no Dask scheduler answers there", f"check {SCHEDULER}, or unset it") from error
    with client:
        done = cluster.as_completed([], loop=client.loop, raise_errors=False)
        yield from _results(client, done, deque(jobs), seconds)


def _results(client: Any, done: Any, waiting: deque[tuple[str, str]], seconds: float) -> Iterator[Result]:
    names: dict[str, str] = {}
    while waiting or names:
        most = AHEAD * max(1, sum(client.nthreads().values()))
        while waiting and len(names) < most:
            path, name = waiting.popleft()
            try:
                data = bytes_of_file(path, name)
            except InputRefused as refused:
                yield _refused(name, refused)
                continue
            future = client.submit(read_one, data, name, seconds, BYTES, pure=False)
            names[future.key] = name
            done.add(future)
        if names:
            future = next(done)
            yield _result(future, names.pop(future.key))


def read_one(data: bytes, name: str, seconds: float, most: int) -> Result:
    """Read the bytes of one file on a worker, in a process of its own held to ``seconds`` and ``most`` bytes."""
    try:
        rows = list(child_process.run_task("rows", data, name, child_process.Bounds(most, seconds)))
    except InputRefused as refused:
        return _refused(name, refused)
    return Result(name, rows, bucket=rows[0]["bucket"])


def _refused(name: str, refused: InputRefused) -> Result:
    return Result(name, refused=str(refused), bucket=str(bucket_of_refusal(refused)))


def _result(future: Any, name: str) -> Result:
    """Return what came of a file. Raises ``InputRefused`` where the workers lack what reads it."""
    failed = future.exception() if future.status == "error" else None
    if isinstance(failed, ImportError | AttributeError):
        what = f"the workers of the cluster cannot read ({failed})"
        raise InputRefused(name, what, "install the same followthrough on them")
    if failed is not None or future.status != "finished":
        return Result(name, refused=f"{name}: the reader was killed over it; read it alone to see why")
    result: Result = future.result()
    return result
