"""A large reporting cycle: how long it takes to open, its dashboard, and contributors who send all at once.

    python bench/reporting.py                 500 paragraphs x 12 parties, 20 contributors for 60 s; both databases
    python bench/reporting.py --seconds 5 --database sqlite

Opening has 5 s of CPU. The dashboard, as everybody and as the secretariat see it, gathered in each way and with a
group open, has 6 queries, one more for the secretariat where reports are read as well, and a 95th percentile of 150 ms
of CPU, at the server and at the database, so that a busy machine changes little; time passed is shown beside it.
Contributors read a report, take two seconds and send it, one after the other, to a server of their own: every one that
was confirmed must be there with exactly one event, no answer may be wrong, and the 95th percentile of a request has
500 ms. Exit 1 where one of these is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from web import cpu_at, on_databases, p95, server_process

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import reporting_load  # noqa: E402
from serving import SECRET, free_port  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES, PARTIES, OPENING_S, PAGE_MS, REQUEST_MS, QUERIES = 500, 12, 5.0, 150.0, 500.0, 6
PAGES = ("", "?by=section", "?by=nothing&page=3", "?by=lead&open=7", "?by=section&show=silent&open=2")


def main() -> int:
    """Run the benchmark on each database that is asked for, each in a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--requests", type=int, default=60)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--pause", type=float, default=2.0, help="seconds in which somebody fills a report in")
    asked.add_argument("--contributors", type=int, default=20)
    asked.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.here:
        return _measure(options)
    given = [f"--{name}={getattr(options, name)}" for name in ("requests", "seconds", "pause", "contributors")]
    return on_databases([sys.executable, __file__, "--here", *given], options.database)


def _measure(options: argparse.Namespace) -> int:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "followthrough.web.settings", "FOLLOWTHROUGH_SECRET_KEY": SECRET}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from followthrough.web.kit.static_files import collect_static
    from followthrough.web.search.index import catch_up

    call_command("migrate", verbosity=0)
    collect_static()
    reporting_load.fill(PLACES, PARTIES)
    catch_up()  # the new agreement is indexed by whoever wrote it
    served_by = server_process(connection)
    start, used = time.perf_counter(), cpu_at(served_by)
    cycle = reporting_load.open_it()
    opening, passed = (cpu_at(served_by) - used) / 1000, time.perf_counter() - start
    reporting_load.name_leads(cycle)
    print(
        f"\n{connection.vendor}: a cycle of {PLACES} x {PARTIES} opened with {opening:.1f} s of CPU in {passed:.1f} s"
    )
    people = reporting_load.contributors(options.contributors, cycle)
    late = _sent(people, options.seconds, options.pause)
    slow = [_page(cycle, path, by, options.requests) for path in PAGES for by in ("everybody", "the secretariat")]
    missed = [opening > OPENING_S, late, *slow]
    print("a limit is missed" if any(missed) else "every limit is kept")
    return int(any(missed))


def _sent(people: list[dict[str, Any]], seconds: float, pause: float) -> bool:
    """Have everybody send at once; say what came of it, and whether a limit is missed."""
    from django.db import connection

    connection.close()
    with _serving() as port:
        found = reporting_load.send_all(port, people, seconds, pause=pause)
    kept = reporting_load.kept()
    lost = [key for key in found.confirmed if kept.get(str(key)) != (1, 1)]
    odd = sum(one != (1, 1) for one in kept.values())
    slow = p95(found.milliseconds)
    print(
        f"{len(people)} contributors for {seconds:.0f} s: {len(found.confirmed)} reports confirmed, {len(lost)} of "
        f"them missing or without one event, {odd} others odd; {len(found.wrong)} wrong answers, {found.broken} "
        f"broken lines; {len(found.milliseconds)} requests, p50 {statistics.median(found.milliseconds):.0f} ms, "
        f"p95 {slow:.0f} ms"
    )
    return bool(lost or odd or found.wrong or found.broken or slow > REQUEST_MS or not found.confirmed)


@contextmanager
def _serving() -> Iterator[int]:
    """Serve the register of this process, until it is no longer needed."""
    port = free_port()
    command = [sys.executable, "-m", "followthrough", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | {"FOLLOWTHROUGH_HTTPS": "false"}) as process:
        try:
            reporting_load.wait_for(port)
            yield port
        finally:
            process.terminate()


def _page(cycle: str, query: str, by: str, requests: int) -> bool:
    """Ask for the dashboard again and again; print its figures, and tell whether a limit is missed."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, path = Client(headers={"host": "127.0.0.1"}), f"/cycles/{cycle}{query}"
    spent, passed = list[float](), list[float]()
    if by != "everybody":
        client.force_login(reporting_load.secretariat())
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    queries, served_by = len(asked), server_process(connection)  # the next request empties the log
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    for _ in range(requests):
        start, used = time.perf_counter(), cpu_at(served_by)
        client.get(path)
        spent.append(cpu_at(served_by) - used)
        passed.append((time.perf_counter() - start) * 1000)
    slow = p95(spent)
    print(
        f"dashboard{query:<32} {by:<16} {queries} queries, CPU p50 {statistics.median(spent):>4.0f} ms, "
        f"p95 {slow:>4.0f} ms, passed p95 {p95(passed):>4.0f} ms, {len(answer.content) / 1000:>4.0f} kB"
    )
    return slow > PAGE_MS or queries > QUERIES


if __name__ == "__main__":
    sys.exit(main())
