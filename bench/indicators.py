"""Speed of indicators: Open SDG repositories read, checked, measured and written; one series out of a large table.

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

from followthrough.sources.local.tables import READ_CSV, LocalTables
from followthrough.sources.opensdg.progress import measure_repository
from followthrough.sources.opensdg.repository import Indicator, Repository, read_repository
from followthrough.sources.opensdg.writing import write_repository
from followthrough.sources.query import SeriesQuery

SIZES = (100, 400, 1600)
YEARS, COLUMNS = range(2010, 2024), 12
AREAS = ("KEN", "UGA", "TZA", "RWA", "BDI")
SERIES = 4000
QUERY = SeriesQuery("gapminder", "S7", AREAS, 2026)


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
    write_repository(Repository({"languages": ["en"]}, found), root)


def whole(root: Path, out: Path) -> dict[str, float]:
    """Read, check, measure and write a repository; return what it took."""
    began = time.process_time()
    held = read_repository(root)
    measured = measure_repository(held)
    for one in measured:
        held.indicators[one.id].meta["progress_status"] = one.overall.status
    write_repository(held, out)
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


def large_table(rows: int, scratch: Path) -> dict[str, object]:
    """Fetch one series out of a CSV table of ``rows`` rows, and run DuckDB's bare query for it, three times each."""
    path = scratch / "large" / "table.csv"
    path.parent.mkdir()
    areas = ", ".join(f"'{area}'" for area in AREAS)
    made = (
        f"COPY (SELECT 'S' || (i % {SERIES}) AS indicator, [{areas}][i // {SERIES} % {len(AREAS)} + 1] AS geo, "  # noqa: S608 - our own
        f"1990 + i // {SERIES * len(AREAS)} % 35 AS year, i % 997 / 10 AS value "
        f"FROM range({min(rows, SERIES * len(AREAS) * 35)}) t(i) "
        f"UNION ALL SELECT 'OTHER', 'XXX', 2000, i FROM range({max(0, rows - SERIES * len(AREAS) * 35)}) t(i)) "
        f"TO '{path}' (HEADER)"
    )
    with duckdb.connect() as connection:
        connection.execute(made)
    ours, bare = [], []
    for _ in range(3):
        began = time.perf_counter()
        figures = len(LocalTables(path.parent).fetch(QUERY, path).observations)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        statement = f"SELECT geo, year, value FROM {READ_CSV} WHERE lower(indicator) = lower(?)"  # noqa: S608 - our own
        with duckdb.connect() as plain:
            plain.execute(statement, [str(path), QUERY.code]).fetchall()
        bare.append(time.perf_counter() - began)
    alone = subprocess.run(
        [sys.executable, __file__, "--memory", str(path)], capture_output=True, text=True, check=True
    ).stdout
    return {
        "rows": rows, "figures": figures, "seconds": round(min(ours), 2), "bare_seconds": round(min(bare), 2),
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
        LocalTables(asked.memory.parent).fetch(QUERY, asked.memory)
        print(json.dumps({"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
        return
    scratch = Path(tempfile.mkdtemp())
    try:
        found = {"repositories": repositories(asked.uk, scratch), "table": large_table(asked.rows, scratch)}
        print(json.dumps(found, indent=2))
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
