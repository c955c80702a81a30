"""Speed of indicators: Open SDG repositories read, checked, measured and written; 50 million figures summed up.

    .venv/bin/python bench/indicators.py [--rows 50000000] [--uk FOLDER]

Prints one JSON document. ``ratio`` compares with DuckDB's bare query over the same file, in the same run.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from followthrough.sources import tables
from followthrough.sources.opensdg.progress import progress
from followthrough.sources.opensdg.repository import Indicator, Repository, read
from followthrough.sources.opensdg.writing import write

SIZES = (100, 400, 1600)
YEARS, COLUMNS = range(2010, 2024), 12
AREAS = 11


def generated(count: int, root: Path) -> None:
    """Write a repository of ``count`` indicators, 14 years by 12 columns each."""
    parts = [f"Part {at}" for at in range(COLUMNS - 4)]
    columns = ["Year", "Series", "Units", *parts, "Value"]
    found = {}
    for at in range(count):
        blank = [""] * len(parts)
        rows = [[str(year), "a", "Percent", *blank, f"{20 + at % 50 + (year - 2010) * 0.7:.2f}"] for year in YEARS]
        options = [{"series": "a", "direction": "positive", "target": 90.0, "base_year": 2015}]
        meta = {"indicator_name": f"Indicator {at}", "auto_progress_calculation": True,
                "progress_calculation_options": options, "reporting_status": "complete"}  # fmt: skip
        key = f"{at // 100 + 1}-{at // 10 % 10 + 1}-{at}"
        found[key] = Indicator(key, columns, rows, meta)
    write(Repository({"languages": ["en"]}, found), root)


def whole(root: Path, out: Path) -> dict[str, float]:
    """Read, check, measure and write a repository; return what it took."""
    began = time.process_time()
    held = read(root)
    measured = progress(held)
    for one in measured:
        held.indicators[one.id].meta["progress_status"] = one.overall.status
    write(held, out)
    seconds = time.process_time() - began
    return {
        "indicators": len(held.indicators),
        "measured": sum(one.overall.n > 0 for one in measured),
        "cpu_seconds": round(seconds, 3),
        "per_second": round(len(held.indicators) / seconds, 1),
    }


def repositories(uk: Path, scratch: Path) -> dict[str, object]:
    """Time the UK sample, where it is there, and generated ones of rising size."""
    found: dict[str, object] = {}
    if uk.is_dir():
        found["uk"] = whole(uk, scratch / "uk-out")
    for count in SIZES:
        root = scratch / f"in-{count}"
        generated(count, root)
        found[str(count)] = whole(root, scratch / f"out-{count}")
    return found


def million(rows: int, scratch: Path) -> dict[str, object]:
    """Sum up a table of ``rows`` figures through ``tables.summarise`` and by DuckDB's bare query, three times each."""
    path = scratch / "figures.parquet"
    made = (
        f"COPY (SELECT 'S' || (i % 4000) AS series, 'A' || (i // 4000 % {AREAS}) AS area, "  # noqa: S608 - numbers of ours
        f"(1990 + i // {4000 * AREAS} % 35)::VARCHAR AS year, (random() * 100)::DOUBLE AS value "
        f"FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)"
    )
    with tables.connect("1GB") as connection:
        connection.execute(made)
    ours, bare = [], []
    for _ in range(3):
        began = time.perf_counter()
        groups = sum(1 for _ in tables.summarise(path, ("series", "area"), period="year", value="value"))
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        query = "SELECT series, area, count(value), min(year), max(year), avg(value) FROM read_parquet(?) GROUP BY ALL"
        with duckdb.connect() as plain:
            plain.execute(query, [str(path)]).fetchall()
        bare.append(time.perf_counter() - began)
    alone = subprocess.run(
        [sys.executable, __file__, "--memory", str(path)], capture_output=True, text=True, check=True
    ).stdout
    return {
        "rows": rows, "groups": groups, "seconds": round(min(ours), 2), "bare_seconds": round(min(bare), 2),
        "ratio": round(min(ours) / min(bare), 2), "peak_mib": json.loads(alone)["peak_mib"],
    }  # fmt: skip


def main() -> None:
    """Run all of it, or only the part whose memory is measured in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--uk", type=Path, default=Path("../shared/data/opensdg/uk"))
    parser.add_argument("--memory", type=Path)
    asked = parser.parse_args()
    if asked.memory:
        for _ in tables.summarise(asked.memory, ("series", "area"), period="year", value="value"):
            pass
        print(json.dumps({"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
        return
    scratch = Path(tempfile.mkdtemp())
    try:
        found = {"repositories": repositories(asked.uk, scratch), "figures": million(asked.rows, scratch)}
        print(json.dumps(found, indent=2))
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
