"""What nobody may see, no program sees: every operation that reads, by everybody's token and by none, in every form.

The agreements are those of ``two_agreements``: the words of the one that is not published may be told to nobody whose
role does not say so, neither in an answer nor by a filter that finds something.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from api_calls import API, program, secret_of
from followthrough.web.agreements.models import Document
from followthrough.web.api.collections import COLLECTIONS
from followthrough.web.api.v1 import document
from two_agreements import BLIND, OFFICE, SHUT, Both

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MAY_READ = {"coordinator", "editor", "administrator", "superuser"}
ASKED = {"focal", "other focal"}
"""Who reads in reports of their party what a cycle asked and what was sent, also of an agreement nobody published."""
EVERYBODY = (
    "signed out", "plain", "focal", "other focal", "coder a", "coder b", "coordinator", "editor", "other editor",
    "administrator", "superuser",
)  # fmt: skip
WORDS = re.compile(rf"(?:{SHUT}|{BLIND}|{OFFICE})[\w-]*")


def body(answer: HttpResponseBase) -> str:
    raw = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return raw.decode() + answer.get("Link", "")


def client_of(both: Both, name: str) -> Client:
    person = dict(both.roles())[name]
    return Client() if person is None else program(secret_of(person))


def paths(both: Both) -> list[str]:
    """Return every address that reads, with every filter set to what belongs to the agreement nobody published."""
    found = []
    hidden = both.shut.ids(Document)[0]
    for of in COLLECTIONS:
        found += [f"{of.name}?size=500", f"{of.name}.csv", f"{of.name}.jsonl"]
        found += [f"{of.name}?document={hidden}"] if "document" in {one.name for one in of.filters} else []
    return [*found, "me", "own-reports?size=500", "own-reports.csv", "own-reports.jsonl", "openapi.json"]


def hidden_ids(both: Both) -> list[tuple[str, str]]:
    """Return the id of every record of the hidden agreement, with the collection that it would stand in."""
    model_of = {of.name: of.door("system").model for of in COLLECTIONS}
    return [(name, key) for name, model in model_of.items() for key in both.shut.ids(model) if model in both.shut.held]


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_program_reads_what_the_policy_does_not_grant(both: Both, name: str) -> None:
    client, leaks, seen = client_of(both, name), list[str](), set[str]()
    for path in paths(both):
        answer = client.get(f"{API}/{path}")
        if name == "signed out" and answer.status_code == 401:
            continue
        assert answer.status_code == 200, path
        words = set(WORDS.findall(body(answer))) - {both.shut.ids(Document)[0]}
        own = path.startswith(("own-reports", "published-reports"))
        told = {word for word in words if word.startswith(SHUT)}
        seen |= told
        if told and name not in MAY_READ and not (own and name in ASKED):
            leaks.append(f"{path}: {sorted(both.shut.words.get(one, one) for one in told)[:4]}")
        assert not [word for word in words if word.startswith(BLIND)], f"{path}: what a coder gave is the coder's own"
        drafts = {word for word in words if word.startswith(OFFICE)}
        assert not drafts or (own and name == "focal"), f"{path}: the draft of an office"
    assert not leaks, f"{name} reads {leaks[:8]}"
    assert bool(seen) is (name in MAY_READ or name in ASKED), f"{name} is told of {len(seen)} words"


@pytest.mark.parametrize("name", ["signed out", "plain", "coder a", "other editor"])
def test_existence_is_not_told(both: Both, name: str) -> None:
    client, asked = client_of(both, name), hidden_ids(both)
    assert len(asked) > 15
    for collection, key in asked:
        if SHUT in key:
            real, none = (client.get(f"{API}/{collection}/{one}") for one in (key, key.replace(SHUT, "nothing")))
            assert (real.status_code, real.json()) == (none.status_code, none.json()) == (404, none.json()), key
        elif collection in ("ratings", "published-reports"):
            assert client.get(f"{API}/{collection}/{key}").status_code == 404, key


@pytest.mark.parametrize("name", ["plain", "focal", "other editor"])
def test_a_filter_of_what_is_hidden_finds_as_much_as_one_of_nothing(both: Both, name: str) -> None:
    known, by = {key for _, key in hidden_ids(both) if SHUT in key}, both.people[name]
    for of in COLLECTIONS:
        for one in of.filters:
            found = [key for key in known if of.chosen(by, {one.name: key}).exists()]
            assert not found, f"{of.name}?{one.name}={found[0]}"
        if of.words:
            assert not of.chosen(by, {"q": SHUT}).exists()


def test_every_address_that_reads_is_asked(both: Both) -> None:
    asked: set[Any] = {path.partition("?")[0] for path in paths(both)}
    documented = {
        path.removeprefix(f"{API}/") for path, operations in document()["paths"].items() if "get" in operations
    }
    assert {path for path in documented if "{" not in path} == asked - {"openapi.json"}
