"""Child processes with limits of memory and time, in which untrusted files are read.

A hostile file can make a reader exhaust memory or never return. In a child process it ends only that process, with a
one-line message that names the limit reached. There are two ways with the same limits:

``run_task`` starts a new interpreter, without Django and without the secrets of this process, sends it the bytes and
receives lines of JSON: a process with threads must not be forked, and output of a reader of untrusted bytes is never
unpickled. ``continue_in_child`` is for the command line, which has one thread and one file: it forks, which takes a
millisecond, and continues in the child. On platforms without ``resource`` (Windows) only wall-clock time is limited.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from followthrough.errors import InputRefused

try:
    import resource
except ImportError:  # pragma: no cover - Windows
    resource = None  # type: ignore[assignment]

MB = 1_000_000
LARGEST_ANSWER = 256 * MB
"""Maximum size of the output of a reader in bytes."""
TASKS = {
    "catalogue": "followthrough.pipeline.parts:parts_of",
    "recognition": "followthrough.pipeline.parts:recognised_parts_of",
    "verification": "followthrough.pipeline.parts:verification_of",
    "rows": "followthrough.corpus.rows:parts_of",
    "words": "followthrough.read.words:parts_of",
    "workbook": "followthrough.io.xlsx:parts_of",
    "workbook-cells": "followthrough.io.workbook_cells:parts_with_kinds",
}
"""The tasks: functions from the bytes and the name of a file to parts of a JSON document."""
_KEPT = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH"})
"""The environment variables that a reader inherits; no secret of a server is among them."""
_OUT_OF_MEMORY = 77
_TIMES = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGALRM")}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits for reading one file: bytes of memory and seconds of CPU time, plus an allowance per MB of the file."""

    memory: int
    seconds: float
    memory_a_mb: float = 0.0
    seconds_a_mb: float = 0.0

    def of(self, size: int) -> Bounds:
        """Return the limits for a file of ``size`` bytes."""
        more = size / MB
        memory = self.memory + int(self.memory_a_mb * MB * more)
        return replace(self, memory=memory, seconds=self.seconds + self.seconds_a_mb * more)

    @property
    def patience(self) -> float:
        """Limit of wall-clock time in seconds; longer than the CPU time, for busy machines and readers that wait."""
        return 10 + 3 * self.seconds

    def hold(self) -> None:
        """Apply the limits to this process, as far as the platform supports them."""
        if resource is None:  # pragma: no cover - Windows
            return
        times = os.times()
        seconds = math.ceil(times.user + times.system + self.seconds)
        memory = _mapped() + self.memory
        # At the first bound of time a signal tells what it was; at the second, which none can put off, it ends.
        for what, soft, hard in (
            (resource.RLIMIT_AS, memory, memory),
            (resource.RLIMIT_CPU, seconds, seconds + 2),
            (resource.RLIMIT_CORE, 0, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # the limit is already lower
                resource.setrlimit(what, (soft, hard))

    def refusal(self, name: str, ended: int | None) -> InputRefused:
        """Return the refusal of a file whose reader ``ended`` with this exit code, or was killed (``None``)."""
        do = "split it, or save its words or figures alone"
        if ended is None or -ended in _TIMES:
            return InputRefused(name, f"reading it takes more than {self.seconds:.0f} seconds", do)
        memory = f"more than {self.memory // MB:,} MB of memory"
        if ended in (_OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 9)):
            return InputRefused(name, f"reading it takes {memory}", do)
        return InputRefused(name, f"its reader broke off: it is damaged, or takes {memory}", do)


WEB = Bounds(270 * MB, 4, seconds_a_mb=2)
"""For uploads to a server that others wait for: 24 MB of text take 200 MB and 20 s."""
LINE = Bounds(512 * MB, 8, memory_a_mb=40, seconds_a_mb=4)
"""For the command line, which exports texts of 50 MB in every format."""
SCAN = Bounds(4_000 * MB, 120)
"""For print that is recognised from pictures: a page takes up to four seconds and the recogniser maps 3 GB."""
SCANS = Bounds(4_000 * MB, 3_600)
"""For the same on the command line, where nobody else waits."""
TABLE = Bounds(1_000 * MB, 3_600, memory_a_mb=64)
"""For tables of figures and the computations on them, which may take long."""


def _mapped() -> int:
    """Return the address space of this process in bytes, 0 where the platform does not report it."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def run_task(task: str, data: bytes, name: str, bounds: Bounds = WEB) -> Iterator[Any]:
    """Yield the parts that ``task``, a key of ``TASKS``, returns for ``data``, computed in another process.

    Raises ``InputRefused`` where the task did, reached a limit or crashed.
    """
    import logging
    import tempfile

    limits = bounds.of(len(data))
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        head = {"task": task, "name": name, "memory": limits.memory, "seconds": limits.seconds}
        given.write(json.dumps(head).encode() + b"\n" + data)
        given.seek(0)
        ended = _run(given, taken, limits.patience)
        taken.seek(0)
        last: list[Any] = []
        for line in taken if ended == 0 else ():
            last = _heard(line)
            if last[:1] == ["part"]:
                yield last[1]
    if last[:1] == ["refused"]:
        file, what, do, where = (None if one is None else str(one) for one in last[1])
        raise InputRefused(file or "", what or "", do or "", where)
    if last[:1] == ["broke"]:
        logging.getLogger(__name__).error("the reader of %s broke: %s", name, last[1])
        raise InputRefused(name, "its reader broke over it", "tell us, with the file if you may share it")
    if last != ["done"]:
        raise limits.refusal(name, ended)


def _heard(line: bytes) -> list[Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, list) else []


def _run(given: IO[bytes], taken: IO[bytes], patience: float) -> int | None:
    """Run the reader; return its exit code, or ``None`` where it was killed after the time limit."""
    import subprocess

    line = [sys.executable, "-P", "-m", __name__]
    environment = {key: value for key, value in os.environ.items() if key in _KEPT or key.startswith("PYTHON")}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            line, stdin=given, stdout=taken, stderr=subprocess.DEVNULL, env=environment, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.returncode


@contextmanager
def continue_in_child(path: Path, bounds: Bounds = LINE) -> Iterator[None]:
    """Continue with the block in a child process with the limits for the file at ``path``.

    The parent waits, never executes the block, and exits as the child does. Only for a process with one thread that
    has not written any output yet.
    """
    name, most = str(path), bounds.of(path.stat().st_size if path.is_file() else 0)
    if not hasattr(os, "fork"):  # pragma: no cover - Windows
        import threading

        threading.Thread(target=_watch, args=(name, most), daemon=True).start()
    elif child := os.fork():
        # This process has done nothing that it would have to put away: an orderly end costs 10 ms more.
        os._exit(_waited(child, lambda ended: most.refusal(name, ended)))
    else:
        most.hold()
        signal.setitimer(signal.ITIMER_REAL, most.patience)
    try:
        yield
    except MemoryError:
        raise most.refusal(name, _OUT_OF_MEMORY) from None


def _waited(child: int, refusal: Callable[[int], InputRefused]) -> int:
    """Wait for ``child`` and return its exit code. Raises ``refusal`` where a signal ended it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to both, and the child's answer counts
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: os.kill(child, number))
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended < 0 and -ended not in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        raise refusal(ended)
    return ended if ended >= 0 else 128 - ended


def _watch(name: str, bounds: Bounds) -> None:  # pragma: no cover - Windows
    time.sleep(bounds.patience)
    sys.stderr.write(f"followthrough: {bounds.refusal(name, None)}\n")
    os._exit(1)


def main() -> None:
    """Execute the task named on standard input and write its parts: the child side of ``run_task``."""
    head = json.loads(sys.stdin.buffer.readline())
    Bounds(head["memory"], head["seconds"]).hold()
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    # Native libraries may print; what they say is none of the answer.
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        module, function = TASKS[head["task"]].split(":")
        for part in getattr(import_module(module), function)(sys.stdin.buffer.read(), head["name"]):
            _say("part", part)
        _say("done")
    except InputRefused as error:
        _say("refused", [error.file, error.what, error.do, error.where])
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - whatever a file does to its reader, the other end hears of it
        import traceback

        _say("broke", traceback.format_exc(limit=-5)[-4_000:])


def _say(*said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
