"""How fast a text becomes a catalogue: paragraphs a second, start-up, peak memory, beside a naive splitter.

Runs alone on a declaration of our own writing, repeated to a few thousand paragraphs. The splitter beside it only
cuts at sentence ends and semicolons, and names nothing: it is the floor that any reader stands on.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from declaration import declaration
from followthrough.pipeline import register_bytes

PARAGRAPHS = 2000
REAL = Path(os.environ.get("FOLLOWTHROUGH_SHARED", "../shared")) / "data" / "joint_statements"
"""Real texts, where they are at hand: the repeated declaration flatters, for its words are few."""


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


def real() -> str:
    """Return the line of the table for real texts: megabytes a second on one core, from text to catalogue."""
    texts = [path.read_bytes() for path in sorted(REAL.rglob("*.md"))]
    if not texts:
        return f"real texts: none in {REAL.name}, left out"
    began = time.process_time()
    provisions = sum(len(register_bytes(text, "bench").document.provisions) for text in texts)
    seconds = time.process_time() - began
    size = sum(map(len, texts)) / 1_000_000
    return f"{len(texts)} real texts: {size / seconds:.2f} MB/s of a core, {provisions / seconds:,.0f} provisions/s"


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
    print(real())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declaration.txt"
        path.write_bytes(small)
        whole = command("-m", "followthrough", "read", str(path), "--json")
    print(f"\nstart to end, 25 paragraphs, --json: {whole:.3f} s; Python alone: {command('-c', 'pass'):.3f} s")


if __name__ == "__main__":
    main()
