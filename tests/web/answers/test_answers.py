"""Answers equal the pages, hold no more than was asked for, say nothing of what is hidden, and refuse in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from followthrough.errors import InputRefused
from followthrough.packs.reading import read_pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.answers.asking import MOST_IDS, share, strung
from followthrough.web.answers.asks import MOST, AskOne
from followthrough.web.answers.shape import Answer
from followthrough.web.answers.tools import TOOLS, ask
from followthrough.web.exchange.importing import import_pack
from held_rows import laid

LAKE = Path(__file__).resolve().parents[2] / "lake_accord"
DOC = "/agreements/lake-accord-2021"
DAY = "2025-06-30"
NEEDED = {"search": {"words": "lake"}, "place": {"place": "1"}}
"""What a tool cannot be asked without."""


@pytest.fixture
def lake(db: None) -> None:
    """The invented register: six states of another region."""
    laid("lake", lambda: import_pack(read_pack(LAKE), by=SYSTEM))


def twin(client: Client, path: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(path).json()
    return found


def of(answer: Answer) -> tuple[int | float, int]:
    assert answer.count is not None
    return answer.count.n, answer.count.of


def ids(answer: Answer) -> set[str]:
    return {one.id for one in answer.items}


@pytest.mark.usefixtures("lake")
def test_lists_equal_the_twins_of_their_pages(client: Client) -> None:
    for tool, path, key in (("evidence", "claims.json?period=all", "claims"), ("activities", "activities.json", ""),
                            ("meetings", "meetings.json", ""), ("instruments", "instruments.json", ""),
                            ("indicators", "indicators.json", ""), ("targets", "targets.json", ""),
                            ("life", "life.json", "")):  # fmt: skip
        page = twin(client, f"{DOC}/{path}")
        answer = ask(tool, {"limit": MOST})
        assert ids(answer) == {row["id"] for row in page[key or tool]}, tool
        assert of(answer) == (page["count"], page["of"]), tool


@pytest.mark.usefixtures("lake")
def test_coverage_equals_the_page_on_every_day_by_every_rule(client: Client) -> None:
    for as_of in (DAY, "2022-12-31"):
        for rollup in ("any", "all", "mean"):
            for unit in ("paragraphs", "commitments"):
                query = f"as_of={as_of}&rollup={rollup}&unit={unit}"
                shown = twin(client, f"{DOC}.json?{query}")["coverage"]["rungs"]
                answer = ask("coverage", {"as_of": as_of, "rollup": rollup, "unit": unit})
                shares = {one.name: one for one in answer.shares}
                for rung in shown:
                    share = shares[f"at or above: {rung['rung']}"]
                    assert (f"{share.n:g}", share.of) == (f"{float(rung['n']):g}", rung["N"]), query
                    assert shares[f"on: {rung['rung']}"].inside == rung["standing"], query


@pytest.mark.usefixtures("lake")
def test_a_place_equals_its_page(client: Client) -> None:
    for ref in ("1", "2", "3", "4", "1a", "3b"):
        page, answer = twin(client, f"{DOC}/{ref}.json"), ask("place", {"place": ref})
        assert answer.items[0].id == page["id"] and answer.items[0].state == (
            page["stage"]["label"] if "stages" in page and ref not in page["stages"] else answer.items[0].state
        )
        assert answer.count is not None and answer.count.n == len(page["evidence"]), ref
        assert answer.silent or page["answer"] in answer.says, ref
        assert answer.items[0].quotes[0].text is None and answer.items[0].quotes[0].missing, "no text is attached"


@pytest.mark.usefixtures("lake")
def test_sides_sources_and_statuses_are_told_whole() -> None:
    (dispute,) = ask("contested", {}).items
    assert [(side.record, side.source.id) for side in dispute.sides] == [("c-11", "s-news"), ("c-12", "s-ngo")]
    (treaty,) = ask("instruments", {"instrument": "net-treaty", "party": "ALT"}).items
    assert (treaty.state, treaty.date, treaty.sources[0].url) == (
        "in_force", "2001-01-01", "https://records.example.org/1",
    )  # fmt: skip
    assert ask("instruments", {"instrument": "net-treaty", "party": "ERI"}).silent, "not known is silence"
    (met,) = ask("evidence", {"figure": "1250.5"}).items
    assert (met.id, met.value, met.unit) == ("c-8", "1250.5", "nets")
    (undated,) = ask("evidence", {"id": "c-9"}).items
    assert undated.date is None and undated.value is None, "what is missing is null"


@pytest.mark.usefixtures("lake")
def test_silence_says_what_was_looked_at() -> None:
    for tool, given in (("evidence", {"period": "1900"}), ("meetings", {"words": "whales"}), ("reports", {}),
                        ("search", {"words": "xylophones"}), ("targets", {"due": "1999"}),
                        ("indicators", {"indicator": "i-connected", "party": "ERI", "year": "2022"}),
                        ("life", {"state": "retired"}), ("matters_arising", {"words": "whales"})):  # fmt: skip
        answer = ask(tool, given)
        assert answer.silent and answer.items == [] and answer.count is None, tool
        assert answer.looked_at and "silent" in answer.says, tool


@pytest.mark.usefixtures("lake")
def test_a_list_comes_in_portions_that_are_bounded() -> None:
    whole, parts, skip = ask("evidence", {"limit": MOST}), [], 0
    while True:
        part = ask("evidence", {"limit": 5, "skip": skip})
        assert len(part.items) <= 5
        parts += [one.id for one in part.items]
        if part.next_skip is None:
            break
        skip = part.next_skip
    assert parts == [one.id for one in whole.items] and whole.next_skip is None
    assert ask("evidence", {"skip": 1_000_000}).items == []


def test_long_lists_behind_a_count_are_cut_and_say_so() -> None:
    ids = [f"c-{number}" for number in range(1000)]
    found = share("many", 1000, 2000, "all", ids, ids)
    assert (len(found.inside), len(found.outside), found.cut) == (MOST_IDS, MOST_IDS, 2 * (1000 - MOST_IDS))
    assert strung(ids, 2) == "c-0; c-1; and 998 more" and strung(ids[:2], 2) == "c-0; c-1"


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("nothing", {}, "there is none called"),
        ("place", {}, "place, place: field required"),
        ("place", {"place": "77"}, "has nothing numbered"),
        ("evidence", {"bogus": 1}, "extra inputs are not permitted"),
        ("evidence", {"limit": 51}, "less than or equal to 50"),
        ("evidence", {"limit": "many"}, "valid integer"),
        ("evidence", {"words": "x" * 100_000}, "at most 200 characters"),
        ("evidence", {"party": "XXX"}, "knows no “XXX”"),
        ("evidence", {"agreement": "no-such"}, "is no agreement of this register"),
        ("evidence", {"place": ["1"]}, "valid string"),
        ("coverage", {"as_of": "yesterday"}, "as_of"),
        ("coverage", {"rollup": "some"}, "rollup"),
        ("money", {"fund": "no-such"}, "knows no"),
        ("targets", {"due": "20x9"}, "pattern"),
        ("matters_arising", {"meeting": "no-such"}, "no meeting on record"),
        ("matters_arising", {"section": "Z"}, "no section"),
    ],
)
@pytest.mark.usefixtures("lake")
def test_what_cannot_be_taken_is_refused_in_one_line(tool: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        ask(tool, given)
    line = str(refused.value)
    assert said in line and "\n" not in line and len(line) < 700, line


def test_an_empty_register_has_nothing_to_answer(db: None) -> None:
    assert ask("agreements", {}).silent
    assert ask("search", {"words": "air"}).silent
    for name, tool in TOOLS.items():
        if issubclass(tool.takes, AskOne):
            with pytest.raises(InputRefused, match="none is catalogued yet"):
                ask(name, NEEDED.get(name, {}))


@pytest.mark.usefixtures("lake")
def test_machines_read_what_the_register_is_and_how_to_quote_it(client: Client) -> None:
    answer = client.get("/llms.txt")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8" and text.startswith("# Followthrough\n\n> ")
    assert "as n of N" in text and "&" not in text.replace("&nbsp;", "") and len(text) < 20_000
    for address in re.findall(r"\(http://testserver(/[^)]*)\)", text):
        assert client.get(address).status_code == 200, address
    for name in TOOLS:
        assert f"`{name}`" in text
    full = client.get("/llms-full.txt").content.decode()
    page = twin(client, f"{DOC}.json")["coverage"]
    for ref, stage in page["places"].items():
        assert re.search(rf"^- \S.*: {stage}; \d+ evidence items.*/{ref}\.json$", full, re.M), ref
