"""Rounds of fetching: vintages that never change, one failing series, a stop in the middle, files handed in."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from followthrough.errors import InputRefused, ManyRefused
from followthrough.packs.reading import Pack
from followthrough.packs.writing import pack_files, write_pack
from followthrough.sources import archive
from followthrough.sources.errors import Missing, SourceFailed, Unreachable
from followthrough.sources.local.source import LocalSource
from followthrough.sources.observations import Observation, ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse
from followthrough.sources.series_source import SeriesSource
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.indicators import indicator_rows, vintages
from followthrough.web.indicators.actions.refreshes import hand_in, refresh
from followthrough.web.indicators.models import Feed, Fetch, Refresh, Vintage
from followthrough.web.indicators.models import Figure as StoredFigure
from followthrough.web.links.scope import Scope
from made_registers import empty_register
from provider_standin import Reply, json_reply, standin
from support import shared

KEY = "i-undernourishment"
FEED = f"{KEY}/un-sdg"
SIZES = (
    "select v.id, count(f.id) from indicators_vintage v "
    "left join indicators_figure f on f.vintage_id = v.id group by v.id"
)


@pytest.fixture(autouse=True)
def own_archive(tmp_path: Path) -> Iterator[Path]:
    with override_settings(DATA_DIR=tmp_path / "data"):
        yield tmp_path / "data"


class Scripted(SeriesSource):
    """A source that says what it is told to, and counts how often it is asked."""

    def __init__(self, **said: str) -> None:
        self.said = said
        self.asked: list[str] = []

    def fetch(self, query: SeriesQuery) -> ProviderData:
        self.asked.append(query.code)
        value = self.said.get(query.code, "absent")
        if value == "absent":
            raise Missing(query.name, "there is no copy")
        if value == "fail":
            raise SourceFailed(query.name, "it answered 502")
        if value == "silent":
            raise Unreachable(query.name, "no route to it, after 6 attempts")
        if value == "odd":
            raise ZeroDivisionError
        if value == "stop":
            raise KeyboardInterrupt
        body = json.dumps([query.code, value]).encode()
        observations = (Observation("KHM", "2015", value), Observation("KOR", "2016", "<2.5"))
        return ProviderData(observations, (RawResponse("here", body, timezone.now()),), "scripted 1")


def values(vintage: str) -> list[tuple[str, str, str]]:
    return list(StoredFigure.objects.filter(vintage=vintage).values_list("area", "period", "value"))


def test_yesterday_s_figure_can_always_be_shown(register: Document, own_archive: Path) -> None:
    first = refresh(Scripted(SN_ITK_DEFC="15.2"), "live", by=SYSTEM, indicator=KEY)
    assert [one.outcome for one in first] == ["new", "absent"]
    again = refresh(Scripted(SN_ITK_DEFC="15.2"), "live", by=SYSTEM, indicator=KEY)
    assert [one.outcome for one in again] == ["same", "absent"]
    refresh(Scripted(SN_ITK_DEFC="14"), "live", by=SYSTEM, indicator=KEY)
    assert values(f"{FEED}/v1") == [("KHM", "2015", "15.2"), ("KOR", "2016", "<2.5")]
    assert values(f"{FEED}/v2")[0] == ("KHM", "2015", "14")
    shown = vintages.shown_vintages([KEY])[KEY]
    assert (shown.number, shown.connector, shown.url) == (2, "scripted 1", "here")
    assert archive.kept(own_archive / "archive", shown.raws[0]) == b'["SN_ITK_DEFC", "14"]'
    events = AuditEvent.objects.filter(verb="vintage.added").order_by("id")
    assert [event.target for event in events] == [f"{FEED}/v1", f"{FEED}/v2"]


def test_one_series_that_fails_stops_no_other(register: Document) -> None:
    codes = dict.fromkeys(Feed.objects.values_list("code", flat=True), "7") | {
        "SN_ITK_DEFC": "fail",
        "VC_HTF_DETV": "odd",
    }
    found = {one.feed: one for one in refresh(Scripted(**codes), "copies", by=SYSTEM)}
    assert len(found) == Feed.objects.count()
    assert found[FEED].outcome == "failed"
    assert "it answered 502" in found[FEED].says
    assert "unexpected ZeroDivisionError" in found["i-trafficking-detected/un-sdg"].says
    assert sum(one.outcome == "new" for one in found.values()) == len(found) - 2
    assert Fetch.objects.get(feed=FEED).outcome == "failed"
    assert AuditEvent.objects.filter(verb="fetch.failed").count() == 2


def test_a_round_that_was_stopped_goes_on_where_it_was(register: Document) -> None:
    feeds = list(Feed.objects.order_by("indicator", "rank"))
    codes = dict.fromkeys((feed.code for feed in feeds), "7")
    with pytest.raises(KeyboardInterrupt):
        refresh(Scripted(**(codes | {feeds[10].code: "stop"})), "copies", by=SYSTEM)
    assert Vintage.objects.count() == 10
    again = Scripted(**codes)
    refresh(again, "copies", by=SYSTEM)
    assert again.asked == [feed.code for feed in feeds[10:]]
    assert Refresh.objects.filter(finished=None).count() == 0
    assert Refresh.objects.count() == 1
    refresh(Scripted(**codes), "copies", by=SYSTEM)
    assert Refresh.objects.count() == 2


def test_live_feeds_of_files_only_are_not_asked(register: Document) -> None:
    source = Scripted()
    refresh(source, "live", by=SYSTEM)
    asked = Feed.objects.filter(provider__in=["world-bank", "un-sdg"]).count()
    assert len(source.asked) == asked < Feed.objects.count()


def test_a_provider_that_does_not_answer_is_left_alone_and_the_others_are_not(register: Document) -> None:
    rows = list(Feed.objects.values_list("code", "provider"))
    codes = {code: "silent" if provider == "world-bank" else "7" for code, provider in rows}
    source = Scripted(**codes)
    found = {one.feed: one for one in refresh(source, "live", by=SYSTEM)}
    asked = [code for code in source.asked if codes[code] == "silent"]
    assert len(asked) == 2
    assert sum("not asked, as world-bank" in one.says for one in found.values()) == 25 - 2
    assert all(one.outcome == "new" for key, one in found.items() if key.endswith("/un-sdg"))


def test_vintages_leave_and_come_back_byte_for_byte(register: Document, tmp_path: Path) -> None:
    refresh(Scripted(SN_ITK_DEFC="15.2"), "live", by=SYSTEM, indicator=KEY)
    refresh(Scripted(SN_ITK_DEFC="14"), "live", by=SYSTEM, indicator=KEY)
    out = register_as_pack()
    StoredFigure.objects.all().delete()
    Fetch.objects.all().delete()
    Vintage.objects.all().delete()
    import_pack(out, by=SYSTEM)
    assert pack_files(register_as_pack()) == pack_files(out)
    assert values(f"{FEED}/v2")[0] == ("KHM", "2015", "14")


def test_a_file_is_handed_in_with_its_note_and_goes_first(register: Document, tmp_path: Path) -> None:
    path = tmp_path / "ministry.csv"
    path.write_text("area,year,value\nKHM,2024,4.1\n")
    refresh(Scripted(SN_ITK_DEFC="15.2"), "live", by=SYSTEM, indicator=KEY)
    with pytest.raises(InputRefused, match="has no source note"):
        hand_in(KEY, path, " ", by=SYSTEM)
    vintage, count = hand_in(KEY, path, "Ministry of Health, letter of 3 May 2026", by=SYSTEM)
    assert vintage is not None
    assert count == 1
    shown = vintages.shown_vintages([KEY])[KEY]
    assert (shown.feed, shown.connector) == (f"{KEY}/file", "file 1")
    assert "letter of 3 May 2026" in shown.notes
    assert hand_in(KEY, path, "again", by=SYSTEM)[0] is None
    path.write_text("area,year,value\nKHM,2024,many\n")
    with pytest.raises(ManyRefused):
        hand_in(KEY, path, "x", by=SYSTEM)
    assert Vintage.objects.filter(feed=f"{KEY}/file").count() == 1


def test_an_indicator_that_is_not_there_is_named(register: Document) -> None:
    with pytest.raises(InputRefused, match="i-nothing: is no indicator of the register"):
        refresh(Scripted(), "live", by=SYSTEM, indicator="i-nothing")


def test_a_register_without_indicators_says_so(db: None) -> None:
    with pytest.raises(InputRefused, match="has no indicators"):
        refresh(Scripted(), "live", by=SYSTEM)
    assert not Refresh.objects.exists()


def test_only_who_may_import_may_refresh(register: Document, editor: User, stranger: User, tmp_path: Path) -> None:
    for person in (editor, stranger):
        with pytest.raises(NotAllowed):
            refresh(Scripted(), "live", by=person)
        with pytest.raises(NotAllowed):
            hand_in(KEY, tmp_path / "x", "note", by=person)
    assert not Refresh.objects.exists()


@pytest.mark.slow
@pytest.mark.sqlite
def test_real_copies_fill_at_least_seventeen_paragraphs(register: Document) -> None:
    found = refresh(LocalSource(shared("data/indicators"), timezone.now), "copies", by=SYSTEM)
    assert not [one.says for one in found if one.outcome == "failed"]
    rows = indicator_rows.indicators(Scope(by=SYSTEM))
    figures, _ = indicator_rows.figures_for(rows)
    paragraphs = {place for row in rows if figures[row.id] for place, _ in row.places}
    assert len(paragraphs) >= 17
    assert {"1.3", "2.1", "2.3", "2.5"}.isdisjoint(place.rpartition("/")[2] for place in paragraphs)


@pytest.mark.slow
@pytest.mark.sqlite
def test_coverage_of_three_series_as_counted_by_hand(register: Document) -> None:
    """Counted with awk over the table: rows of one series and one area, their first year and their last."""
    refresh(LocalSource(shared("data/indicators"), timezone.now), "copies", by=SYSTEM)
    keys = ["i-undernourishment", "i-red-list", "i-trafficking-detected"]
    found = vintages.coverage(keys)
    counted = [{area: f"{points} {first} {last}" for area, points, first, last in found[key].areas} for key in keys]
    ten = ("BRN", "IDN", "KHM", "KOR", "MMR", "MYS", "PHL", "THA", "TLS", "VNM")
    assert counted == [
        dict.fromkeys(ten, "18 2001 2018"),
        dict.fromkeys((*ten, "LAO", "SGP"), "28 1993 2020"),
        {
            "BRN": "7 2011 2017", "MMR": "11 2007 2017", "IDN": "8 2007 2015", "PHL": "11 2007 2017",
            "THA": "9 2009 2017", "VNM": "9 2007 2015", "SGP": "6 2007 2016", "MYS": "9 2008 2017",
            "LAO": "6 2007 2015", "TLS": "3 2015 2017",
        },
    ]  # fmt: skip


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "followthrough", *arguments, "--data-dir", str(folder)]
    environment = {**os.environ, "DATABASE_URL": "", **settings}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def done(process: subprocess.Popen[str]) -> str:
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return out


def asked_of(folder: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "register.sqlite3") as connection:
        return list(connection.execute(question))


@pytest.mark.slow
def test_kill_in_the_middle_of_a_refresh_leaves_no_half_vintage_and_the_next_run_goes_on(
    tmp_path: Path, bundled: Pack
) -> None:
    write_pack(bundled, tmp_path / "pack")
    data = empty_register(tmp_path / "data")
    done(run(data, "import", str(tmp_path / "pack")))
    with standin() as server:

        def answer(path: str, query: dict[str, list[str]], _: object) -> Reply:
            time.sleep(0.03)
            rows = [{"countryiso3code": "KHM", "date": str(year), "value": year} for year in range(2000, 2020)]
            return json_reply([{"pages": 1}, rows]) if "indicator" in path else json_reply({"data": []})

        server.answer = answer
        bases = {"FOLLOWTHROUGH_BASE_WORLD_BANK": server.base, "FOLLOWTHROUGH_BASE_UN_SDG": server.base}
        first = run(data, "refresh", **bases)
        while len(server.asked) < 20:
            time.sleep(0.01)
        os.kill(first.pid, signal.SIGKILL)
        first.communicate()
        halves = (
            "select v.id, count(f.id) n from indicators_vintage v left join indicators_figure f on f.vintage_id = v.id"
        )
        kept = asked_of(data, f"{halves} group by v.id")
        assert kept
        assert {count for _, count in kept} == {20}
        events = asked_of(data, "select target from audit_auditevent where verb = 'vintage.added'")
        assert sorted(events) == sorted((key,) for key, _ in kept)
        settled = asked_of(data, "select count(*) from indicators_fetch")[0][0]
        server.asked.clear()
        out = json.loads(done(run(data, "refresh", "--json", **bases)))
    assert server.asked
    feeds = len(out["feeds"])
    assert asked_of(data, "select count(*) from indicators_fetch")[0][0] == feeds > int(str(settled)) > 0
    assert asked_of(data, "select count(*) from indicators_refresh where finished is null") == [(0,)]
    whole = asked_of(data, SIZES)
    assert {count for _, count in whole} == {20}
    assert set(kept) < set(whole)
    again = [path for path in server.asked for key, _ in kept if f"/{code_of(data, str(key))}?" in path]
    assert not again, "what was confirmed is not asked for again"


def code_of(folder: Path, vintage: str) -> object:
    feed = vintage.rpartition("/")[0]
    return asked_of(folder, f"select code from indicators_feed where id = '{feed}'")[0][0]  # noqa: S608 - our own ids
