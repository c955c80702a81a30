"""The workbook of a party: taken, filled in, compared with what is saved by then, and written all at once."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html

from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.spreadsheets.grid import grid_here
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.audit.models import AuditEvent
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.actions.workbooks import KEPT_FOR, discard_workbook, keep_workbook, write_workbook
from followthrough.web.followup.models import Cycle, SavedDraft, Workbook
from followthrough.web.followup.signed_links import voice_of
from followthrough.web.followup.workbooks import plan_of, plan_stamp
from reporting_world import GOOD, World
from web_forms import forms_of

Grid = list[list[str]]


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken(world: World, cycle: Cycle) -> Grid:
    """Take the workbook as the focal point, by the link of its page; return its table, keys first."""
    focal = as_(world.focal)
    shown: Any = html.fromstring(focal.get(f"/cycles/{cycle.pk}/excel").content)
    answer = focal.get(shown.xpath("//main//a[@class='btn']/@href")[0])
    assert answer["Content-Disposition"].endswith('.xlsx"')
    [sheet] = [one for one in grid_here("x.xlsx", answer.content) if one.name == "Reports"]
    return [[cell.text for cell in row] for row in sheet.rows]


def file_of(grid: Grid, formula: str = "") -> SimpleUploadedFile:
    """Write a table as a spreadsheet program would: another name of the sheet, and an empty one before it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        book.add_worksheet("Tabelle1")
        page = book.add_worksheet("Blatt")
        for down, cells in enumerate(grid):
            for across, text in enumerate(cells):
                if formula and text == formula:
                    page.write_formula(down, across, f"={formula}", None, 5)
                elif text:
                    page.write_string(down, across, text)
    return SimpleUploadedFile("back.xlsx", out.getvalue())


def put(grid: Grid, row: int, key: str, text: str) -> None:
    grid[row + 1][grid[0].index(key)] = text


def sent(client: Client, cycle: Cycle, grid: Grid, status: int = 302, **more: str) -> str:
    answer = client.post(f"/cycles/{cycle.pk}/excel", {"file": file_of(grid, **more)})
    assert answer.status_code == status, answer.content.decode()
    return str(answer.get("Location", answer.content.decode()))


