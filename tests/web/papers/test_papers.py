"""The papers of an agreement: every figure is the one of the pages, on any day; the public ones hold nothing else."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from followthrough.packs.cells import Row
from followthrough.packs.checks import check
from followthrough.report.document import Heading, Sources, Table
from followthrough.report.papers import MADE_BY
from followthrough.report.record import Register
from followthrough.report.rendering import FORMS
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, PaperWords
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.kit.wording import day as worded
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.gathering import register_of
from followthrough.web.papers.words import sentence

pytestmark = pytest.mark.sqlite
DOC = "asean-rok-2019"
TODAY = timezone.localdate().isoformat()
DAYS = (TODAY, "2023-12-31", "2021-06-30")


def gathered(day: str = TODAY, **more: Any) -> Register:
    return register_of(Asked(DOC, day, TODAY, **more), SYSTEM)


def sheets(register: Register, paper: str) -> dict[str, list[list[str]]]:
    """The cells of a paper as a spreadsheet program reads them, by the name of the sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMS["xlsx"](MADE_BY[paper](register))))
    return {
        name: [[str(int(one)) if isinstance(one, float) else str(one) for one in row] for row in
               book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }  # fmt: skip


def sheet(held: dict[str, list[list[str]]], words: str) -> list[list[str]]:
    return next(rows for name, rows in held.items() if words in name)


@cache
def _lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def lines(client: Client, address: str) -> list[dict[str, str]]:
    return _lines(client.get(address).content.decode())


@pytest.mark.parametrize("day", DAYS)
def test_coverage_and_evidence_are_those_of_the_page_on_that_day(register: Document, client: Client, day: str) -> None:
    held = sheets(gathered(day), "progress")
    page = client.get(f"/agreements/{DOC}.json?as_of={day}").json()["coverage"]
    stages = [[row[0].lower(), row[1], row[2]] for row in sheet(held, "How many paragraphs")[1:]]
    assert stages == [[one["rung"], str(len(one["standing"])), f"{one['n']} of {one['N']}"] for one in page["rungs"]]
    table = lines(client, f"/agreements/{DOC}.csv?as_of={day}")
    grid = sheet(held, "Evidence items by paragraph")
    years = grid[0][1:-1]
    assert len(grid) - 1 == len(table) == 25
    for row, line in zip(grid[1:], table, strict=True):
        assert row[0] == f"{line['id'].rpartition('/')[2]} {line['title']}"
        assert row[1:-1] == [line[f"claims {year}"] for year in years]
        assert row[-1] == (worded(line["newest"]) if line["newest"] else "none")
    matrix = sheet(sheets(gathered(day), "matrix"), "1 Impl")
    at = matrix[0].index("Stage, suggested")
    assert [row[at].lower() for row in matrix[1:]] == [line["rung"] for line in table]
    adverse = [re.match(r"(\d+) of (\d+) evidence", row[-1]) for row in matrix[1:]]
    assert [one.groups() if one else ("0",) for one in adverse] == [
        (line["unfavourable"], line["claims"]) if line["unfavourable"] != "0" else ("0",) for line in table
    ]
    shown = client.get(f"/agreements/{DOC}?as_of={day}").content.decode()
    assert gathered(day).finding in sentence(shown)
    assert gathered(day).gaps in sentence(shown)


def test_targets_money_sections_and_parties_are_those_of_their_pages(register: Document, client: Client) -> None:
    held = gathered(party="VNM")
    progress = sheets(held, "progress")
    targets = [one for one in lines(client, f"/agreements/{DOC}/targets.csv?columns=statement,state,figures")]
    standing = [[one["statement"], one["state"], one["figures"]] for one in targets if one["state"] != "superseded"]
    told = [[re.sub(r" \[[\d, ]+\]$", "", row[0]), row[3].lower(), row[4]] for row in sheet(progress, "Targets")[1:]]
    assert sorted(told) == sorted(standing)
    figures = {(one["period"].removeprefix("year "), one["statement"], one["amount"].replace(",", ""))
               for one in lines(client, f"/agreements/{DOC}/money.csv")}  # fmt: skip
    paid = [row for name, rows in progress.items() if "payments and totals" in name for row in rows[1:]]
    assert len(paid) > 20
    for year, _kind, amount, says in paid:
        bare = re.sub(r" ?\[[\d, ]+\]$", "", says)
        assert (year, bare, amount.split()[1].replace(",", "")) in figures
    for part in held.parts:
        page = sentence(client.get(f"/agreements/{DOC}/section-{part.num}").content.decode())
        assert part.finding.partition(" have ")[0].partition(" has ")[0] in page
        assert part.silence in page
    story = client.get("/parties/VNM.json").json()["story"]
    brief = held.party
    assert brief is not None
    assert (brief.noted, brief.adverse, brief.alone, brief.sources, brief.paragraphs) == tuple(
        story[name] for name in ("items", "adverse", "naming_it_alone", "sources", "paragraphs")
    )
    assert sorted(num for *_, quiet in brief.sections for num in quiet) == sorted(story["silent"])
    assert {one.name: one.step.lower().replace(" ", "_") or "unknown" for one in brief.treaties} == {
        name: step.replace("not_applicable", "does_not_apply") for name, step in story["treaties"].items()
    }


def test_decisions_are_the_meetings_and_targets_on_record_each_once_and_unreported_first(register: Document) -> None:
    held = gathered()
    rows = sheet(sheets(held, "matters"), "1 Matters")[1:]
    groups = [row[0].split()[0] for row in rows]
    assert groups == sorted(groups, key=["Unreported", "Open", "Concluded"].index)
    assert [row[1] for row in rows] == [str(at) for at in range(1, len(rows) + 1)]
    assert len({(one.says, one.where) for one in held.decisions}) == len(rows) == len(held.decisions)
    before = gathered(meeting="m-jcc-2024-03-21")
    assert before.meeting.startswith("JCC") if before.meeting else True
    early = gathered("2020-06-30").decisions
    assert 0 < len(early) < len(held.decisions)
    assert not [one for one in early if re.search(r"202[1-6]", one.since)]


def test_a_section_and_a_period_hold_nothing_else(register: Document) -> None:
    held = gathered(section="section-3", since="2025-01-01")
    assert [part.num for part in held.parts] == ["3"]
    assert {place.num.partition(".")[0] for place in held.places} == {"3"}
    assert sum(one.on for one in held.stages) == len(held.places) == 4
    dated = [one.when for part in held.parts for one in part.facts]
    assert dated
    assert all(date.today().year >= int(when[-4:]) >= 2025 for when in dated)  # noqa: DTZ011


def test_a_pack_names_orders_and_words_the_papers_of_its_agreement(register: Document) -> None:
    for name, words in (("matrix.title", "Follow-up table"), ("matrix.columns", "num; lead; next"),
                        ("matrix.parts", "sections"), ("all.as_of", "State of $day")):  # fmt: skip
        PaperWords.objects.create(id=f"{DOC}/{name}", document=register, name=name, words=words)
    made = MADE_BY["matrix"](gathered())
    assert (made.title, made.as_of) == ("Follow-up table", f"State of {worded(TODAY)}")
    table = next(one for one in made.blocks if isinstance(one, Table))
    assert [column.label for column in table.columns] == ["No.", "Lead on record", "Next step"]
    assert isinstance(made.blocks[0], Heading) and not [one for one in made.blocks if isinstance(one, Sources)]
    held = register_as_pack()
    assert [row["words"] for row in held.rows["paper_words"] if row["name"] == "matrix.title"] == ["Follow-up table"]
    wrong: list[Row] = [{"id": "x", "document": DOC, "name": "matrix.columns", "words": "num; money"}]
    bad = {**held.rows, "paper_words": wrong}
    assert [str(one.where) for one in check(bad)] == ["id x, column words"]


def test_the_public_edition_is_what_a_stranger_gets(register: Document, client: Client, administrator: Any) -> None:
    path = f"/agreements/{DOC}/papers/matrix.html"
    stranger = client.get(path).content
    client.force_login(administrator)
    assert client.get(path).content == stranger
    internal = client.get(f"{path}?edition=internal")
    assert b"Internal edition" in internal.content and internal.headers["Cache-Control"].startswith("max-age=0")
    client.logout()
    assert client.get(f"{path}?edition=internal").status_code == 403
    assert client.get(f"/agreements/{DOC}/papers/brief.pdf").status_code == 404
    assert client.get(f"/agreements/{DOC}/papers/minutes.pdf").status_code == 404
    assert client.get(f"/agreements/{DOC}/papers/matrix.exe").status_code == 404
    assert client.get(f"/agreements/{DOC}/papers/matrix.html?section=99").status_code == 404
    assert client.get(f"/agreements/{DOC}/papers/matters.html?meeting=none").status_code == 404
