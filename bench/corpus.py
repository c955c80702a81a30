"""Ten thousand documents: how fast a folder is read, and whether memory stays flat. Runs alone; prints as it goes."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from declaration import declaration
from followthrough.corpus.run import read_folder

COUNTS = (1_000, 5_000, 10_000)
PARAGRAPHS = 12


def main() -> None:
    """Print documents a second and the peak of this process and of its workers for each size."""
    print(f"{'documents':>10}{'seconds':>9}{'docs/s':>8}{'MiB here':>10}{'MiB a worker':>14}")
    with tempfile.TemporaryDirectory() as home:
        folder, text = Path(home) / "texts", declaration(PARAGRAPHS)
        folder.mkdir()
        made = 0
        for count in COUNTS:
            while made < count:
                (folder / f"text-{made:05}.txt").write_text(f"{made} {text}", encoding="utf-8")
                made += 1
            start = time.perf_counter()
            outcome = read_folder(folder, Path(home) / f"{count}.parquet")
            spent = time.perf_counter() - start
            here, workers = (
                resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            )
            print(f"{outcome.files:>10,}{spent:>9.1f}{count / spent:>8,.0f}{here:>10.0f}{workers:>14.0f}")


if __name__ == "__main__":
    main()