def page(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_a_workbook_goes_out_comes_back_and_is_written_as_drafts(world: World) -> None:
    cycle = world.opened()
    save_draft(world.report(cycle), GOOD, by=world.focal, seen=0)
    grid = taken(world, cycle)
    assert len(grid) == 6 and grid[2][grid[0].index("stage.stage")] == "Under way"
    put(grid, 1, "done.text", "Two jetties.")
    put(grid, 1, "obstacles.any", "Law or procedure; Money")
    put(grid, 2, "answer.choice", "not yet, because")
    put(grid, 2, "answer.because", "=no money")
    client = as_(world.focal)
    path = sent(client, cycle, [*grid[:2], *reversed(grid[2:5])])
    said = page(client, path)
    assert "3 rows read: 1 as they were, 2 changed.</strong> Nothing has been written" in said
    assert "Matter 4" in said and "Two jetties." in said and "rows had been sorted" in said.lower()
    assert world.report(cycle).answers == GOOD
    form = next(one for one in forms_of(client.get(path).content.decode(), path) if "stamp" in one.values)
    assert client.post(path, {**form.values, "do": "write"}).status_code == 302
    assert world.report(cycle).answers == {**GOOD, "done.text": "Two jetties.", "obstacles.any": ["money", "law"]}
    assert world.report(cycle, place="2").answers == {"answer.choice": "not_yet", "answer.because": "=no money"}
    events = AuditEvent.objects.filter(verb="report.saved", detail__workbook="back.xlsx")
    assert events.count() == 2
    assert AuditEvent.objects.get(verb="workbook.written").detail["rows"] == 2
    held = Workbook.objects.get()
    assert (held.written is not None, held.cells) == (True, {})
    assert client.get(path).status_code == 302
    assert as_(world.focal).post(path, {**form.values, "do": "write"}).status_code == 302
    assert SavedDraft.objects.count() == 3


def test_what_a_colleague_saved_since_is_asked_about_and_nothing_is_lost(world: World) -> None:
    cycle = world.opened()
    save_draft(world.report(cycle), GOOD, by=world.focal, seen=0)
    grid = taken(world, cycle)
    later = {**GOOD, "done.text": "A colleague's words.", "next.text": "A third jetty."}
    save_draft(world.report(cycle), later, by=world.colleague, seen=1)
    put(grid, 1, "done.text", "Mine.")
    put(grid, 1, "support.text", "Engineers.")
    client = as_(world.focal)
    path = sent(client, cycle, grid)
    said = page(client, path)
    assert (
        "First decide a conflict" in said and "A first jetty was built." in said and "A colleague&#x27;s words." in said
    )
    form = next(one for one in forms_of(client.get(path).content.decode(), path) if "stamp" in one.values)
    undecided = client.post(path, {**form.values, "do": "write"})
    assert undecided.status_code == 422 and "Decide which of both is right" in undecided.content.decode()
    name = f"take.report-{world.report(cycle).pk}/done.text"
    save_draft(world.report(cycle, place="2"), GOOD, by=world.colleague, seen=0)
    assert client.post(path, {**form.values, "do": "write", name: "file"}).status_code == 302
    assert world.report(cycle).answers == {**later, "done.text": "Mine.", "support.text": "Engineers."}
    kept = SavedDraft.objects.filter(report=world.report(cycle)).order_by("number")
    assert [one.answers["done.text"] for one in kept] == ["A first jetty was built.", "A colleague's words.", "Mine."]


def test_a_difference_that_is_another_one_by_now_is_not_written(world: World) -> None:
    cycle = world.opened()
    grid = taken(world, cycle)
    put(grid, 1, "done.text", "Mine.")
    client = as_(world.focal)
    path = sent(client, cycle, grid)
    form = next(one for one in forms_of(client.get(path).content.decode(), path) if "stamp" in one.values)
    save_draft(world.report(cycle), {"done.text": "Faster."}, by=world.colleague, seen=0)
    overtaken = client.post(path, {**form.values, "do": "write"})
    assert overtaken.status_code == 409 and "Faster." in overtaken.content.decode()
    assert world.report(cycle).answers == {"done.text": "Faster."}


def test_one_row_that_cannot_be_read_keeps_all_from_being_written(world: World) -> None:
    cycle = world.opened()
    submit(world.report(cycle, place="2"), GOOD, by=world.focal, seen=0)
    grid = taken(world, cycle)
    put(grid, 1, "done.text", "A good change.")
    put(grid, 2, "done.text", "After it was sent.")
    put(grid, 3, "stage.stage", "half done")
    put(grid, 4, "figures.value-1", "A1+4")
    client = as_(world.focal)
    path = sent(client, cycle, grid, formula="A1+4")
    said = page(client, path)
    assert "3 of 4 rows cannot be read" in said
    for words in ("it was sent, and waits", "“half done” is none of", "holds a formula"):
        assert words.lower() in said.lower()
    held = Workbook.objects.get()
    stamp = plan_stamp(plan_of(held, voice_of(world.focal, cycle, "NOR")))
    assert client.post(path, {"stamp": stamp, "do": "write"}).status_code == 409
    assert SavedDraft.objects.count() == 1
    [sheet] = grid_here("m.xlsx", client.get(f"{path}/marked.xlsx").content)
    assert [bool(row[0].text) for row in sheet.rows] == [True, False, False, True, True, True]
    again = [[cell.text for cell in row] for row in sheet.rows]
    again[3][again[0].index("done.text")] = str(GOOD["done.text"])
    again[4][again[0].index("stage.stage")] = ""
    again[5][again[0].index("figures.value-1")] = "5"
    second = sent(client, cycle, again)
    assert "2 changed." in page(client, second)


def test_a_workbook_goes_to_nobody_else(world: World) -> None:
    cycle = world.opened()
    grid = taken(world, cycle)
    put(grid, 1, "done.text", "Secret.")
    path = sent(as_(world.colleague), cycle, grid)
    for person in (world.editor, world.other, world.stranger):
        for ask in (path, f"{path}/marked.xlsx"):
            assert as_(person).get(ask).status_code == 404
        assert as_(person).post(path, {"do": "discard"}).status_code == 404
        with pytest.raises(NotAllowed):
            write_workbook(Workbook.objects.get(), {}, by=person, seen="")
        with pytest.raises(NotAllowed):
            discard_workbook(Workbook.objects.get(), by=person)
    assert as_(world.editor).get(f"/cycles/{cycle.pk}/excel").status_code == 404
    refused = sent(as_(world.other), cycle, grid)  # a workbook of another party: none of its ids is known there
    assert "is no id of this workbook" in page(as_(world.other), refused)
    assert Client().get(path).status_code == 302
    assert as_(world.focal).post(path, {"do": "discard"}).status_code == 302
    assert as_(world.focal).get(path).status_code == 404


def test_what_is_no_workbook_is_refused_and_the_number_waiting_is_bounded(world: World) -> None:
    cycle = world.opened()
    client = as_(world.focal)
    bad: tuple[Any, ...] = (SimpleUploadedFile("a.xlsx", b"PK\x03\x04no"), SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "")
    for file in bad:
        answer = client.post(f"/cycles/{cycle.pk}/excel", {"file": file})
        assert (answer.status_code, "The file was not taken" in answer.content.decode()) == (422, True)
    assert "no sheet with the columns" in sent(client, cycle, [["a", "b"], ["1", "2"]], 422)
    party = world.report(cycle).party
    grid = taken(world, cycle)
    table = ("a.csv", "\n".join(",".join(f'"{cell}"' for cell in row) for row in grid).encode())
    made = [keep_workbook(cycle, party, "reports", table, by=world.focal) for _ in range(10)]
    assert "waiting already" in sent(client, cycle, grid, 422)
    Workbook.objects.filter(pk=made[0].pk).update(at=timezone.now() - KEPT_FOR * 2)
    sent(client, cycle, grid)
    assert AuditEvent.objects.filter(verb="workbook.discarded").count() == 1
