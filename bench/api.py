"""The lists of the API over a large register: time, CPU and queries, on SQLite and on PostgreSQL.

    python bench/api.py                                10,000 commitments, 100,000 claims and activities; both databases
    python bench/api.py --commitments 500 --things 2000 --requests 20 --database sqlite

Each list is asked for ``--requests`` times through the whole of the application, every time another page, filter or
word; and once more with the tag of the answer. CPU is that of the process and, with PostgreSQL, of the one that serves
it there. Exit 1 where the 95th percentile of CPU is over the limit, or a list asks more than its queries.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from web import cpu_at, filled, on_a_large_register, p95, server_process, tell_size

LIMIT_MS, QUERIES = 100.0, 6
"""The limits of the 95th percentile of CPU in milliseconds, and of the queries of a list."""


def main() -> int:
    """Run the benchmark on each database that is asked for."""
    return on_a_large_register(__doc__, _measure, ("list", "only lists with this in their name"))


def _measure(options: argparse.Namespace) -> int:
    size = filled(options.commitments, options.things)
    tell_size(options, "list")
    print(f"{'list':<44}{'CPU p50':>8}{'CPU p95':>8}{'ms p50':>8}{'ms p95':>8}{'queries':>9}{'304 ms':>8}")
    gc.collect()
    gc.freeze()
    over = [
        name for name, address in _lists(size) if options.list in name and not _list(name, address, options.requests)
    ]
    print(f"over the limit: {', '.join(over)}" if over else f"every list within {LIMIT_MS:.0f} ms and its queries")
    return int(bool(over))


def _lists(size: Any) -> list[tuple[str, Callable[[int], str]]]:
    """Return each list's name, and the address of its n-th request."""
    from django.urls import get_resolver

    from followthrough.web.api.collections import COLLECTIONS
    from web_data import WORDS, document_id

    words, pages = list(WORDS), max(1, size.commitments // 50)
    found: list[tuple[str, Callable[[int], str]]] = []
    for of in COLLECTIONS:
        found.append((of.name, _at(f"{of.name}?page={{}}", lambda n: n * 7 % pages + 1)))
        if "document" in {one.name for one in of.filters}:
            found.append(
                (f"{of.name}?document", _at(f"{of.name}?document={{}}", lambda n: document_id(n % size.documents)))
            )
        if of.words:
            found.append((f"{of.name}?q", _at(f"{of.name}?q={{}}", lambda n: words[n % len(words)])))
        found += [
            (f"{of.name}?sort=-{sort}", _at(f"{of.name}?sort=-{sort}&page={{}}", lambda n: n % 20 + 1))
            for sort in list(of.sorts)[:1]
        ]
    get_resolver()
    return found


def _at(address: str, value: Callable[[int], Any]) -> Callable[[int], str]:
    return lambda n: "/api/v1/" + address.format(value(n))


def _list(name: str, address: Callable[[int], str], requests: int) -> bool:
    """Ask for one list again and again, print what it took, and say whether it is within its limits."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, served_by = Client(headers={"host": "127.0.0.1"}), server_process(connection)
    with CaptureQueriesContext(connection) as asked:
        tag = client.get(address(0))["ETag"]
    queries = len(asked)  # the next request empties the log
    cpu, wall = [], []
    for n in range(requests):
        client.defaults["REMOTE_ADDR"] = f"127.0.{n % 250}.1"  # the limit of one address is not what is measured
        before, start = cpu_at(served_by), time.perf_counter()
        answer = client.get(address(n))
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append(cpu_at(served_by) - before)
        assert answer.status_code == 200, (address(n), answer.content[:200])  # noqa: S101 - a benchmark of failures is none
    start = time.perf_counter()
    assert client.get(address(0), headers={"If-None-Match": tag}).status_code == 304  # noqa: S101
    known = (time.perf_counter() - start) * 1000
    print(
        f"{name:<44}{statistics.median(cpu):>8.1f}{p95(cpu):>8.1f}{statistics.median(wall):>8.1f}{p95(wall):>8.1f}"
        f"{queries:>9}{known:>8.1f}",
        flush=True,
    )
    return p95(cpu) <= LIMIT_MS and queries <= QUERIES


if __name__ == "__main__":
    sys.exit(main())
