"""Files from people, read in a process of their own that is held to a memory and a time.

A hostile file can make a reader ask for all the memory there is, or never come back. Apart from everybody else's work
it ends nothing but its own process, and that in one line which says what bound it met. Two ways, one set of bounds:

``run_task`` starts a fresh interpreter, without Django and without this process's secrets, gives it the bytes and takes
back lines of JSON: a process with threads must not be forked, and nothing that touched hostile bytes is unpickled.
``continue_in_child`` is for the command line, which has one thread and one file: it forks, which costs a millisecond,
and goes on in the child. Where a platform has no ``resource`` (Windows) only time is bounded, by the clock.
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
"""Bytes that a reader may hand back."""
TASKS = {
    "catalogue": "followthrough.pipeline.parts:parts_of",
    "workbook": "followthrough.io.xlsx:parts_of",
}
"""What can be done apart: a function of the bytes and the file's name that gives parts of JSON."""
_KEPT = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH"})
"""What a reader needs of the environment; the secrets of a server are none of it."""
_OUT_OF_MEMORY = 77
_TIMES = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGALRM")}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one file may take: bytes of memory, seconds of computing, and more of both for each MB of it."""

    memory: int
    seconds: float
    memory_a_mb: float = 0.0
    seconds_a_mb: float = 0.0

    def of(self, size: int) -> Bounds:
        """Return the bounds for a file of ``size`` bytes."""
        more = size / MB
        memory = self.memory + int(self.memory_a_mb * MB * more)
        return replace(self, memory=memory, seconds=self.seconds + self.seconds_a_mb * more)

    @property
    def patience(self) -> float:
        """Seconds by the clock: a busy machine computes less in them, and a reader that waits computes nothing."""
        return 10 + 3 * self.seconds

    def hold(self) -> None:
        """Hold this process to the bounds from now on, as far as the platform can."""
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
            with contextlib.suppress(ValueError, OSError):  # held to less already
                resource.setrlimit(what, (soft, hard))

    def refusal(self, name: str, ended: int | None) -> InputRefused:
        """Return what a process that ``ended`` with this code, or had to be ended, says of the file."""
        do = "split it, or save its words or figures alone"
        if ended is None or -ended in _TIMES:
            return InputRefused(name, f"reading it takes more than {self.seconds:.0f} seconds", do)
        memory = f"more than {self.memory // MB:,} MB of memory"
        if ended in (_OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 9)):
            return InputRefused(name, f"reading it takes {memory}", do)
        return InputRefused(name, f"its reader broke off: it is damaged, or takes {memory}", do)


WEB = Bounds(270 * MB, 4, seconds_a_mb=2)
"""For what a server is handed while others wait: 24 MB of text take 200 MB and 20 s."""
LINE = Bounds(512 * MB, 8, memory_a_mb=40, seconds_a_mb=4)
"""For the command line, which has the machine's leave to write 50 MB of text out in every form."""
TABLE = Bounds(1_000 * MB, 3_600, memory_a_mb=64)
"""For tables of figures and what is reckoned from them, which may rightly take long."""


def _mapped() -> int:
    """Return the bytes of address space that this process has taken so far, where the platform tells."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def run_task(task: str, data: bytes, name: str, bounds: Bounds = WEB) -> Iterator[Any]:
    """Give the parts that ``task``, one of ``TASKS``, makes of ``data``, read in another process.

    Raises what it raised of ``InputRefused``, and ``InputRefused`` where it met a bound or broke.
    """
    import logging
    import tempfile

    held = bounds.of(len(data))
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        head = {"task": task, "name": name, "memory": held.memory, "seconds": held.seconds}
        given.write(json.dumps(head).encode() + b"\n" + data)
        given.seek(0)
        ended = _run(given, taken, held.patience)
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
        raise held.refusal(name, ended)


def _heard(line: bytes) -> list[Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, list) else []


def _run(given: IO[bytes], taken: IO[bytes], patience: float) -> int | None:
    """Run the reader; return the code it ended with, or nothing where it had to be ended."""
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
    """Go on with the block in a child that is held to the bounds of the file at ``path``, and end with it.

    The process that enters waits, and never comes to the block: it ends as the child does. Only for a process with one
    thread that has written nothing yet.
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
    """Wait for ``child`` and return the code that it ended with; raise ``refusal`` where a signal ended it."""
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
    """Do the task that standard input names, and write its parts: the other end of ``run_task``."""
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
