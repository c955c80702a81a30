"""Asks every page of the bundled register for odd things for a while, as everybody, and says what failed or was slow.

    .venv/bin/python tools/fuzz_pages.py [MINUTES] [SEED]

Addresses come from the resolver and from the links of the pages, parameters from their links and forms. Exit code 1
where an answer was our failure (5xx) or took longer than three seconds.
"""

from __future__ import annotations

import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

SLOW = 3.0
ODD = (
    "", "0", "-1", "1e9", "9" * 30, "٣", "\0", "a\x00b", "\ud800", "%", "_", "'", '"', "(", "NOT", "*", "..", "../..",
    "<script>", "{{7*7}}", "ä" * 3000, "2019-99", "0000-00-00", "2567", "a,b,c", "none yet",
    "asean-rok-2019", "4.3", "KOR", "cyber", "=1+1", "\r\nX: y", "//evil.example", "javascript:alert(1)", "[]",
    "null", "true", "🙂", "ไทย", "ＡＳＥＡＮ",
)  # fmt: skip
ENDINGS = ("", "", "", ".json", ".csv", ".xlsx", ".bib", ".atom", "/", "?")


def register(folder: Path) -> None:
    """Make a register with the bundled pack and its example of a round."""
    os.environ |= {"FOLLOWTHROUGH_DATA_DIR": str(folder), "FOLLOWTHROUGH_HTTPS": "false", "DATABASE_URL": ""}
    from followthrough.cli.boot import boot, migrate

    boot(folder)
    migrate()
    from followthrough.packs.reading import read_pack
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.exchange.importing import import_pack
    from followthrough.web.kit.static_files import collect_static

    collect_static()
    import_pack(read_pack(Path(str(files("followthrough.packs") / "asean_rok_2019"))), by=SYSTEM)


def everybody() -> dict[str, Any]:
    """Return a browser for a visitor and for one holder of each role."""
    from django.test import Client

    from followthrough.web.accounts.actions.roles import grant_role
    from followthrough.web.accounts.models import User
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.accounts.roles import Role
    from followthrough.web.agreements.models import Party

    people = {"nobody": Client(raise_request_exception=False, SERVER_NAME="localhost")}
    for role in Role:
        user = User.objects.create_user(role.value)
        party = Party.objects.get(pk="KOR") if role is Role.CONTRIBUTOR else None
        grant_role(user, role, by=SYSTEM, party=party)
        people[role.value] = Client(raise_request_exception=False, SERVER_NAME="localhost")
        people[role.value].force_login(user)
    return people


def links(page: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield the addresses that a page links to, and the parameters of its links and forms."""
    text = page.content.decode(errors="replace")
    for found in re.findall(r'(?:href|action)="(/[^"#]*)"', text):
        parts = urlsplit(found.replace("&amp;", "&"))
        yield parts.path, [name for name, _ in parse_qsl(parts.query)]
    yield page.wsgi_request.path, re.findall(r'name="([\w.-]{1,40})"', text)


def ask(person: Any, address: str, chance: random.Random, names: list[str]) -> tuple[float, int, str]:
    """Ask once, with up to four odd parameters; return the seconds, the status and the address."""
    chosen = chance.sample(names, min(len(names), chance.randrange(5)))
    query = "&".join(f"{name}={quote(chance.choice(ODD), errors='surrogatepass')}" for name in chosen)
    ending = chance.choice(ENDINGS)
    sent = f"{address}{ending.rstrip('?')}?{query}"
    began = time.perf_counter()
    status = person.get(sent).status_code
    return time.perf_counter() - began, status, sent


def main(minutes: float, seed: int) -> int:
    """Fuzz for so many minutes."""
    chance = random.Random(seed)  # noqa: S311 - a seed makes a finding repeatable
    seen, bad = Counter[int](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        register(Path(folder))
        people = everybody()
        people["nobody"].get("/")  # the first page of a process loads what all others use
        known: dict[str, set[str]] = {"/": {"q", "page", "sort"}}
        end, slowest = time.monotonic() + minutes * 60, 0.0
        while time.monotonic() < end:
            who, address = chance.choice(list(people)), chance.choice(list(known))
            if chance.random() < 0.3 and (page := people[who].get(address)).get("Content-Type", "").startswith(
                "text/html"
            ):
                for path, names in links(page):
                    if path != "/sign-out" and len(known) < 20_000:
                        known.setdefault(path, {"q", "page", "sort"}).update(names)
            seconds, status, sent = ask(people[who], address, chance, sorted(known[address]))
            seen[status] += 1
            slowest = max(slowest, seconds)
            if status >= 500 or seconds > SLOW:
                bad.append(f"{status} {seconds:.1f} s {who} {sent[:300]}")
    sys.stdout.write(f"{sum(seen.values())} requests to {len(known)} addresses as {len(people)} people: {dict(seen)}\n")
    sys.stdout.write(f"slowest {slowest:.2f} s; {len(bad)} failed or slow\n" + "\n".join(bad[:50]) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
