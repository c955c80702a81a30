"""Rounds of rating: blind until all are in, settled with reasons, replied to, published, and changed in the open."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from followthrough.assess.ratings import read_ratings
from followthrough.packs.cells import Row
from followthrough.packs.writing import pack_files
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.assessments.actions import adjudication, notes, ratings, replies, rounds
from followthrough.web.assessments.actions.imported_rounds import import_ratings
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.assessments.example import CODERS, people, seed
from followthrough.web.assessments.models import PUBLISHED, AdjudicatedRating, Assessment, Rating, RatingUnit
from followthrough.web.assessments.rows import results_of
from followthrough.web.assessments.values import all_scales
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from people import person
from web_forms import stamped

DOC = "/agreements/asean-rok-2019"
KEYS = ("asean-rok-2019/4.3b", "asean-rok-2019/1.4a")
WHISPER = "compliance beyond any doubt whatsoever"
GIVEN = RatingInput("full", WHISPER, ("c-124",), "sure")


@pytest.fixture
def cast(register: Document) -> dict[str, User]:
    """Everybody that a round needs, and some it does not."""
    return {
        "a": person("coder-a", Role.ASSESSOR, register), "b": person("coder-b", Role.ASSESSOR, register),
        "chair": person("chair", Role.COORDINATOR, register),
        "focal": person("focal", Role.CONTRIBUTOR, register, "KOR"),
        "other-focal": person("other-focal", Role.CONTRIBUTOR, register, "SGP"),
        "stranger": person("nobody", None, register),
    }  # fmt: skip


@pytest.fixture
def round_(register: Document, cast: dict[str, User]) -> Assessment:
    """A round of two commitments for Korea."""
    for key in KEYS:
        notes.write_note(Commitment.objects.get(pk=key), "all of it", "some of it", "nothing", by=cast["chair"])
    plan = Plan("Round one", "g20-2009", KEYS, ("KOR",), ("coder-a", "coder-b"))
    return rounds.open_round(register, plan, by=cast["chair"])


def cell_of(round_: Assessment, key: str = KEYS[0]) -> RatingUnit:
    units = RatingUnit.objects.select_related("assessment__document", "commitment")
    return units.get(assessment=round_, commitment=key)


def rated(round_: Assessment, cast: dict[str, User], a: str, b: str) -> RatingUnit:
    for at, key in enumerate(KEYS):
        cell = cell_of(round_, key)
        claims = ("c-124",) if at == 0 else ("c-031",)
        for who, value in (("a", a), ("b", b)):
            ratings.rate(cell, RatingInput(value, "It says so.", claims), by=cast[who])
    return cell_of(round_)


def test_a_round_needs_notes_coders_and_somebody_who_may_open_it(register: Document, cast: dict[str, User]) -> None:
    plan = Plan("Round", "g20-2009", KEYS, ("KOR",), ("coder-a",))
    with pytest.raises(InvalidEntry) as caught:
        rounds.open_round(register, plan, by=cast["chair"])
    assert set(caught.value.problems) == {"commitments", "coders"}
    assert "has no interpretive note" in caught.value.problems["commitments"]
    for wrong in (
        Plan("", "g20-2009", (), (), ("coder-a", "coder-b")), Plan("x", "magic", (), (), ("coder-a", "chair")),
        Plan("x", "g20-2009", ("asean-rok-poa-2021/line-1a",), ("ZZZ",), ("coder-a", "nobody")),
    ):  # fmt: skip
        with pytest.raises(InvalidEntry):
            rounds.open_round(register, wrong, by=cast["chair"])
    for name in ("a", "focal", "stranger"):
        with pytest.raises(NotAllowed):
            rounds.open_round(register, plan, by=cast[name])
    assert not Assessment.objects.exists()


def test_the_note_is_frozen_and_a_change_opens_a_new_version(round_: Assessment, cast: dict[str, User]) -> None:
    commitment = Commitment.objects.get(pk=KEYS[0])
    notes.write_note(commitment, "all of it, by 2030", "some", "nothing", by=cast["chair"])
    note = cell_of(round_).note
    assert note is not None
    assert note.full == "all of it"
    assert [one.version for one in commitment.notes.order_by("version")] == [1, 2]
    with pytest.raises(InvalidEntry):
        notes.write_note(commitment, "", "some", "nothing", by=cast["chair"])
    with pytest.raises(NotAllowed):
        notes.write_note(commitment, "x", "y", "z", by=cast["a"])


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (RatingInput("brilliant", "why", ("c-124",)), "value"),
        (RatingInput("full", " ", ("c-124",)), "why"),
        (RatingInput("full", "why"), "claims"),
        (RatingInput("full", "why", ("c-044",)), "claims"),
        (RatingInput("full", "why", ("c-124",), "perhaps"), "sure"),
    ],
)
def test_a_rating_is_checked(round_: Assessment, cast: dict[str, User], answer: RatingInput, field: str) -> None:
    with pytest.raises(InvalidEntry) as caught:
        ratings.rate(cell_of(round_), answer, by=cast["a"])
    assert list(caught.value.problems) == [field]
    assert not Rating.objects.exclude(submitted=None).exists()


def test_a_value_that_says_there_is_no_evidence_needs_none(round_: Assessment, cast: dict[str, User]) -> None:
    ratings.rate(cell_of(round_), RatingInput("not verifiable", "Nothing is dated."), by=cast["a"])
    ratings.rate(cell_of(round_), RatingInput("n/a", "It has no airline."), by=cast["b"])
    assert Rating.objects.exclude(submitted=None).count() == 2


def test_what_was_submitted_is_changed_by_nobody(round_: Assessment, cast: dict[str, User]) -> None:
    cell = cell_of(round_)
    ratings.rate(cell, RatingInput("partial", "", ()), by=cast["a"], submit=False)
    ratings.rate(cell, GIVEN, by=cast["a"])
    with pytest.raises(EditConflict):
        ratings.rate(cell, RatingInput("none", "why", ("c-124",)), by=cast["a"])
    with pytest.raises(NotAllowed):
        ratings.rate(cell, GIVEN, by=cast["chair"])


def pages(round_: Assessment) -> list[str]:
    cell, at = cell_of(round_).pk, f"/assessments/{round_.pk}"
    return [
        at, f"{at}/desk", f"{at}/desk/{cell}", f"{at}/cells/{cell}", f"{DOC}/ratings", f"{DOC}/ratings.json",
        f"{DOC}/ratings.csv", f"{DOC}/ratings.json?round={round_.pk}", f"{DOC}/ratings.xlsx", "/parties/KOR/ratings",
        "/search?q=doubt", "/search.json?q=whatsoever", f"{DOC}/4.3b", f"{DOC}/4.3b.json", f"{DOC}.json",
        "/parties/KOR.json",
    ]  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("who", ["b", "chair", "focal", "other-focal", "stranger", ""])
def test_a_value_is_its_coder_s_alone_until_all_are_in(
    round_: Assessment, cast: dict[str, User], client: Client, who: str
) -> None:
    """By any page, JSON twin, file, export, search or audit entry."""
    ratings.rate(cell_of(round_), GIVEN, by=cast["a"])
    if who:
        client.force_login(cast[who])
    for address in pages(round_):
        assert WHISPER.encode() not in client.get(address).content, address
    events = json.dumps(list(AuditEvent.objects.values("verb", "kind", "target", "detail")), default=str)
    assert WHISPER not in events
    assert '"full"' not in events
    held = register_as_pack()
    assert WHISPER not in json.dumps([row for rows in held.rows.values() for row in rows], default=str)


def test_the_desk_of_one_coder_reads_nothing_of_the_other(
    round_: Assessment, cast: dict[str, User], client: Client
) -> None:
    """The same queries and the same page, whether the other coder has submitted or not."""
    client.force_login(cast["b"])
    address = f"/assessments/{round_.pk}/desk/{cell_of(round_).pk}"
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        first = client.get(address).content
    ratings.rate(cell_of(round_), GIVEN, by=cast["a"])
    client.get(address)  # after any event of the register the sum in the top bar is counted anew
    with CaptureQueriesContext(connection) as after:
        second = client.get(address).content
    asked, again = ([one["sql"] for one in held.captured_queries[1:]] for held in (before, after))
    assert asked == again, "the first reads the session, by the clock"

    def plain(page: bytes) -> list[bytes]:
        return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]

    assert plain(first) == plain(second)


def test_nothing_is_settled_before_all_are_in_and_never_by_a_coder(
    round_: Assessment, cast: dict[str, User], register: Document
) -> None:
    cell = cell_of(round_)
    ratings.rate(cell, GIVEN, by=cast["a"])
    with pytest.raises(EditConflict, match="a coder has not submitted yet"):
        adjudication.adjudicate(cell, RatingInput("full", "why", ("c-124",)), by=cast["chair"])
    assert adjudication.adjudicate_agreed(round_, by=cast["chair"]) == 0
    grant_role(cast["a"], Role.COORDINATOR, by=SYSTEM, document=register)
    ratings.rate(cell, GIVEN, by=cast["b"])
    with pytest.raises(NotAllowed, match="may not adjudicate"):
        adjudication.adjudicate(cell, RatingInput("full", "why", ("c-124",)), by=cast["a"])
    assert adjudication.adjudicate_agreed(round_, by=cast["a"]) == 0
    assert adjudication.adjudicate_agreed(round_, by=cast["chair"]) == 1
    assert AdjudicatedRating.objects.get().why == "Both coders gave it."


def test_the_whole_cycle_with_its_doors(round_: Assessment, cast: dict[str, User], client: Client) -> None:
    chair = cast["chair"]
    cell = rated(round_, cast, "full", "partial")
    assert adjudication.adjudicate_agreed(round_, by=chair) == 0
    with pytest.raises(EditConflict, match="2 ratings are not final"):
        rounds.open_reply(round_, 10, by=chair)
    for key in KEYS:
        claims = ("c-124",) if key == KEYS[0] else ("c-031",)
        adjudication.adjudicate(cell_of(round_, key), RatingInput("partial", "Half of it.", claims), by=chair)
    with pytest.raises(InvalidEntry):
        rounds.open_reply(round_, 400, by=chair)
    rounds.open_reply(round_, 10, by=chair)
    with pytest.raises(EditConflict, match="not yet: Republic of Korea may reply until"):
        rounds.publish(Assessment.objects.get(), by=chair)
    cell = cell_of(round_)
    for name in ("other-focal", "stranger", "a", "chair"):
        with pytest.raises(NotAllowed):
            replies.reply(cell, "We object.", by=cast[name])
    with pytest.raises(InvalidEntry):
        replies.reply(cell, " ", by=cast["focal"])
    assert client.get(f"/assessments/{round_.pk}/cells/{cell.pk}").status_code == 404
    client.force_login(cast["focal"])
    assert b"waiting" in client.get("/parties/KOR/ratings").content
    answer = stamped(client, f"/assessments/{round_.pk}/cells/{cell.pk}", {"reply": "The next round is in June."})
    assert answer.status_code == 302
    rounds.publish(Assessment.objects.get(), by=chair)
    with pytest.raises(EditConflict, match="the reply period is not open"):
        replies.reply(cell_of(round_), "Late.", by=cast["focal"])
    client.logout()
    page = client.get(f"{DOC}/ratings").content.decode()
    assert "The next round is in June." in page
    assert "2 of 2 pairs" in page
    found = client.get(f"{DOC}/ratings.json").json()
    assert found["overall"] == {
        "mean": 0.0,
        "percent": 50.0,
        "n": 2,
        "N": 2,
        "counts": {"full": 0, "partial": 2, "none": 0},
    }
    assert found["cells"][0]["coders"] == {"A": "full", "B": "partial"}
    assert found["agreement"]["alpha"] is not None


def test_the_chair_is_told_for_whom_nobody_can_reply(round_: Assessment, cast: dict[str, User], client: Client) -> None:
    client.force_login(cast["chair"])
    for active in (True, False):
        User.objects.filter(pk=cast["focal"].pk).update(is_active=active)
        assert (b"focal point of Republic of Korea" in client.get(f"/assessments/{round_.pk}").content) is not active


def test_after_its_period_a_round_is_published_without_a_reply(round_: Assessment, cast: dict[str, User]) -> None:
    rated(round_, cast, "full", "full")
    adjudication.adjudicate_agreed(round_, by=cast["chair"])
    rounds.open_reply(round_, 10, by=cast["chair"])
    later = timezone.localdate() + timedelta(days=10)
    with pytest.raises(NotAllowed):
        rounds.publish(Assessment.objects.get(), by=cast["a"], today=later)
    rounds.publish(Assessment.objects.get(), by=cast["chair"], today=later)
    assert Assessment.objects.get().state == PUBLISHED


def published(round_: Assessment, cast: dict[str, User]) -> Assessment:
    rated(round_, cast, "full", "full")
    adjudication.adjudicate_agreed(round_, by=cast["chair"])
    rounds.open_reply(round_, 0, by=cast["chair"])
    rounds.publish(Assessment.objects.get(), by=cast["chair"])
    return Assessment.objects.get()


def test_a_published_value_changes_with_a_code_and_the_earlier_one_stays(
    round_: Assessment, cast: dict[str, User], client: Client
) -> None:
    one = published(round_, cast)
    cell = cell_of(one)
    with pytest.raises(InvalidEntry) as caught:
        adjudication.adjudicate(
            cell, RatingInput("none", "It was withdrawn.", ("c-124",)), by=cast["chair"], reason="because"
        )
    assert list(caught.value.problems) == ["reason"]
    adjudication.adjudicate(
        cell, RatingInput("none", "It was withdrawn.", ("c-124",)), by=cast["chair"], reason="appeal-upheld"
    )
    assert [verdict.value for verdict in cell.verdicts.order_by("number")] == ["full", "none"]
    page = client.get(f"{DOC}/ratings").content.decode()
    assert "full, then none (appeal upheld)" in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"{DOC}/ratings.csv").content.decode("utf-8-sig"))))
    mine = [row for row in rows if row["commitment"] == KEYS[0] and not row["coder"]]
    assert [(row["verdict"], row["value"], row["reason"]) for row in mine] == [
        ("1", "full", ""),
        ("2", "none", "appeal-upheld"),
    ]
    assert {row["coder"] for row in rows} == {"", "A", "B"}
    codebook = client.get(f"{DOC}/ratings.csv?part=codebook").content.decode("utf-8-sig")
    assert "mean, " not in codebook
    assert "(mean + 1)/2 x 100" in codebook
    assert AuditEvent.objects.get(verb="cell.changed").detail["before"] == "full"
    client.force_login(cast["chair"])
    assert f"?cell={cell.pk}" in client.get(f"/assessments/{one.pk}/cells/{cell.pk}").content.decode()
    asked = client.get(f"/assessments/{one.pk}?cell={cell.pk}").content.decode()
    assert asked.partition("<main")[2].count("<details") == 1


def test_every_n_can_be_counted_and_an_answer_that_is_no_rating_changes_no_mean(
    round_: Assessment, cast: dict[str, User]
) -> None:
    one = published(round_, cast)
    before = results_of(one).scores.overall
    cell = cell_of(one, KEYS[1])
    adjudication.adjudicate(
        cell, RatingInput("not verifiable", "Nobody can tell."), by=cast["chair"], reason="correction"
    )
    found = results_of(one)
    assert (before.mean, before.n, before.of) == (1.0, 2, 2)
    assert (found.scores.overall.mean, found.scores.overall.n, found.scores.overall.of) == (1.0, 1, 2)
    assert found.scores.overall.n == sum(line.last is not None and line.last.value == "full" for line in found.cells)


def test_people_see_only_the_pages_that_are_theirs(round_: Assessment, cast: dict[str, User], client: Client) -> None:
    cell = cell_of(round_).pk
    at = f"/assessments/{round_.pk}"
    expected: dict[str, tuple[str, ...]] = {
        "a": (f"{at}/desk", f"{at}/desk/{cell}"), "chair": (at, f"{at}/cells/{cell}", f"{DOC}/assessments/new"),
        "focal": (), "stranger": (),
    }  # fmt: skip
    for name, mine in expected.items():
        client.force_login(cast[name])
        for address in (at, f"{at}/desk", f"{at}/desk/{cell}", f"{at}/cells/{cell}", f"{DOC}/assessments/new"):
            status = client.get(address).status_code
            assert (status == 200) == (address in mine), (name, address, status)
    client.logout()
    for address in (at, f"{at}/desk", f"{at}/desk/{cell}", f"{DOC}/assessments/new", f"{DOC}/notes/4.3b"):
        assert client.get(address).status_code == 302
    assert client.get(f"{at}/cells/{cell}").status_code == 404


def test_forms_answer_with_what_is_wrong(round_: Assessment, cast: dict[str, User], client: Client) -> None:
    cell = cell_of(round_)
    address = f"/assessments/{round_.pk}/desk/{cell.pk}"
    client.force_login(cast["a"])
    assert stamped(client, address, {"value": "full", "why": "It is.", "do": "submit"}).status_code == 422
    assert stamped(client, address, {"value": "full", "why": "", "do": "keep"}).status_code == 302
    typed = {"value": "full", "why": "It is.", "claims": ["c-124"], "do": "submit"}
    assert stamped(client, address, typed).status_code == 302
    assert stamped(client, address, typed).status_code == 409
    client.force_login(cast["chair"])
    at = f"/assessments/{round_.pk}"
    assert stamped(client, at, {"do": "settle", "cell": cell.pk, "value": "full", "why": "x"}).status_code == 409
    assert stamped(client, at, {"do": "reply", "days": "10"}).status_code == 409
    assert stamped(client, at, {"do": "reply", "days": "soon"}).status_code == 422
    assert stamped(client, at, {"do": "publish"}).status_code == 409
    assert stamped(client, at, {"do": "settle", "cell": "999999"}).status_code == 404
    assert stamped(client, at, {"do": "nothing"}).status_code == 404
    assert stamped(client, f"{DOC}/notes/4.3a", {"full": "x", "partial": "", "none": ""}).status_code == 422
    assert stamped(client, f"{DOC}/notes/4.3a", {"full": "x", "partial": "y", "none": "z"}).status_code == 302
    plan = {"title": "Two", "scale": "g8-2001", "commitments": ["asean-rok-2019/4.3a"], "parties": ["KOR"]}
    assert client.post(f"{DOC}/assessments/new", plan).status_code == 422
    made = client.post(f"{DOC}/assessments/new", {**plan, "coders": ["coder-a", "coder-b"]})
    assert made.status_code == 302
    assert client.get(made["Location"]).status_code == 200


def test_two_who_settle_at_once_are_told(round_: Assessment, cast: dict[str, User]) -> None:
    cell = rated(round_, cast, "full", "none")
    adjudication.adjudicate(cell, RatingInput("full", "First.", ("c-124",)), by=cast["chair"])
    with pytest.raises(InvalidEntry, match="choose why it changes"):
        adjudication.adjudicate(cell, RatingInput("none", "Second.", ("c-124",)), by=cast["chair"])
    assert cell.verdicts.count() == 1


def test_the_example_of_the_demo_runs_through_the_whole_cycle_once(register: Document, client: Client) -> None:
    people(register, "KOR")
    found = seed(register)
    assert found is not None
    assert (found.state, found.example) == (PUBLISHED, True)
    assert seed(register) == found
    assert Assessment.objects.count() == 1
    page = client.get(f"{DOC}/ratings").content.decode()
    assert "It says nothing of any party." in page
    assert client.get(f"{DOC}/ratings.json").json()["example"] is True
    assert User.objects.filter(username__in=CODERS).count() == 2
    rows: list[dict[str, Any]] = client.get(f"{DOC}/ratings.json").json()["cells"]
    assert {row["commitment"] for row in rows} >= {"asean-rok-2019/4.3b", "asean-rok-2019/4.3a"}
    call_command("check")


def test_signing_in_leads_to_what_waits(round_: Assessment, cast: dict[str, User], client: Client) -> None:
    expected = {"a": f"/assessments/{round_.pk}/desk", "chair": f"/assessments/{round_.pk}", "focal": ""}
    for name, address in expected.items():
        client.force_login(cast[name])
        page = client.get("/todo").content.decode()
        assert (f'href="{address}"' in page) if address else 'class="btn' not in page
    for key in KEYS:
        claims = ("c-124",) if key == KEYS[0] else ("c-031",)
        ratings.rate(cell_of(round_, key), RatingInput("full", "why", claims), by=cast["a"])
    client.force_login(cast["a"])
    assert "Nothing waits for you" in client.get("/todo").content.decode()


SCALES: list[Row] = [
    {"id": "ours", "version": "1", "title": "Ours", "published": "here", "arithmetic": "mean", "percent": "plain",
     "level": "ordinal", "aside": []},
]  # fmt: skip
VALUES: list[Row] = [
    {"id": "ours/yes", "scale": "ours", "position": 1, "word": "yes", "number": Decimal(1), "also": ["ja"]},
    {"id": "ours/no", "scale": "ours", "position": 2, "word": "no", "number": Decimal(0), "also": []},
]


def test_a_pack_brings_a_scale_that_rounds_and_tables_use(
    register: Document, cast: dict[str, User], client: Client, tmp_path: Path
) -> None:
    held = register_as_pack()
    import_pack(replace(held, rows={**held.rows, "scales": SCALES, "scale_values": VALUES}), by=SYSTEM)
    assert all_scales()["ours"].values[0].also == ("ja",)
    notes.write_note(Commitment.objects.get(pk=KEYS[0]), "all", "some", "nothing", by=cast["chair"])
    plan = Plan("Ours", "ours", KEYS[:1], ("KOR",), ("coder-a", "coder-b"))
    round_ = rounds.open_round(register, plan, by=cast["chair"])
    for who in ("a", "b"):
        ratings.rate(cell_of(round_), RatingInput("yes", "why", ("c-124",)), by=cast[who])
    assert adjudication.adjudicate_agreed(round_, by=cast["chair"]) == 1
    assert results_of(round_).scores.overall.percent == 100
    assert pack_files(register_as_pack())["scale_values.csv"].count(b"ours/") == 2


def test_a_table_that_was_rated_elsewhere_becomes_a_round_that_says_so(
    register: Document, cast: dict[str, User], client: Client, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("commitment,KOR,SGP\n4.3b,\u22121,n/a\nasean-rok-2019/1.4a,+1,0\n", encoding="utf-8")
    scale = all_scales()["g20-2009"]
    ratings = read_ratings(path, scale)
    one = import_ratings(register, "Elsewhere", ratings, scale, "A report, page 3", by=SYSTEM)
    found = client.get(f"{DOC}/ratings.json?round={one.pk}").json()
    assert (found["overall"]["mean"], found["overall"]["n"], found["overall"]["N"]) == (0.0, 3, 4)
    assert found["agreement"]["alpha"] is None
    page = client.get(f"{DOC}/ratings?round={one.pk}").content.decode()
    assert "Rated elsewhere" in page
    assert "A report, page 3" in page
    cell = one.cells.order_by("position").first()
    assert cell is not None
    assert client.get(f"/assessments/{one.pk}/cells/{cell.pk}").status_code == 200
    with pytest.raises(NotAllowed):
        import_ratings(register, "x", ratings, scale, "x", by=cast["a"])
    path.write_text("commitment,KOR,ZZZ\n9.9z,1,1\n")
    with pytest.raises(InvalidEntry) as caught:
        import_ratings(register, "x", read_ratings(path, scale), scale, " ", by=SYSTEM)
    assert set(caught.value.problems) == {"commitments", "parties", "source"}
    assert Assessment.objects.count() == 1


def test_open_cells_are_handed_over_unread_and_submitted_ones_stay(
    register: Document, round_: Assessment, cast: dict[str, User], client: Client
) -> None:
    third = person("coder-c", Role.ASSESSOR, register)
    ratings.rate(cell_of(round_), GIVEN, by=cast["a"])
    ratings.rate(cell_of(round_, KEYS[1]), RatingInput("none", WHISPER), by=cast["a"], submit=False)
    with pytest.raises(NotAllowed):
        rounds.reassign(round_, "coder-a", "coder-c", by=cast["a"])
    for leaving, coming in (("coder-a", "coder-b"), ("coder-a", "nobody"), ("chair", "coder-c")):
        with pytest.raises(InvalidEntry):
            rounds.reassign(round_, leaving, coming, by=cast["chair"])
    client.force_login(cast["chair"])
    typed = {"do": "hand_over", "leaving": "coder-a", "coming": "coder-c"}
    assert stamped(client, f"/assessments/{round_.pk}", typed).status_code == 302
    moved = Rating.objects.get(coder=third)
    assert (moved.cell_id, moved.value, moved.why) == (cell_of(round_, KEYS[1]).pk, "", "")
    assert Rating.objects.get(coder=cast["a"]).value == "full"
    assert AuditEvent.objects.get(verb="assessment.handed_over").detail == {
        "from": "coder-a",
        "to": "coder-c",
        "cells": 1,
    }


def test_the_page_shows_both_policies_and_says_which(round_: Assessment, cast: dict[str, User], client: Client) -> None:
    one = published(round_, cast)
    adjudication.adjudicate(
        cell_of(one, KEYS[1]), RatingInput("n/a", "It does not apply."), by=cast["chair"], reason="correction"
    )
    left_out = client.get(f"{DOC}/ratings.json").json()
    as_zero = client.get(f"{DOC}/ratings.json?na=as-zero").json()
    assert (left_out["overall"]["mean"], as_zero["overall"]["mean"]) == (1.0, 0.5)
    assert (left_out["na"], as_zero["na"]) == ("exclude", "as-zero")
    assert "counts as zero</strong>" in client.get(f"{DOC}/ratings?na=as-zero").content.decode()
