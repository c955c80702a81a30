"""The figures that come with the bundled pack: whole, with their source, licence and day, and never written over."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from followthrough.packs.reading import Pack, read_pack
from followthrough.packs.writing import pack_files, write_pack
from followthrough.sources.providers import providers
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.indicators import vintages
from followthrough.web.indicators.actions.refreshes import refresh
from followthrough.web.indicators.models import Feed, Figure, Indicator, Vintage
from held_rows import laid
from register_fixtures import Invented
from support import said

DOC = "/agreements/asean-rok-2019"
FOLDER = Path(str(files("followthrough.packs") / "asean_rok_2019"))


@pytest.fixture
def snapshot(db: None, whole: Pack) -> None:
    """The bundled pack with the figures that it brings."""
    laid("whole", partial(import_pack, whole, by=SYSTEM))


def test_each_vintage_says_whose_it_is_under_which_terms_and_of_which_day(whole: Pack) -> None:
    feeds = {row["id"]: row for row in whole.rows["feeds"]}
    counted = {row["vintage"] for row in whole.rows["figures"]}
    assert whole.rows["vintages"]
    for row in whole.rows["vintages"]:
        provider = providers()[str(feeds[row["feed"]]["provider"])]
        assert provider.terms in str(row["notes"]) and str(row["url"]).startswith("https://")
        assert len(str(row["fetched"])) == 20 and row["id"] in counted


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_whole_pack_comes_out_byte_for_byte_as_it_is_shipped(whole: Pack, tmp_path: Path) -> None:
    import_pack(whole, by=SYSTEM)
    out = pack_files(register_as_pack())
    assert out == {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".csv", ".json")}
    write_pack(register_as_pack(), tmp_path / "out")
    call_command("flush", interactive=False, verbosity=0)
    import_pack(read_pack(tmp_path / "out"), by=SYSTEM)
    assert pack_files(register_as_pack()) == out


@pytest.mark.usefixtures("snapshot")
def test_indicators_are_filled_without_a_network(client: Client) -> None:
    rows = client.get(f"{DOC}/indicators.json").json()["indicators"]
    parties = [key for key in rows[0] if len(key) == 3 and key.isupper()]
    filled = [row for row in rows if any(row[key] for key in parties)]
    assert len(parties) == 12 and len(rows) == Indicator.objects.count()
    assert len(filled) >= 40, "the rest have no copy that may be passed on"
    page = said(client.get(f"{DOC}/indicators").content.decode())
    assert f"{len(filled)} of {len(rows)} indicators have figures" in page


@pytest.mark.usefixtures("snapshot")
def test_a_figure_has_its_event_in_that_of_its_vintage() -> None:
    assert not AuditEvent.objects.filter(kind="figure").exists()
    assert AuditEvent.objects.filter(verb="vintage.added").count() == Vintage.objects.count()
    counts = AuditEvent.objects.get(verb="pack.imported").detail["counts"]
    assert counts["figures"]["added"] == Figure.objects.count()


@pytest.mark.usefixtures("snapshot")
def test_a_refresh_adds_a_vintage_beside_the_one_that_came_with_the_pack(whole: Pack, client: Client) -> None:
    before = set(Vintage.objects.values_list("pk", flat=True))
    feed = Feed.objects.filter(vintages__isnull=False, rank=1).order_by("pk")[0]
    held = set(Figure.objects.filter(vintage__feed=feed).values_list("pk", "value"))
    refresh(Invented(), "invented", by=SYSTEM, indicator=feed.indicator_id)
    added = set(Vintage.objects.filter(feed=feed).values_list("pk", flat=True)) - before
    assert added == {f"{feed.pk}/v1"} and before <= set(Vintage.objects.values_list("pk", flat=True))
    assert held <= set(Figure.objects.values_list("pk", "value"))
    assert vintages.shown_vintages([feed.indicator_id])[feed.indicator_id].id == f"{feed.pk}/v1"
    assert client.get(f"/indicators/{feed.indicator_id}?vintage={feed.pk}/v0").status_code == 200
    assert import_pack(whole, by=SYSTEM).changes == (), "importing it again takes nothing back"
