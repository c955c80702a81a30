"""How many pieces of evidence twenty writers enter in a second, in a register that holds many already.

    python bench/record.py [SECONDS] [HELD]     SQLite in a new folder; or the empty database of DATABASE_URL

Each writer enters claims with a source and a link of their own, as the form does: checks, ids, rows, audit events and
the search index. Prints entries a second, and checks that each is there with exactly one event.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from importlib.resources import files
from pathlib import Path

PROCESSES, THREADS = 4, 5
SECONDS, HELD = 10.0, 20_000


def writer(name: str, end: float, written: list[int]) -> None:
    """Enter claims until ``end``; append how many."""
    from django.db import connections

    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.models import Document
    from followthrough.web.evidence.actions.claims import Entry, enter_claim

    document, count = Document.objects.get(pk="asean-rok-2019"), 0
    while time.monotonic() < end:
        source = {
            "url": f"https://news.example/{name}/{count}", "title": f"Talks {name} {count}", "publisher": "Paper",
            "publisher_kind": "media", "published": "2026-10-01", "language": "en",
        }  # fmt: skip
        claim = {
            "kind": "agreement", "date": "2026-09-30", "statement": f"Talks {count} of {name} ended.", "value": "",
            "unit": "", "stance": "neutral", "quote": "", "notes": "",
        }  # fmt: skip
        entry = Entry(source, claim, ("asean-rok-2019/4.3b",), "It says so.", "main")
        enter_claim(document, entry, by=SYSTEM)
        count += 1
    written.append(count)
    connections.close_all()


def write(name: str, seconds: float) -> None:
    """Run the writers of one process from the moment that the parent says so; print how many entries they made."""
    from followthrough.cli.boot import boot

    boot()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    written: list[int] = []
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=writer, args=(f"{name}{n}", end, written)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(f"{sum(written)}\n")


def hold(count: int) -> None:
    """Put ``count`` claims into the register."""
    from followthrough.web.agreements.models import Source
    from followthrough.web.evidence.models import Claim

    source = Source.objects.all()[0]
    Claim.objects.bulk_create(
        (
            Claim(id=f"c-9{n:06}", source=source, kind="agreement", statement=f"Claim {n}", stance="neutral")
            for n in range(count)
        ),
        batch_size=2_000,
    )


def main(seconds: float, held: int) -> None:
    """Fill a register, let the writers loose, and count."""
    from followthrough.cli.boot import boot, migrate
    from followthrough.packs.reading import read_pack

    boot()
    migrate()
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.exchange.importing import import_pack

    import_pack(read_pack(Path(str(files("followthrough.packs") / "asean_rok_2019"))), by=SYSTEM)
    hold(held)
    command = [sys.executable, __file__, "write"]
    writers = [
        subprocess.Popen([*command, f"w{n}", str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(PROCESSES)
    ]
    for one in writers:
        if one.stdout is None or one.stdout.readline() != "ready\n":
            raise SystemExit("a writer did not start")
    counted = sum(int(one.communicate("go\n")[0]) for one in writers)
    print(f"{PROCESSES * THREADS} writers, {held} claims held: {counted / seconds:.1f} entries a second")
    check(counted)


def check(counted: int) -> None:
    """Say whether every entry is there, with one event."""
    from followthrough.web.audit.models import AuditEvent
    from followthrough.web.evidence.models import Claim

    entered = set(Claim.objects.filter(source__publisher="Paper").values_list("pk", flat=True))
    events = list(AuditEvent.objects.filter(verb="claim.added", target__in=entered).values_list("target", flat=True))
    lost = counted - len(entered)
    print(f"{lost} lost, {len(events) - len(set(events))} events too many, {len(entered - set(events))} too few")


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["write"]:
        write(words[1], float(words[2]))
    else:
        numbers = [float(word) for word in words]
        with tempfile.TemporaryDirectory() as folder:
            os.environ["FOLLOWTHROUGH_DATA_DIR"] = folder
            main(numbers[0] if numbers else SECONDS, int(numbers[1]) if len(numbers) > 1 else HELD)
