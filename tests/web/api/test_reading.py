"""The collections of the API: what they say is what pages say, in pages, as streams, with tags, and for other sites."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import ValidationError

from followthrough.assess.life import LifeState
from followthrough.assess.targets import STATES
from followthrough.model.vocabulary import LinkSubject
from followthrough.web.agreements.models import Document, Instrument
from followthrough.web.api.collection import Collection
from followthrough.web.api.collections import COLLECTIONS
from followthrough.web.api.v1 import document
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, settle
from followthrough.web.limits import portions

API = "/api/v1"
DOC = "/agreements/asean-rok-2019"
QUERIES = 6
BY_NAME = {one.name: one for one in COLLECTIONS}
each = pytest.mark.parametrize("name", BY_NAME)


def body_of(answer: HttpResponseBase) -> str:
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()  # type: ignore[attr-defined]


def asked(client: Client, path: str, **headers: str) -> Any:
    answer = client.get(f"{API}/{path}", headers=headers)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def every(client: Client, name: str, **query: str) -> list[dict[str, Any]]:
    """Return a whole collection, from its stream of lines."""
    answer = client.get(f"{API}/{name}.jsonl", query)
    assert answer.status_code == 200
    return [json.loads(line) for line in body_of(answer).splitlines()]


@each
def test_a_collection_is_the_same_in_pages_and_as_streams(register: Document, client: Client, name: str) -> None:
    of, size = BY_NAME[name], 200
    first = asked(client, f"{name}?size={size}")
    rows = every(client, name)
    assert len(rows) == first["count"] and rows[:size] == first["items"]
    table = list(csv.DictReader(io.StringIO(body_of(client.get(f"{API}/{name}.csv")).removeprefix("\ufeff"))))
    assert [line["id"] for line in table] == [str(row["id"]) for row in rows]
    assert rows or name in ("ratings", "published-reports", "indicator-values"), "the bundled register has some"
    for row in rows[:50]:
        assert set(row) == set(of.row.model_fields)
        of.row.model_validate(row)
        assert asked(client, f"{name}/{row['id']}") == row


@each
def test_a_list_asks_few_questions(register: Document, client: Client, name: str) -> None:
    client.get(f"{API}/{name}")
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(f"{API}/{name}?page=1&size=50&q=a")
    assert len(found) <= QUERIES, [one["sql"][:150] for one in found]


TWINS = {
    "documents": ("/agreements.json", "documents"), "commitments": (f"{DOC}/commitments.json", "commitments"),
    "claims": (f"{DOC}/claims.json?period=all", "claims"), "activities": (f"{DOC}/activities.json", "activities"),
    "meetings": (f"{DOC}/meetings.json", "meetings"), "targets": (f"{DOC}/targets.json", "targets"),
    "instruments": (f"{DOC}/instruments.json", "instruments"), "parties": ("/parties.json", "parties"),
}  # fmt: skip
WIDER = {"commitments"}
"""Columns that say what a record is linked to: in a list of one agreement within that one, here in all."""


@pytest.mark.parametrize("name", TWINS)
def test_the_api_says_what_the_page_says(register: Document, client: Client, name: str) -> None:
    path, held = TWINS[name]
    page = {row["id"]: row for row in client.get(path).json()[held]}
    api = {row["id"]: row for row in every(client, name)}
    assert page and set(page) <= set(api)
    for key, row in page.items():
        for column in set(row) & set(api[key]):
            said, here = row[column], api[key][column]
            if column in WIDER and isinstance(said, str):
                assert set(said.split("; ")) <= set(here.split("; ")), (key, column)
            else:
                here = here.replace("_", " ") if name == "instruments" and column == "kind" else here
                assert (said or None) == (here or None), (key, column)


def test_the_figures_of_funds_are_those_of_the_page(register: Document, client: Client) -> None:
    page = [one for fund in client.get(f"{DOC}/money.json").json()["funds"] for one in fund["figures"]]
    api = {row["id"]: row for row in every(client, "fund-figures")}
    assert page and all(one.items() <= api[one["id"]].items() for one in page)


def _filter_of(of: Collection[Any], row: dict[str, Any]) -> dict[str, str]:
    named = {one.name for one in of.filters}
    return {name: str(value) for name, value in row.items() if name in named and isinstance(value, str) and value}


@each
def test_filters_and_words_choose(register: Document, client: Client, name: str) -> None:
    of, rows = BY_NAME[name], every(client, name)
    if not rows:
        pytest.skip("the bundled register has none")
    for column, value in _filter_of(of, rows[0]).items():
        if column in ("commitments", "source", "budget", "publisher", "checked"):
            continue
        found = asked(client, f"{name}?{column}={value}&size=500")["items"]
        assert rows[0] in found and all(str(one[column]).startswith(value) for one in found)
    if "document" in {one.name for one in of.filters}:
        inside = asked(client, f"{name}?document=asean-rok-2019")["count"]
        assert inside <= len(rows) and asked(client, f"{name}?document=nothing")["count"] == 0
    if of.words:
        assert asked(client, f"{name}?q=zzzyx")["count"] == 0
    for sort in of.sorts:
        up = asked(client, f"{name}?sort={sort}&size=500")["items"]
        down = asked(client, f"{name}?sort=-{sort}&size=500")["items"]
        assert {one["id"] for one in up} == {one["id"] for one in down} and len(up) == len(down)


@pytest.mark.parametrize("name", ["claims", "activities", "fund-figures", "observations"])
def test_what_was_recorded_since_a_day_is_asked_for(register: Document, client: Client, name: str) -> None:
    every_one = asked(client, f"{name}?recorded_since=1900")["count"]
    assert every_one == asked(client, name)["count"] > 0
    assert asked(client, f"{name}?recorded_since=9999")["count"] == 0
    if "recorded" in BY_NAME[name].row.model_fields:
        last = max(row["recorded"] for row in every(client, name))
        found = asked(client, f"{name}?recorded_since={last}&size=500")["items"]
        assert found and {row["recorded"] for row in found} == {last}


SUBJECTS = {"claims": "claim", "activities": "activity", "meetings": "meeting", "targets": "target"}
SECTIONED = ("provisions", "commitments", "links", *SUBJECTS)


@pytest.mark.parametrize("name", SECTIONED)
def test_a_section_holds_what_its_places_hold_at_any_depth(register: Document, client: Client, name: str) -> None:
    rows = every(client, "provisions", document=register.pk)
    under: dict[str, set[str]] = {row["id"]: {row["id"]} for row in rows}
    parents = {row["id"]: row["parent"] for row in rows}
    for key, parent in parents.items():
        at = parent
        while at:
            under[at].add(key)
            at = parents[at]
    homes = {row["id"]: row["provision"] for row in every(client, "commitments", document=register.pk)}
    ties = every(client, "links", document=register.pk)
    known = {row["id"] for row in every(client, name)}
    column = "id" if name == "links" else "subject_id"
    held = []
    for section in [key for key, parent in parents.items() if parent is None]:
        inside = under[section] | {key for key, home in homes.items() if home in under[section]}
        wanted = {"provisions": under[section], "commitments": inside - under[section]}.get(name)
        if wanted is None:
            kinds = {"links": set(LinkSubject)}.get(name, {SUBJECTS.get(name, "")})
            wanted = {one[column] for one in ties if one["place"] in inside and one["subject"] in kinds} & known
        assert {row["id"] for row in every(client, name, section=section)} == wanted
        held.append(wanted)
    assert any(held) and max(map(len, under.values())) > 1
    assert asked(client, f"{name}?section=nothing")["count"] == 0


def test_the_state_of_targets_is_asked_for(figures: Document, client: Client) -> None:
    rows = every(client, "targets")
    states = {row["state"] for row in rows}
    assert len(states) > 1
    for state in (*STATES, "superseded"):
        found = every(client, "targets", state=state)
        assert found == [row for row in rows if row["state"] == state]
    assert client.get(f"{API}/targets?state=none").status_code == 422


def test_the_life_of_commitments_is_asked_for_within_an_agreement(register: Document, client: Client) -> None:
    page = client.get(f"{DOC}/life.json").json()["life"]
    assert page
    for state in LifeState:
        wanted = {row["id"] for row in page if row["life"] == state}
        assert {row["id"] for row in every(client, "commitments", document=register.pk, life=state)} == wanted
    for path in ("commitments", "commitments.csv"):
        answer = client.get(f"{API}/{path}?life=active")
        assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "life"
    assert asked(client, "commitments?document=nothing&life=active")["count"] == 0


def test_a_page_of_words_is_looked_for_and_counted_at_once(register: Document, client: Client) -> None:
    whole = asked(client, "claims?q=asean&size=500")
    record("somebody", EventType.COMMITMENT_CHANGED, "commitment", "x")
    settle()
    with CaptureQueriesContext(connection) as found:
        first = asked(client, "claims?q=asean&size=5&page=2")
    assert sum("LIKE" in one["sql"] for one in found) == 1
    assert first["count"] == whole["count"] > 10 and first["items"] == whole["items"][5:10]
    assert asked(client, "claims?q=asean&size=5&page=1")["items"] == whole["items"][:5]
    assert asked(client, "claims?q=asean&size=5&page=900") == {"count": whole["count"], "page": 900, "size": 5,
                                                               "items": []}  # fmt: skip


def test_links_lead_through_all_pages(register: Document, client: Client) -> None:
    at, seen = f"{API}/commitments?size=7&document=asean-rok-2019", []
    while at:
        answer = client.get(at)
        seen += [row["id"] for row in answer.json()["items"]]
        links = dict((rel, to) for to, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', answer["Link"]))
        at = links.get("next", "")
    assert len(seen) == len(set(seen)) == answer.json()["count"]
    assert client.get(f"{API}/commitments?page=999").json()["items"] == []


def test_a_tag_spares_the_answer_until_something_changes(
    register: Document, client: Client, django_assert_max_num_queries: Any
) -> None:
    for path in ("commitments?size=5", "commitments.csv", f"documents/{register.pk}"):
        first = client.get(f"{API}/{path}")
        assert first.status_code == 200 and first["Cache-Control"] == "no-cache"
        with django_assert_max_num_queries(2):
            again = client.get(f"{API}/{path}", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"]
    assert client.get(f"{API}/commitments", headers={"If-None-Match": first["ETag"]}).status_code == 200
    record("somebody", EventType.COMMITMENT_CHANGED, "commitment", "x")
    settle()  # as the end of a transaction does
    assert client.get(f"{API}/{path}", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_refusals_are_problems(register: Document, client: Client) -> None:
    wrong = {
        "commitments?page=0": 422, "commitments?size=501": 422, "commitments?sort=nothing": 422, "nothing": 404,
        "commitments/nothing": 404, "ratings/999": 404, "ratings/999999999999999999999": 404, "me": 401,
        "own-reports": 401, f"commitments?q={'x' * 201}": 422, "commitments/%00": 404, f"claims/{'x' * 3000}": 404,
    }  # fmt: skip
    for path, status in wrong.items():
        answer = client.get(f"{API}/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), path
        said = answer.json()
        assert said["status"] == status and said["title"] and said["detail"]
    assert client.get(f"{API}/commitments?page=0").json()["errors"][0]["field"] == "page"
    assert client.get(f"{API}/me")["WWW-Authenticate"].startswith("Bearer")
    gone = client.delete(f"{API}/commitments")
    assert gone.status_code == 405 and gone["Content-Type"] == "application/problem+json" and "GET" in gone["Allow"]
    for token in ("ft_wrong", "", "\xff"):
        assert client.get(f"{API}/commitments", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_other_sites_may_read_and_not_write(register: Document, client: Client) -> None:
    answer = client.get(f"{API}/parties", headers={"Origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*" and "Access-Control-Allow-Credentials" not in answer
    asks = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.options(f"{API}/claims", headers=asks)
    assert preflight.status_code == 204 and "POST" not in preflight["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.post(f"{API}/claims", headers={"Origin": "https://example.org"})
    head = client.head(f"{API}/parties")
    assert head.status_code == 200 and not head.content and head["ETag"] == answer["ETag"]
    assert "Authorization" in answer["Vary"]


def test_who_asks_too_often_waits(register: Document, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from followthrough.web.api import authentication

    monkeypatch.setattr(authentication, "READS", authentication.READS._replace(name="few", most=portions.PORTION))
    monkeypatch.setattr("followthrough.web.limits.limiter.clock", lambda: 1_000_000.0)
    for _ in range(2 * portions.PORTION):
        assert client.get(f"{API}/parties?size=1").status_code == 200
    late = [client.get(f"{API}/parties?size=1") for _ in range(3)]
    assert [one.status_code for one in late] == [429] * 3
    assert int(late[0]["Retry-After"]) > 0 and late[0].json()["seconds"] == 60
    monkeypatch.setattr("followthrough.web.limits.limiter.clock", lambda: 1_000_060.0)
    assert client.get(f"{API}/parties?size=1").status_code == 200


def test_a_cell_that_would_run_as_a_formula_does_not(register: Document, client: Client) -> None:
    Instrument.objects.create(id="zz", name="=1+1", kind="fund")
    assert "\nzz,'=1+1,fund" in body_of(client.get(f"{API}/instruments.csv"))


def test_the_page_shows_every_operation(client: Client, db: None) -> None:
    html = client.get(f"{API}/").content.decode()
    for path, operations in document()["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in html
    assert "cdn" not in html and '<script src="http' not in html
    assert client.get(f"{API}/openapi.json").json()["openapi"].startswith("3.")


def test_a_row_that_says_more_than_its_schema_is_found() -> None:
    with pytest.raises(ValidationError):
        BY_NAME["series"].row.model_validate({"id": "a", "title": "a", "unit": "a", "says": "", "more": 1})
