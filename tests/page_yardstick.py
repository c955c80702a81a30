"""How much CPU this machine, as busy as it is now, takes for work of the kind that a page does.

A page compiles queries, reads rows of SQLite, builds small objects, and renders templates, which runs through far more
code than the processor keeps at hand. A busy or slower machine therefore slows a page down more than a short loop. The
yardstick is a fixed mix of the same kinds of work, none of it our own code, so that a page that becomes slower is not
measured by a yardstick that became longer with it.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.template import Context, Engine
from django.urls import resolve

REFERENCE = 2.4
"""CPU milliseconds of ``work`` on the machine that the budgets are stated for, with nothing else to do."""
RUNS = 31
ROWS = [(number, f"place/{number % 7}.{number}", f"Words of row {number}", number % 5) for number in range(400)]
PAGE = Engine().from_string(
    "<table>{% for row in rows %}<tr{% if forloop.first %} class='first'{% endif %}>"
    "<th>{{ row.id }}</th><td>{{ row.words|lower }}</td>"
    "<td>{% if row.count %}{{ row.count }}{% else %}none{% endif %}</td></tr>{% endfor %}</table>"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a page would hold it."""

    id: str
    words: str
    count: int


def database() -> sqlite3.Connection:
    """Return a small database in memory."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE row (number INTEGER PRIMARY KEY, id TEXT, words TEXT, count INTEGER)")
    connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", ROWS)
    return connection


def work(connection: sqlite3.Connection) -> str:
    """Do what a page does, with things that never change; returns a digest of the page."""
    for path in ("/agreements", "/search", "/about"):
        resolve(path)
    for label in ("auth", "sessions", "contenttypes"):
        asked = ContentType.objects.filter(Q(app_label=label) | Q(permission__codename=label)).exclude(model="none")
        str(asked.order_by("model").values_list("id", "app_label", "permission__name").query)
    held = connection.execute("SELECT id, words, count FROM row WHERE number % 7 < 6 ORDER BY words").fetchall()
    rows = [Row(*row) for row in held]
    chosen = sorted((row for row in rows if "1" in row.id), key=lambda row: (row.count, row.id))
    counts = {row.id.partition("/")[2]: json.dumps([row.words, row.count]) for row in rows}
    page = PAGE.render(Context({"rows": chosen[:60]}))
    return hashlib.sha256(f"{page}{sorted(counts)}".encode()).hexdigest()


def _milliseconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def slowness() -> float:
    """Return how many times longer than the reference machine this one takes at the moment; at least 1."""
    with closing(database()) as connection:
        work(connection)
        return _slowness([_milliseconds(lambda: work(connection)) for _ in range(RUNS)])


def _slowness(yardsticks: list[float]) -> float:
    return max(1.0, statistics.median(yardsticks) / REFERENCE)


def on_reference_machine(page: Callable[[], object]) -> float:
    """Return the median CPU milliseconds that ``page`` takes, as the reference machine would need them.

    Page and yardstick take turns, so that what else the machine does meets both alike. A machine that is faster than
    the reference gets no discount.
    """
    with closing(database()) as connection:
        page()
        work(connection)
        gc.collect()
        gc.freeze()
        pages, yardsticks = [], []
        for _ in range(RUNS):
            pages.append(_milliseconds(page))
            yardsticks.append(_milliseconds(lambda: work(connection)))
        gc.unfreeze()
    return statistics.median(pages) / _slowness(yardsticks)


def burn(milliseconds: float) -> None:
    """Use as much CPU time as the reference machine uses in so many milliseconds, at the speed of the moment."""
    with closing(database()) as connection:
        start = time.process_time()
        took = _milliseconds(lambda: work(connection))
    end = start + milliseconds * took / REFERENCE / 1000
    while time.process_time() < end:
        pass
