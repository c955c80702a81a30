"""Every address of an agreement, as everybody, of their own and of another's, by GET and by POST."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from followthrough.web.accounts.models import User
from followthrough.web.agreements.models import Edge, Membership
from followthrough.web.assessments.models import RATING, Assessment
from followthrough.web.evidence.models import Suggestion
from followthrough.web.followup.models import Report
from followthrough.web.links.models import Link
from followthrough.web.links.stamps import stamp_of
from followthrough.web.records.kinds import ENTERED, KINDS
from register_addresses import ACCOUNTS, Address, addresses, routes
from two_agreements import OPEN, SHUT, Both, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]
KEEPS = "READ EDIT HIDE ENTER CONFIRM RUN_CYCLE"
RUNS = "READ ENTER ADJUDICATE ASSESS RUN_CYCLE"
MAY: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "coordinator": ((SHUT,), {*RUNS.split()}),
    "editor": ((SHUT,), {*KEEPS.split()}),
    "other editor": ((OPEN,), {*KEEPS.split()}),
    "administrator": ((SHUT, OPEN), {*KEEPS.split(), *RUNS.split()}),
    "superuser": ((SHUT, OPEN), {*KEEPS.split(), *RUNS.split()}),
}
"""Over which agreements somebody holds a role, and what it lets them do; everybody else reads what is published."""
EVERYBODY = ("signed out", "plain", "focal", "other focal", "coder a", "coder b", *MAY)
GET = {
    "new-claim": "ENTER", "new-activity": "ENTER", "suggestions": "ENTER", "new-assessment": "ASSESS", "note": "ASSESS",
    "assessment": "ADJUDICATE", "draft": "EDIT", "draft-details": "EDIT", "draft-page": "EDIT", "visibility": "HIDE",
    "discard": "EDIT", "document-parties": "EDIT", "corrections": "EDIT",
    "new-cycle": "RUN_CYCLE", "cycle-dates": "RUN_CYCLE", "cycle-leads": "RUN_CYCLE",
    "review-queue": "RUN_CYCLE", "review": "RUN_CYCLE",
    "confirm-links": "RUN_CYCLE",
    "records": "ENTER", **{f"new-{noun}": KINDS[noun].permission.name for noun in ENTERED},
    **{f"correct-{noun}": kind.permission.name for noun, kind in KINDS.items() if kind.model not in (Edge, Membership)},
}  # fmt: skip
"""What a page asks for, where it is not open to every reader of the agreement."""
POST = {name: permission for name, permission in GET.items() if name not in {"records", "corrections"}} | {
    "remind": "RUN_CYCLE", "life-of": "EDIT",
    "claim": "ENTER", "activity": "ENTER", "change-claims": "ENTER", "change-activities": "ENTER", "suggest": "READ",
    "correct": "EDIT", "confirm": "CONFIRM",
}  # fmt: skip
SHARED = {"correct-instrument", "correct-treaty-action", "correct-fund-figure"}
"""What both agreements name: who corrects it keeps both, and the editor of the published one alone does not."""
NO_GET = {"change-claims", "change-activities", "correct", "confirm", "remind", "answer-together"}
PERSONAL = {"todo", "desk", "desk-cell", "result", "party-ratings", "workbench", "audit", "import"} | {
    "inbox",
    "link-run",
    "correct-lineage-edge",
    "correct-membership",
    "report",
    "own-reports",
    "answer-together",
    "reports-excel",
    "workbook",
    "marked-workbook",
    "own-record",
    "record-excel",
    "confirm-link",
    "confirm-link-excel",
    "confirm-link-workbook",
    "confirm-link-marked",
    "checks",
    "search-words",
    "file",
    "file-download",
    "source-files",
    "embed-coverage",
    "embed-money",
    "embed-targets",
    "embed-indicator",
    "embed-place",
    "result-on",
}
"""What is asked of the person, or of nobody, not of an agreement: by the tests of rounds, files and embeds."""
ASKED = {"cycle": ("focal", "other focal"), "published-report": ("other focal",)}
"""What those read who speak for a party that a cycle asks, also where they may not read the agreement."""


def sent(name: str, world: World) -> dict[str, Any]:
    """Return what a form sends, as far as it takes to come to the permission."""
    link = Link.objects.get(pk=world.ids(Link)[0])
    ids = {"suggestion": world.ids(Suggestion)[0], "link": link.pk}
    ids |= {"stamp": stamp_of([link])} if name == "confirm" else {}
    return {"do": {"claim": "withdraw", "assessment": "agreed"}.get(name, "confirm"), "reason": "x", **ids}


def allowed(name: str, permission: str, mark: str) -> bool:
    over, permissions = MAY.get(name, ((), set()))
    return (mark in over and permission in permissions) or (permission == "READ" and mark == OPEN)


def refused(client: Client, method: str, address: Address, data: dict[str, Any]) -> bool:
    with transaction.atomic():
        answer = getattr(client, method)(address.path, data)
        transaction.set_rollback(True)
    assert answer.status_code < 500, address.path
    if address.name == "confirm" and answer.status_code == 409:  # a link that is not seen was overtaken, as it were
        return True
    return answer.status_code in (403, 404) or answer.get("Location", "").startswith("/sign-in")


def asked(world: World) -> list[Address]:
    """Return the pages of an agreement, one of a kind: files ask what their pages ask."""
    closed = {one.pk for one in world.held[Assessment] if one.state == RATING}
    kept = [one for one in addresses(world) if not one.path.endswith((".json", ".csv", ".xlsx", ".bib", ".ris"))]
    kept = [one for one in kept if one.name != "assessment" or set(one.values) & closed]
    unsent = set(world.ids(Report)[1:])  # nobody but its office finds it
    kept = [one for one in kept if one.name not in ("review", "published-report") or not set(one.values) & unsent]
    return [one for one in kept if (one.values and one.values[0] not in ("THA", "KHM")) or one.name == "confirm"]


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_is_let_in_and_nobody_else(both: Both, name: str) -> None:
    person: User | None = dict(both.roles())[name]
    client, wrong = Client(), list[str]()
    if person is not None:
        client.force_login(person)
    for world in (both.shut, both.open):
        for address in asked(world):
            for method, table in (("get", GET), ("post", POST)):
                if address.name in PERSONAL or (method == "get" and address.name in NO_GET):
                    continue
                if method == "post" and address.name not in POST:
                    continue
                if address.name == "claim" and not Link.objects.filter(claim=address.values[0]).exists():
                    continue  # linked nowhere any more: who keeps the whole register revises it
                may = allowed(name, table.get(address.name, "READ"), world.mark) and not _hidden(address, world)
                may = may and not (address.name in SHARED and name == "other editor")
                may = may or name in ASKED.get(address.name, ())
                data = sent(address.name, world) if method == "post" else {}
                if refused(client, method, address, data) is may:
                    wrong.append(f"{method} {address.path}: {'refused' if may else 'let in'}")
    assert not wrong, f"{name}: {wrong}"


def _hidden(address: Address, world: World) -> bool:
    """Whether there is nothing: a paragraph bears no note, and the public paper of a draft is a stranger's."""
    return (address.name == "note" and address.values[-1] == "1") or (address.name == "paper" and world.mark == SHUT)


def test_every_address_of_an_agreement_is_in_the_matrix(both: Both) -> None:
    names = {name for name, _ in routes() if not name.startswith(ACCOUNTS)}
    assert {*GET, *POST, *PERSONAL} <= names
    for name in sorted({one.name for one in addresses(both.open) if one.name not in PERSONAL}):
        post = Client().post(next(one.path for one in addresses(both.open) if one.name == name))
        assert (post.status_code == 405) is (name not in POST), f"{name} takes POST: state what it asks for"
