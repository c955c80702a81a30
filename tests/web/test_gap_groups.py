"""The gap between two groups of parties: which parties, and what they are called, is said by the pack alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from followthrough.errors import ManyRefused
from followthrough.packs.reading import Pack, read_pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.exchange.importing import import_pack
from followthrough.web.indicators.models import Indicator
from held_rows import laid
from support import said

LAKE = Path(__file__).resolve().parent.parent / "lake_accord"


@pytest.fixture
def lake(db: None) -> None:
    """The invented register: six states of another region."""
    laid("lake", lambda: import_pack(read_pack(LAKE), by=SYSTEM))


@pytest.mark.usefixtures("lake")
def test_another_pack_s_gap_has_its_own_groups_and_their_name(client: Client) -> None:
    figures = client.get("/indicators/i-shore-gap.json").json()["figures"]
    assert [(one["area"], one["year"], one["value"]) for one in figures] == [
        ("all", 2015, "3"),  # (80 + 70) / (30 + 20)
        ("all", 2019, "2"),  # (84 + 76) / (44 + 36)
        ("all", 2022, "1.7"),  # (90 + 80) / (60 + 40)
    ]
    page = said(client.get("/indicators/i-shore-gap").content.decode())
    assert "The four shore states" in page
    assert "median of ALT, BOR over median of CAS, DOL" in page
    assert "All parties" not in page


def test_the_bundled_gap_is_named_by_its_own_pack(whole: Pack, db: None, client: Client) -> None:
    laid("whole", lambda: import_pack(whole, by=SYSTEM))
    name = Indicator.objects.get(pk="i-development-gap").group_name
    assert name
    assert name in said(client.get("/indicators/i-development-gap").content.decode())


@pytest.mark.usefixtures("lake")
def test_groups_without_a_name_are_called_groups(client: Client) -> None:
    Indicator.objects.filter(pk="i-shore-gap").update(group_name="")
    assert "Both groups together" in said(client.get("/indicators/i-shore-gap").content.decode())


def test_only_a_gap_names_its_groups(tmp_path: Path) -> None:
    for path in LAKE.iterdir():
        text = path.read_text()
        if path.name == "indicators.csv":
            text = text.replace("median,,,,,true", "median,,,,The lake states,true")
        (tmp_path / path.name).write_text(text)
    with pytest.raises(ManyRefused, match=r"column group_name .*names the groups of a gap, and is none"):
        read_pack(tmp_path)
