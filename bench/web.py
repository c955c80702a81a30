"""Every page of the tracker over a large register: CPU at the server and queries, on SQLite and on PostgreSQL.

    python bench/web.py                            10,000 commitments, 100,000 claims and activities; both databases
    python bench/web.py --commitments 500 --things 2000 --requests 20 --database sqlite

Each page is asked for ``--requests`` times through the whole of the application (middleware, database, templates),
each time of another agreement, party or word. A word of a search stands in about every second text. CPU is that of the
process and, with PostgreSQL, of the one that serves it there, so that a busy machine changes little; time passed is
shown beside it. Exit 1 where the 95th percentile of CPU is over the limit.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

LIMIT_MS, SEARCH_MS, LISTED, SEARCHED, OTHER, STORY = 150.0, 100.0, 6, 10, 20, 28
"""The limits of the 95th percentile of CPU in milliseconds, of a page and of a search; the queries of a list, of a page
that gathers many things, and of a party's story, which asks of every part of an agreement."""
SLOWER = float(os.environ.get("FOLLOWTHROUGH_BENCH_SLOWER", "1"))
"""How many times slower this machine is now than the one of CONTRIBUTING.md: limits of time are so much longer."""
SERVICES = Path(__file__).parents[1] / "tools" / "services.py"


def main() -> int:
    """Run the benchmark on each database that is asked for."""
    return on_a_large_register(__doc__, _measure, ("page", "only pages with this in their address"), requests=200)


def on_a_large_register(
    about: str | None, measure: Callable[[argparse.Namespace], int], only: tuple[str, str],
    flags: Sequence[tuple[str, str]] = (), requests: int = 100,
) -> int:  # fmt: skip
    """Read the command line of a benchmark and ``measure``, in a process of its own for each database asked for.

    ``only`` names the option that keeps to some of what is measured, ``flags`` further ones, each with what it does.
    Returns the worst exit code.
    """
    asked = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--commitments", type=int, default=10_000)
    asked.add_argument("--things", type=int, default=100_000, help="claims, and as many activities")
    asked.add_argument("--requests", type=int, default=requests)
    asked.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked.add_argument(f"--{only[0]}", default="", help=only[1])
    for name, does in flags:
        asked.add_argument(f"--{name}", action="store_true", help=does)
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.here:
        return measure(options)
    given = [f"--{name}={getattr(options, name)}" for name in ("commitments", "things", "requests", only[0])]
    given += [f"--{name}" for name, _does in flags if getattr(options, name)]
    return on_databases([sys.executable, str(Path(sys.argv[0]).resolve()), "--here", *given], options.database)


def tell_size(options: argparse.Namespace, of: str) -> None:
    """Print the database, the size of its register, how often each ``of`` is asked, and how busy the machine is."""
    from django.db import connection

    print(
        f"\n{connection.vendor}: {options.commitments:,} commitments, {options.things:,} claims and activities each, "
        f"{options.requests} requests a {of}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        flush=True,
    )


def on_databases(mine: list[str], database: str) -> int:
    """Run a command on SQLite, on PostgreSQL or on both, over a register of its own; returns its worst exit code."""
    commands = {"sqlite": mine, "postgresql": [sys.executable, str(SERVICES), "postgres", "--", *mine]}
    chosen = list(commands) if database == "both" else [database]
    return max(_run(commands[name], keep=name == "postgresql") for name in chosen)


def _run(command: list[str], *, keep: bool) -> int:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "FOLLOWTHROUGH_DATA_DIR": home, "FOLLOWTHROUGH_HTTPS": "0"}
        if not keep:
            environment.pop("DATABASE_URL", None)
        return subprocess.run(command, env=environment, check=False).returncode


