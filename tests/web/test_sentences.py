"""No false sentence: on every page of the bundled register and of an invented one, each count is counted again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import recount
from followthrough.assess.dates import Time, side
from followthrough.packs.reading import read_pack
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Commitment, Document, Instrument, OfficialText, Party, Provision, Source
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.importing import import_pack
from followthrough.web.indicators.models import Indicator
from held_rows import laid

pytestmark = pytest.mark.sqlite

LAKE = Path(__file__).resolve().parent.parent / "lake_accord"
PARTS = (
    "", "/commitments", "/claims", "/sources", "/activities", "/money", "/targets", "/indicators", "/instruments",
    "/meetings",
)  # fmt: skip
FOREIGN = re.compile(r"\b(ASEAN|ROK|Korea\w*|Busan|AKCF|Viet Nam)\b")


@pytest.fixture
def lake(db: None) -> Document:
    """The invented register: six states of another region, no organisation and no fund."""
    laid("lake", lambda: import_pack(read_pack(LAKE), by=SYSTEM))
    return Document.objects.get(pk="lake-accord-2021")


def addresses(every: int = 1) -> Iterator[str]:
    """Yield the pages of the register; of long lists each ``every``-th record."""
    yield from ("/", "/agreements", "/lineage", "/parties", "/methodology", "/about", "/search?q=a")
    for document in Document.objects.filter(public=True):
        read = Provision.objects.filter(document=document).exists()
        yield from (f"/agreements/{document.pk}{part}" for part in (PARTS if read else ("",)))
        if read:
            for unit in ("paragraphs", "commitments"):
                for rollup in ("any", "all", "mean", "joint"):
                    yield f"/agreements/{document.pk}?rollup={rollup}&unit={unit}&as_of=2023"
    yield from (f"/agreements/{key}" for key in Provision.objects.values_list("pk", flat=True))
    yield from (f"/agreements/{key}" for key in Commitment.objects.values_list("pk", flat=True)[::every])
    yield from (
        f"/parties/{key}{part}" for key in Party.objects.values_list("pk", flat=True) for part in ("", "/indicators")
    )
    for model, stem in ((Claim, "claims"), (Source, "sources"), (Indicator, "indicators")):
        keys: Any = model._default_manager.values_list("pk", flat=True)
        yield from (f"/{stem}/{key}" for key in keys[:: every * 4 if every > 1 else 1])


def proper_names() -> set[str]:
    """Return names that no page may write small: of parties and instruments, and what titles write with capitals."""
    named = {*Party.objects.values_list("name", flat=True), *Instrument.objects.values_list("name", flat=True)}
    for title in Provision.objects.values_list("title", flat=True):
        words = title.split()
        if len(words) > 1 and all(word[:1].isupper() for word in words):
            named.add(title)
    return {name for name in named if " " in name}


class Reader:
    """Opens pages and their twins, each twin once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.twins: dict[str, Any] = {}

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    def twin(self, address: str) -> Any:
        if address not in self.twins:
            answer = self.client.get(address)
            assert answer.status_code == 200, address
            self.twins[address] = answer.json()
        return self.twins[address]


def faults(reader: Reader, every: int) -> list[str]:
    """Return what is wrong on the pages of the register."""
    names, found = proper_names(), []
    for address in addresses(every):
        page = reader.page(address)
        found += [f"{address} {fault}" for fault in recount.problems(page, reader.twin, names) + off_the_line(page)]
    return found


def off_the_line(page: str) -> list[str]:
    """Return the dates of a thread that stand on the wrong side of its line of adoption."""
    tree = recount.tree_of(page)
    rows = tree.xpath("//ol[contains(@class, 'thread')]/li")
    line = next((at for at, row in enumerate(rows) if "mile" in row.get("class", "")), None)
    if line is None:
        return []
    adopted = rows[line].get("data-day")
    found, group = [], ""
    for at, row in enumerate(rows):
        if "group" in row.get("class", ""):
            group = row.text_content().strip()
        times = row.xpath("./time/@datetime")
        if times and side(times[0], adopted) is not (Time.SINCE if at > line else Time.OPEN if group else Time.BEFORE):
            found.append(f"{times[0]} stands {'after' if at > line else 'before'} {adopted} {group}")
    return found


@pytest.mark.slow
def test_every_sentence_of_the_bundled_register_counts_its_rows(register: Document, client: Client) -> None:
    assert faults(Reader(client), every=4) == []


@pytest.mark.slow
def test_every_sentence_of_an_invented_register_counts_its_rows(lake: Document, client: Client) -> None:
    assert faults(Reader(client), every=1) == []


@pytest.mark.slow
def test_no_page_of_an_invented_register_speaks_of_the_bundled_one(lake: Document, client: Client) -> None:
    reader = Reader(client)
    for address in addresses():
        if address not in ("/methodology", "/about"):
            assert FOREIGN.findall(recount.words(recount.tree_of(reader.page(address)))) == [], address


def test_a_count_that_is_wrong_by_one_is_found_wherever_it_stands(lake: Document, client: Client) -> None:
    reader, damaged = Reader(client), 0
    for address in ("/", *(f"/agreements/{lake.pk}{part}" for part in PARTS), f"/agreements/{lake.pk}/1", "/parties"):
        page = reader.page(address)
        for match in re.finditer(r'<data value="(\d+)"([^>]*)>[^<]*</data>', page):
            more = int(match[1]) + 1
            broken = f'{page[: match.start()]}<data value="{more}"{match[2]}>{more}</data>{page[match.end() :]}'
            if "data-rows" in match[2] or "data-twin" in match[2]:
                assert recount.problems(broken, reader.twin), (address, match[0])
                damaged += 1
    assert damaged >= 40


def test_faults_of_a_page_are_named() -> None:
    page = (
        "<body><main><p class='lead'>All 3 partiess, 1 claims of 2 place; 3 of 7 are known of the great northern shoal."
        " Strength 4 of 5.</p></main></body>"
    )
    found = recount.problems(page, str, ["Great Northern Shoal"])
    assert "nobody can count again: 3 of 7" in found
    assert "lost its capital: Great Northern Shoal" in found
    assert "is no plural: partiess" in found
    assert "is no plural: 2 place" in found


def test_a_correction_is_offered_only_where_it_can_be_made(
    register: Document, client: Client, administrator: User
) -> None:
    client.force_login(administrator)
    page = client.get(f"/agreements/{register.pk}").content.decode()
    assert f'action="/catalogue/{register.pk}/correct"' not in page
    assert "can be corrected once the official text is attached" in page
    answer = client.post(f"/catalogue/{register.pk}/correct")
    assert (answer.status_code, "its official words are not attached" in answer.content.decode()) == (409, True)
    assert "<h1>This cannot be done as it stands</h1>" in answer.content.decode()
    OfficialText.objects.create(
        document=register, sha256="0" * 64, filename="x.txt", attached=timezone.now(), verified=0, expected=25
    )
    assert f'action="/catalogue/{register.pk}/correct"' in client.get(f"/agreements/{register.pk}").content.decode()
