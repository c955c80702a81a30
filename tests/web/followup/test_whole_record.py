"""A party checks its treaty actions and figures too; and, by its signed link, in a workbook of its record alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from followthrough.spreadsheets.grid import grid_here
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.agreements.models import Citation, Commitment, Instrument, Party, PartyEvent, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import settle
from followthrough.web.evidence.models import Suggestion
from followthrough.web.exchange.actions.reported_rows import add_reported
from followthrough.web.exchange.reported_rows import everything, reported_rows
from followthrough.web.followup.actions.checks import accept_check, answer_records, refuse_check
from followthrough.web.followup.actions.confirm_links import make_confirm_link, revoke_confirm_link
from followthrough.web.followup.actions.workbooks import keep_workbook, write_workbook
from followthrough.web.followup.models import ConfirmLink, Cycle, RecordCheck, Workbook
from followthrough.web.followup.signed_links import confirm_address
from followthrough.web.indicators.models import Feed, Figure, Indicator, Vintage
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.links.models import Link
from reporting_world import World, name_parties
from web.followup.test_confirm_round import JETTIES, OTHERS, said
from web.followup.test_workbooks import as_, file_of, page, put
from web_forms import forms_of

STEP, FIGURE = "step:shores/NOR/ratified", "figure:i-fish"


@pytest.fixture
def cycle(world: World) -> Cycle:
    """An open cycle; Norland and Westmark ratified a treaty that it names, and have figures of an indicator."""
    name_parties()
    place, source = Commitment.objects.get(pk="lake/1a"), Source.objects.get()
    shores = Instrument.objects.create(id="shores", name="Treaty of the Shores", kind="treaty")
    Citation.objects.create(id="ci-1", commitment=place, instrument=shores)
    indicator = Indicator.objects.create(id="i-fish", title="Fish landed", definition="x", unit="t", direction="up")
    Link.objects.create(id="l-i", commitment=place, indicator=indicator, role="context", rationale="x", origin="person")
    feed = Feed.objects.create(id="i-fish/1", indicator=indicator, rank=1, provider="hand", code="x")
    vintage = Vintage.objects.create(
        id="i-fish/1/1", feed=feed, number=1, fetched="2098-05-01T00:00:00", connector="x", url="https://example.org/f"
    )
    for party, value in (("NOR", "12.5"), ("WES", "99.1")):
        PartyEvent.objects.create(
            id=f"shores/{party}/ratified", instrument=shores, party_id=party, event="ratified", date="2091-04-01",
            source=source,
        )  # fmt: skip
        for year in ("2096", "2097"):
            Figure.objects.create(
                id=f"{vintage.pk}/{party}/{year}", vintage=vintage, area=party, period=year, value=value
            )
    return world.opened()


def link_and_path(world: World, cycle: Cycle, party: str = "NOR") -> tuple[ConfirmLink, str]:
    link = make_confirm_link(cycle, Party.objects.get(pk=party), "Ministry of Shores", by=world.editor)
    return link, confirm_address(link, "")


def table_of(client: Client, path: str) -> tuple[list[list[str]], dict[str, int]]:
    """Take the workbook of a record; return its table, and where each row stands."""
    [sheet] = [one for one in grid_here("x.xlsx", client.get(path).content) if one.name == "Record"]
    grid = [[cell.text for cell in row] for row in sheet.rows]
    return grid, {row[0]: number - 1 for number, row in enumerate(grid)}


def write(client: Client, back: str) -> Any:
    form = next(one for one in forms_of(client.get(back).content.decode(), back) if "stamp" in one.values)
    return client.post(back, {**form.values, "do": "write"})


def test_treaty_actions_and_figures_are_asked_about_on_every_way(world: World, cycle: Cycle) -> None:
    _link, path = link_and_path(world, cycle)
    grid, at = table_of(as_(world.focal), f"/cycles/{cycle.pk}/record/excel.xlsx")
    assert {STEP, FIGURE} <= set(at) and "step:shores/WES/ratified" not in at
    for shown in (page(as_(world.focal), f"/cycles/{cycle.pk}/record"), page(Client(), path)):
        assert "0 of 5 entries checked" in shown and "Fish landed: 12.5 t" in shown and "99.1" not in shown
        assert "Treaty of the Shores: ratified" in shown
    assert any("Fish landed: 12.5 t" in cell for cell in grid[at[FIGURE] + 1])


def test_a_treaty_action_is_corrected_by_its_own_action_and_keeps_the_old_date(world: World, cycle: Cycle) -> None:
    told = [said(world, cycle, STEP, "correct", fields={"date": "2 May 2091"}, words="The day of deposit.")]
    answer_records(cycle, "NOR", told, by=world.focal)
    assert PartyEvent.objects.get(pk="shores/NOR/ratified").date == "2091-04-01"
    with pytest.raises(NotAllowed):
        accept_check(RecordCheck.objects.get(), "", by=world.focal)
    accept_check(RecordCheck.objects.get(), "", by=world.editor)
    assert PartyEvent.objects.get(pk="shores/NOR/ratified").date == "2091-05-02"
    changed = AuditEvent.objects.get(verb="partyevent.changed")
    assert changed.detail["changes"] == {"date": ["2091-04-01", "2091-05-02"]}
    assert changed.detail["reason"] == "Norland says so: The day of deposit."
    other = RecordCheck.objects.get()
    assert (other.before, other.proposed) == ({"date": "2091-04-01"}, {"date": "2 May 2091"})


def test_a_treaty_action_that_is_not_theirs_is_read_by_somebody_first(world: World, cycle: Cycle) -> None:
    answer_records(cycle, "NOR", [said(world, cycle, STEP, "not_ours", words="We only signed.")], by=world.focal)
    accept_check(RecordCheck.objects.get(), "", by=world.editor)
    assert PartyEvent.objects.filter(pk="shores/NOR/ratified").exists()
    assert "We only signed." in Suggestion.objects.get().text


def test_a_figure_stays_its_providers_and_the_answered_note_stands_beside_it(world: World, cycle: Cycle) -> None:
    told = [said(world, cycle, FIGURE, "correct", fields={"value": "13"}, words="Our census.", url="https://x.org/c")]
    answer_records(cycle, "NOR", told, by=world.focal)
    one = RecordCheck.objects.get()
    assert (one.before, one.proposed) == ({"period": "2097", "value": "12.5"}, {"value": "13"})
    assert "13" in page(as_(world.editor), "/checks") and "Fish landed" in page(Client(), "/indicators/i-fish")
    with pytest.raises(InvalidEntry) as caught:
        accept_check(one, " ", by=world.editor)
    assert list(caught.value.problems) == ["reason"]
    Cycle.objects.update(shown="parties")
    assert "instead of" not in page(Client(), "/indicators/i-fish")
    accept_check(one, "We told the provider.", by=world.editor)
    assert set(Figure.objects.filter(area="NOR").values_list("value", flat=True)) == {"12.5"}
    shown = page(Client(), "/indicators/i-fish")
    assert "Norland says of 2097: 13 instead of 12.5." in shown and "We told the provider." in shown
    Cycle.objects.update(shown="nothing")
    assert "instead of" not in page(Client(), "/indicators/i-fish")
    assert "instead of" in page(as_(world.focal), "/indicators/i-fish")


def test_a_refused_note_and_a_newer_figure(world: World, cycle: Cycle) -> None:
    answer_records(cycle, "NOR", [said(world, cycle, FIGURE, "correct", fields={"value": "13"})], by=world.focal)
    Figure.objects.create(id="i-fish/1/1/NOR/2098", vintage_id="i-fish/1/1", area="NOR", period="2098", value="14")
    with pytest.raises(EditConflict, match="not as the party saw it"):
        accept_check(RecordCheck.objects.get(), "Thank you.", by=world.editor)
    refuse_check(RecordCheck.objects.get(), "There is a newer one.", by=world.editor)


def test_the_public_reads_what_was_confirmed_while_it_stands(world: World, cycle: Cycle) -> None:
    Cycle.objects.update(shown="parties")
    told = [said(world, cycle, key, "right") for key in (STEP, FIGURE)]
    answer_records(cycle, "NOR", told, by=world.focal)
    assert "confirmed by Norland on" in page(Client(), "/parties/NOR")
    shown = page(Client(), "/indicators/i-fish")
    assert "confirmed by Norland on" in shown and "not confirmed by Westmark" in shown
    PartyEvent.objects.update(date="2091-04-02")
    Figure.objects.filter(period="2097").update(value="1")
    assert "confirmed by Norland" not in page(Client(), "/parties/NOR")
    assert "not confirmed by Norland" in page(Client(), "/indicators/i-fish")


def test_by_its_link_a_party_checks_its_record_in_a_workbook_once(world: World, cycle: Cycle) -> None:
    link, path = link_and_path(world, cycle)
    answer_records(cycle, "NOR", [said(world, cycle, OTHERS, "right")], by=world.focal)
    client = Client()
    shown = page(client, f"{path}/excel")
    assert 'href="/todo"' not in shown and 'href="/search"' not in shown and f"{path}/excel.xlsx" in shown
    grid, at = table_of(client, f"{path}/excel.xlsx")
    put(grid, at[JETTIES], "answer", "Correct it")
    put(grid, at[JETTIES], "value", "68")
    put(grid, at[FIGURE], "answer", "Right")
    answer = client.post(f"{path}/excel", {"file": file_of(grid)})
    assert answer.status_code == 302 and answer["Location"].startswith(f"{path}/workbooks/")
    held = Workbook.objects.get()
    assert (held.link, held.by) == (link, "the signed link sent to Ministry of Shores")
    back = answer["Location"]
    assert "68" in page(client, back) and answer["Referrer-Policy"] == "same-origin"
    for who in (world.focal, world.editor, world.other):
        assert as_(who).get(f"/workbooks/{held.pk}").status_code == 404
        with pytest.raises(NotAllowed):
            write_workbook(held, {}, by=who, seen="x")
    written = write(client, back)
    assert written.status_code == 302 and written["Location"] == path
    kept = {f"{one.kind}:{one.record}": (one.answer, one.link) for one in RecordCheck.objects.all()}
    assert kept == {JETTIES: ("correct", link), FIGURE: ("right", link), OTHERS: ("right", None)}
    assert AuditEvent.objects.get(verb="workbook.written").by == "the signed link sent to Ministry of Shores"
    grid, at = table_of(client, f"{path}/excel.xlsx")  # what was answered is answered
    put(grid, at[JETTIES], "value", "67")
    put(grid, at[OTHERS], "answer", "Not ours")
    back = client.post(f"{path}/excel", {"file": file_of(grid)})["Location"]
    refused = page(client, back)
    assert "2 of" in refused and "by this link each is answered once" in refused
    marked = client.get(f"{back}/marked.xlsx")
    assert marked.status_code == 200 and marked.content[:2] == b"PK"


def test_a_workbook_by_link_reaches_nothing_else(world: World, cycle: Cycle) -> None:
    link, path = link_and_path(world, cycle)
    other, others = link_and_path(world, cycle, "WES")
    client = Client()
    grid, at = table_of(client, f"{path}/excel.xlsx")
    put(grid, at[JETTIES], "answer", "Right")
    refused = client.post(f"{others}/excel", {"file": file_of(grid)})
    assert refused.status_code == 422 or "no id of this workbook" in page(client, refused["Location"])
    back = client.post(f"{path}/excel", {"file": file_of(grid)})["Location"]
    number = back.rpartition("/")[2]
    for wrong in (f"{others}/workbooks/{number}", f"{others}/workbooks/{number}/marked.xlsx", f"/workbooks/{number}"):
        assert client.get(wrong).status_code in (302, 404)
    with pytest.raises(NotAllowed):
        write_workbook(Workbook.objects.get(pk=number), {}, by=other, seen="x")
    with pytest.raises(NotAllowed):
        keep_workbook(cycle, Party.objects.get(pk="NOR"), "reports", ("x.xlsx", b""), by=link)
    revoke_confirm_link(link, by=world.editor)
    for ended in (f"{path}/excel", f"{path}/excel.xlsx", back, f"{back}/marked.xlsx"):
        assert client.get(ended).status_code == 404
    assert client.post(back, {"do": "write"}).status_code == 404
    with pytest.raises(EditConflict):
        write_workbook(Workbook.objects.get(pk=number), {}, by=link, seen="x")
    assert not RecordCheck.objects.exists()


def test_a_row_says_nothing_in_the_column_of_another_kind_and_no_two_things(world: World, cycle: Cycle) -> None:
    client, path = as_(world.focal), f"/cycles/{cycle.pk}/record/excel"
    grid, at = table_of(client, f"{path}.xlsx")
    put(grid, at[FIGURE], "answer", "Correct it")
    put(grid, at[FIGURE], "title", "Fish")
    back = client.post(path, {"file": file_of(grid)})["Location"]
    assert "this row takes nothing in this column" in page(client, back).lower()
    grid, at = table_of(client, f"{path}.xlsx")
    put(grid, at[FIGURE], "answer", "Right")
    put(grid, at[FIGURE], "value", "13")
    back = client.post(path, {"file": file_of(grid)})["Location"]
    refused = write(client, back)
    assert refused.status_code == 422 and "it says what it should be" in refused.content.decode()
    assert not RecordCheck.objects.exists()


def test_what_was_confirmed_leaves_and_comes_back(world: World, cycle: Cycle) -> None:
    answer_records(cycle, "NOR", [said(world, cycle, key, "right") for key in (STEP, FIGURE)], by=world.focal)
    rows = list(reported_rows("confirmations", everything()).values())
    assert [(row["party_event"], row["indicator"]) for row in rows] == [("shores/NOR/ratified", None), (None, "i-fish")]
    before = list(RecordCheck.objects.order_by("kind").values("kind", "record", "before", "answer"))
    RecordCheck.objects.all().delete()
    add_reported("confirmations", rows)
    assert list(RecordCheck.objects.order_by("kind").values("kind", "record", "before", "answer")) == before
    Figure.objects.update(value="1")
    assert len(reported_rows("confirmations", everything())) == 1


def test_the_page_asks_the_same_of_the_database_however_much_is_on_record(world: World, cycle: Cycle) -> None:
    client, path = as_(world.focal), f"/cycles/{cycle.pk}/record"
    settle()
    page(client, path)
    with CaptureQueriesContext(connection) as few:
        page(client, path)
    for at in range(20):
        held = Instrument.objects.create(id=f"more-{at}", name=f"Treaty {at}", kind="treaty")
        Citation.objects.create(id=f"more-{at}", commitment_id="lake/1a", instrument=held)
        PartyEvent.objects.create(
            id=f"more-{at}/NOR/signed", instrument=held, party_id="NOR", event="signed", date="2090",
            source=Source.objects.get(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert "0 of 25 entries checked" in page(client, path)
    assert len(many) == len(few) <= 19