def filled(commitments: int, things: int) -> Any:
    """Lay a register of so many commitments, and of so many claims and activities each, and return its ``Size``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "followthrough.web.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from followthrough.web.kit.static_files import collect_static
    from web_data import Size, fill

    call_command("migrate", verbosity=0)
    collect_static()
    size = Size(commitments, things)
    fill(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return size


def _measure(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    size = filled(options.commitments, options.things)
    from django.db import connection

    print(
        f"\n{connection.vendor}: {options.commitments:,} commitments in {size.documents} agreements, "
        f"{options.things:,} claims, {options.things:,} activities; written in {time.perf_counter() - start:.0f} s, "
        f"{options.requests} requests a page",
        flush=True,
    )
    print(f"{'page':<44}{'CPU p50':>8}{'CPU p95':>8}{'ms p50':>8}{'ms p95':>8}{'queries':>9}{'kB':>7}")
    gc.collect()
    gc.freeze()
    asked = [one for one in _pages(size) if options.page in one[0]]
    over = [name for name, budget, address in asked if not _page(name, budget, address, options.requests)]
    print(f"over the limit: {', '.join(over)}" if over else f"every page within {LIMIT_MS:.0f} ms and its queries")
    return int(bool(over))


def _pages(size: Any) -> list[tuple[str, int, Callable[[int], str]]]:
    """Return each page's name, its budget of queries, and the address of its n-th request."""
    from web_data import PARTIES, WORDS, commitment_id, document_id

    def doc(n: int) -> str:
        return f"/agreements/{document_id(n * 7 % size.documents)}"

    def at(n: int) -> str:
        return f"/agreements/{commitment_id(n * 7 % size.documents, n * 31)}"

    words = list(WORDS)
    pages: list[tuple[str, int, Callable[[int], str]]] = [
        ("/", OTHER, _at("/")),
        ("/agreements", LISTED, _at("/agreements")),
        ("/agreements/ID", OTHER, doc),
        ("/agreements/ID?as_of&rollup=all", OTHER, lambda n: f"{doc(n)}?as_of=2021-12-31&rollup=all"),
        ("/agreements/ID?unit=commitments&rollup=mean", OTHER, lambda n: f"{doc(n)}?unit=commitments&rollup=mean"),
        ("/agreements/ID.json", OTHER, lambda n: f"{doc(n)}.json"),
        ("/agreements/ID/SECTION", OTHER, lambda n: f"{doc(n)}/{n % 5 + 1}"),
        ("/agreements/ID/PARAGRAPH", OTHER, lambda n: at(n)[:-1]),
        ("/agreements/ID/COMMITMENT", OTHER, at),
        ("/agreements/ID/COMMITMENT.json", OTHER, lambda n: f"{at(n)}.json"),
    ]
    lists = ("commitments", "claims", "activities", "meetings", "targets", "instruments", "money")
    pages += [
        (f"/agreements/ID/{name}{end}", OTHER if name == "money" else LISTED, _under(doc, f"{name}{end}"))
        for name in lists
        for end in ("", ".csv")
    ]
    return [
        *pages,
        (
            "/agreements/ID/claims?q&kind&page",
            LISTED,
            lambda n: f"{doc(n)}/claims?q={words[n % len(words)]}&kind=output",
        ),
        ("/agreements/ID/claims?page=9", LISTED, lambda n: f"{doc(n)}/claims?page=9"),
        (
            "/agreements/ID/activities?state",
            LISTED,
            lambda n: f"{doc(n)}/activities?state=running&q={words[n % len(words)]}",
        ),
        ("/parties", LISTED, _at("/parties")),
        ("/parties/ID", STORY, lambda n: f"/parties/P{n % PARTIES:02}"),
        ("/sources/ID", LISTED, lambda n: f"/sources/s-{n * 13 % max(10, size.things // 5)}"),
        ("/search?q=WORD", SEARCHED, lambda n: f"/search?q={words[n % len(words)]}"),
        ("/search?q=TWO WORDS", SEARCHED, lambda n: f"/search?q={words[n % len(words)]}+{words[n * 3 % len(words)]}"),
        ("/search?q=NUMBER", SEARCHED, lambda n: f"/search?q={n % 5 + 1}.{n % 10 + 1}&all=1"),
        ("/search?q=nothing", SEARCHED, lambda n: f"/search?q=xyzzy{n}"),
        ("/search?q=ERROR", OTHER, lambda n: f"/search?q={_mistyped(words[n % len(words)])}"),
        ("/search?q=SOME OF THE WORDS", OTHER, lambda n: f"/search?q=xyzzy{n}+{words[n % len(words)]}"),
        ("/search?q=TREATED ALIKE", SEARCHED, lambda n: f"/search?q={('aviation', 'travellers', 'cyber')[n % 3]}"),
        ("/search?q=BEGINNING", SEARCHED, lambda n: f"/search?q={words[n % len(words)][:3]}"),
        ("/lineage", OTHER, _at("/lineage")),
        ("/activities/ID", OTHER, lambda n: f"/activities/a-{n * 37 % size.things}"),
        ("/methodology", LISTED, _at("/methodology")),
        ("/about", LISTED, _at("/about")),
    ]


def _mistyped(word: str) -> str:
    """Return a word with its last letters swapped."""
    return word[:-2] + word[:-3:-1]


def _under(doc: Callable[[int], str], rest: str) -> Callable[[int], str]:
    return lambda n: f"{doc(n)}/{rest}"


def _at(address: str) -> Callable[[int], str]:
    return lambda _: address


def _page(name: str, budget: int, address: Callable[[int], str], requests: int) -> bool:
    """Ask for a page again and again, print its figures, and tell whether it is within its limits."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, spent, passed, size = Client(headers={"host": "127.0.0.1"}), [], [], 0
    with CaptureQueriesContext(connection) as asked:
        _ask(client, address(0))
    queries = len(asked)  # the next request empties the log
    served_by = server_process(connection)
    for number in range(requests):
        start, used = time.perf_counter(), cpu_at(served_by)
        size = max(size, _ask(client, address(number)))
        spent.append(cpu_at(served_by) - used)
        passed.append((time.perf_counter() - start) * 1000)
    slow, limit = p95(spent), SEARCH_MS if name.startswith("/search") else LIMIT_MS
    fits = slow <= limit * SLOWER and queries <= budget
    print(
        f"{name:<44}{statistics.median(spent):>8.1f}{slow:>8.1f}{statistics.median(passed):>8.1f}{p95(passed):>8.1f}"
        f"{queries:>9}{size / 1000:>7.0f}{'' if fits else '  over'}",
        flush=True,
    )
    return fits


def p95(spent: list[float]) -> float:
    """Return the 95th percentile."""
    # inclusive: of few requests the other kind is more than the slowest of them ever took
    return statistics.quantiles(spent, n=20, method="inclusive")[-1] if len(spent) > 1 else spent[0]


def server_process(connection: Any) -> Path | None:
    """Return where Linux tells of the process of PostgreSQL that answers us, if it does."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    return told if told.exists() else None


def cpu_at(served_by: Path | None) -> float:
    """Return the milliseconds of CPU that we, and who serves us, have used."""
    used = time.process_time() * 1000
    if served_by is not None:
        ticks = served_by.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
        used += sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")
    return used


def _ask(client: Any, address: str) -> int:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(b"".join(answer.streaming_content)) if answer.streaming else len(answer.content)


if __name__ == "__main__":
    raise SystemExit(main())
