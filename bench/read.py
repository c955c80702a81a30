"""How fast a text becomes a catalogue: paragraphs a second, start-up, peak memory, beside a naive splitter.

Runs alone on a declaration of our own writing, repeated to a few thousand paragraphs. The splitter beside it only
cuts at sentence ends and semicolons, and names nothing: it is the floor that any reader stands on. With ``--profile``
the real texts are read once more, and the shares of the computing time are printed: by step, and by module.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from declaration import declaration
from followthrough.pipeline import register_bytes

PARAGRAPHS = 2000
REAL = Path(os.environ.get("FOLLOWTHROUGH_SHARED", "../shared")) / "data" / "joint_statements"
"""Real texts, where they are at hand: the repeated declaration flatters, for its words are few."""

LOOK = 0.002
"""Seconds of computing between two looks at what runs."""
STEPS = (
    "read.read_bytes",
    "register.catalogue.catalogue",
    "register.instruments.definitions",
    "register.tokens.tokenize",
    "register.predicates.heads_after_subjects",
    "register.coordination.walk.coordinated",
    "register.instruments.instruments",
    "register.kinds.kind",
    "register.elements.elements",
    "verify.verify",
)


def naive(data: bytes, name: str) -> list[str]:
    """Return the pieces that cutting at sentence ends and semicolons gives."""
    del name
    return [part for part in re.split(r"(?<=[.;])\s+", data.decode()) if re.match(r"(?:\d+\.\s*)?[A-Z]", part)]


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Return the seconds of the fastest of ``runs`` runs of ``work``."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def peak(work: Callable[[], object]) -> float:
    """Return the peak of memory that ``work`` takes, in MiB."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1024 / 1024


def command(*arguments: str) -> float:
    """Return the seconds of a whole run of the command line, Python's own start among them."""
    return best(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True))


def real(texts: list[bytes], runs: int = 3) -> str:
    """Return the line of the table for real texts: megabytes a second on one core, from text to catalogue."""
    if not texts:
        return f"real texts: none in {REAL.name}, left out"
    fastest, provisions = float("inf"), 0
    for _ in range(runs):
        began = time.process_time()
        provisions = sum(len(register_bytes(text, "bench").document.provisions) for text in texts)
        fastest = min(fastest, time.process_time() - began)
    size = sum(map(len, texts)) / 1_000_000
    return f"{len(texts)} real texts: {size / fastest:.2f} MB/s of a core, {provisions / fastest:,.0f} provisions/s"


def profile(texts: list[bytes]) -> None:
    """Print where the computing time of ``texts`` goes, looked at every few milliseconds: a tracer would distort it."""
    steps, modules = Counter[str](), Counter[str]()

    def look(_: int, frame: FrameType | None) -> None:
        modules[_module(frame)] += 1
        on_the_way = set()
        while frame is not None:
            on_the_way.add(f"{_module(frame)}.{frame.f_code.co_name}")
            frame = frame.f_back
        steps.update(on_the_way)

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, LOOK, LOOK)
    for text in texts:
        register_bytes(text, "bench")
    signal.setitimer(signal.ITIMER_PROF, 0)
    total = modules.total() or 1
    print("\nshare of the time, by what is under way:")
    for step in STEPS:
        print(f"{steps[step] / total:>6.1%}  {step}")
    print("\nshare of the time, by the module whose code runs:")
    for module, count in modules.most_common(15):
        print(f"{count / total:>6.1%}  {module}")


def _module(frame: FrameType | None) -> str:
    return str(frame.f_globals.get("__name__", "")).removeprefix("followthrough.") if frame is not None else ""


def main() -> None:
    """Print the tables."""
    data = declaration(PARAGRAPHS).encode()
    small = declaration(25).encode()
    print(f"{'':<34}{'paragraphs/s':>14}{'peak MiB':>10}{'units':>8}")
    readers: dict[str, Callable[[], object]] = {
        "followthrough, text to catalogue": lambda: register_bytes(data, "bench"),
        "naive splitter (pieces only)": lambda: naive(data, "bench"),
    }
    units = [len(register_bytes(data, "bench").commitments), len(naive(data, "bench"))]
    for (name, work), count in zip(readers.items(), units, strict=True):
        print(f"{name:<34}{PARAGRAPHS / best(work):>14,.0f}{peak(work):>10.1f}{count:>8,}")
    texts = [path.read_bytes() for path in sorted(REAL.rglob("*.md"))]
    print(real(texts))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declaration.txt"
        path.write_bytes(small)
        whole = command("-m", "followthrough", "read", str(path), "--json")
    if "--profile" in sys.argv[1:]:
        profile(texts)
    print(f"\nstart to end, 25 paragraphs, --json: {whole:.3f} s; Python alone: {command('-c', 'pass'):.3f} s")


if __name__ == "__main__":
    main()
