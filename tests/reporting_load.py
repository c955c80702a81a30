"""A large agreement, its people, and contributors who send reports to a running server all at once."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

ANSWERS = {
    "answer.choice": "report", "stage.stage": "under_way", "done.text": "Something was done, in two sentences. Here.",
    "figures.of-1": "Things", "figures.value-1": "1,250", "figures.unit-1": "pieces", "next.text": "More of it.",
}  # fmt: skip
TOKEN = "t" * 32


def fill(places: int, parties: int, lines: int = 84) -> str:
    """Write a published agreement of so many paragraphs, ``lines`` of them a section, between so many parties."""
    from followthrough.web.agreements.models import Commitment, Document, DocumentParty, Party, Provision

    document = Document.objects.create(id="big", title="A plan of action", short_title="Plan", kind="plan", public=True)
    states = Party.objects.bulk_create(
        [Party(id=f"P{at:02}", name=f"Land {at:02}", short_name=f"Land {at:02}", kind="state") for at in range(parties)]
    )
    DocumentParty.objects.bulk_create(DocumentParty(id=f"big/{one.pk}", document=document, party=one) for one in states)
    sections, held, undertaken = [], [], []
    for at in range(places):
        number, line = at // lines + 1, at % lines + 1
        if line == 1:
            sections.append(Provision(id=f"big/{number}", document=document, eid=f"sec_{number}", kind="section",
                                      num=str(number), position=number * 1000, title=f"Section {number}"))  # fmt: skip
        ref = f"{number}.{line}"
        held.append(Provision(id=f"big/{ref}", document=document, eid=f"para_{ref}", kind="paragraph", num=ref,
                              position=number * 1000 + line, title=f"Line {line}", parent=sections[-1]))  # fmt: skip
        undertaken.append(Commitment(id=f"big/{ref}a", provision=held[-1], position=1, verb="build", kind="action",
                                     strength=4, summary=f"Build thing {ref}", actors=""))  # fmt: skip
    Provision.objects.bulk_create(sections)
    Provision.objects.bulk_create(held)
    Commitment.objects.bulk_create(undertaken)
    return document.pk


def open_it() -> str:
    """Open a cycle that asks every party about everything, and return its id."""
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.models import Document
    from followthrough.web.followup.actions.cycles import CyclePlan, Dates, open_cycle
    from followthrough.web.followup.proposal import propose
    from followthrough.web.followup.questions import template

    dates = Dates("31 October 2099", "15 December 2099", "Asia/Jakarta", "parties")
    plan = CyclePlan("Round", "2098", "2099", dates, template(), propose("big", SYSTEM).pairs)
    cycle = open_cycle(Document.objects.get(pk="big"), plan, by=SYSTEM)
    return cycle.pk


def name_leads(cycle: str) -> None:
    """Give every twenty paragraphs of a cycle a lead body."""
    from followthrough.web.followup.models import Assignment

    for at in range(Assignment.objects.filter(report__cycle=cycle).values("report__position").distinct().count() // 20):
        held = Assignment.objects.filter(report__cycle=cycle, report__position__range=(at * 20, at * 20 + 19))
        held.update(lead=f"Body {at + 1}")


def secretariat() -> Any:
    """Return an editor, made where there is none."""
    from followthrough.web.accounts.actions.roles import grant_role
    from followthrough.web.accounts.models import User
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.accounts.roles import Role

    user, new = User.objects.get_or_create(username="secretariat")
    if new:
        grant_role(user, Role.EDITOR, by=SYSTEM)
    return user


def contributors(count: int, cycle: str) -> list[dict[str, Any]]:
    """Make so many focal points, some to a party, signed in; each with the reports that are theirs to send."""
    from django.test import Client

    from followthrough.web.accounts.actions.roles import grant_role
    from followthrough.web.accounts.models import User
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.accounts.roles import Role
    from followthrough.web.agreements.models import Document, Party
    from followthrough.web.followup.models import Report

    parties, document = list(Party.objects.order_by("pk")), Document.objects.get(pk="big")
    made = []
    for at in range(count):
        party = parties[at % len(parties)]
        user = User.objects.create_user(f"contributor-{at}")
        grant_role(user, Role.CONTRIBUTOR, by=SYSTEM, document=document, party=party)
        client = Client()
        client.force_login(user)
        mine = list(Report.objects.filter(cycle=cycle, party=party).order_by("position").values_list("pk", flat=True))
        share = range(at // len(parties), len(mine), -(-count // len(parties)))
        made.append({"session": client.cookies["sessionid"].value, "reports": [mine[one] for one in share]})
    return made


def kept() -> dict[str, tuple[int, int]]:
    """Return of each report that was sent how many submissions and how many events of it there are."""
    from followthrough.web.audit.models import AuditEvent
    from followthrough.web.followup.models import Submission

    found: dict[str, list[int]] = {}
    for one in Submission.objects.values_list("report", flat=True):
        found.setdefault(str(one), [0, 0])[0] += 1
    for target in AuditEvent.objects.filter(verb="report.sent").values_list("target", flat=True):
        found.setdefault(target, [0, 0])[1] += 1
    return {key: (one, two) for key, (one, two) in found.items()}


def prepare(places: int, parties: int, people: int) -> None:
    """Write the agreement, open its cycle and print who contributes, as JSON: for a process of its own."""
    fill(places, parties)
    print(json.dumps(contributors(people, open_it())))


def wait_for(port: int) -> None:
    """Wait until a server answers."""
    for _ in range(400):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line, suppress(OSError):
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


@dataclass
class Sent:
    """What contributors saw: the reports that were confirmed, every wrong status, and how long each request took."""

    confirmed: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    broken: int = 0
    pause: float = 0


def send_all(
    port: int, people: Sequence[dict[str, Any]], seconds: float, each: Callable[[Sent], None] = lambda _: None,
    pause: float = 0,
) -> Sent:  # fmt: skip
    """Have everybody read and send their reports, one after the other, until time is up or the server is gone.

    ``each`` is called after every report that the server confirmed; ``pause`` is how long one takes to fill one in.
    """
    found, until = Sent(pause=pause), time.monotonic() + seconds
    threads = [threading.Thread(target=_send, args=(port, one, until, found, each)) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def _send(port: int, person: dict[str, Any], until: float, found: Sent, each: Callable[[Sent], None]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        _send_on(line, person, until, found, each)


def _send_on(
    line: http.client.HTTPConnection, person: dict[str, Any], until: float, found: Sent, each: Callable[[Sent], None]
) -> None:
    cookies = {"Cookie": f"sessionid={person['session']}; csrftoken={TOKEN}", "Host": "localhost"}
    body = urlencode({**ANSWERS, "csrfmiddlewaretoken": TOKEN, "seen": "0", "do": "send"})
    form = cookies | {"Content-Type": "application/x-www-form-urlencoded"}
    for key in person["reports"]:
        if time.monotonic() > until:
            return
        try:
            read = _ask(line, "GET", f"/reports/{key}", None, cookies, found)
            time.sleep(found.pause)
            sent = _ask(line, "POST", f"/reports/{key}", body, form, found)
        except (OSError, http.client.HTTPException):
            found.broken += 1
            return
        found.wrong += [status for status, good in ((read, 200), (sent, 302)) if status != good]
        if sent == 302:
            found.confirmed.append(key)
            each(found)


def _ask(
    line: http.client.HTTPConnection, verb: str, path: str, body: str | None, headers: dict[str, str], found: Sent
) -> int:
    start = time.perf_counter()
    line.request(verb, path, body, headers)
    answer = line.getresponse()
    answer.read()
    found.milliseconds.append((time.perf_counter() - start) * 1000)
    return answer.status
