"""The questions that ship with the bundled register: counted anew from its tables, and answered right, all of them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from followthrough.errors import InputRefused
from followthrough.packs.bundled import featured_pack
from followthrough.packs.reading import Pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.activities.models import FundFigure
from followthrough.web.answers.questions import Question, Scored, read_questions, scored
from followthrough.web.answers.tools import TOOLS
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.importing import import_pack
from held_rows import laid
from questions_asked import PACK, questions, written

pytestmark = pytest.mark.sqlite
SHIPPED = featured_pack().questions


@pytest.fixture
def snapshot(db: None, whole: Pack) -> None:
    """The bundled pack with the figures that it brings."""
    laid("whole", partial(import_pack, whole, by=SYSTEM))


def shipped(*kinds: str) -> list[Question]:
    return [one for one in read_questions(SHIPPED) if not kinds or one.kind in kinds]


def misses(found: list[Question]) -> list[Scored]:
    return [one for one in scored(found) if one.wrong]


def test_what_ships_is_what_is_counted_from_the_tables_of_the_pack() -> None:
    """Run ``python tests/questions_asked.py`` after a change of the pack."""
    assert SHIPPED.read_text(encoding="utf-8") == written(questions())


def test_there_are_two_hundred_questions_of_every_kind_and_twenty_without_an_answer() -> None:
    held = shipped()
    assert len(held) == len({one.id for one in held}) == 200
    assert len({json.dumps(one.calls) for one in held}) == 200, "none is asked twice"
    assert sum(one.silent for one in held) >= 20
    assert min(Counter(one.kind for one in held).values()) >= 5
    assert {call["tool"] for one in held for call in one.calls} == set(TOOLS)


@pytest.mark.slow
@pytest.mark.usefixtures("snapshot")
def test_the_register_answers_every_question_right() -> None:
    assert [(one.question.id, one.wrong) for one in misses(shipped())] == []


def test_an_empty_register_answers_next_to_none(db: None) -> None:
    """What it answers right is that it has never heard of something."""
    asked = [*shipped("finding"), *shipped("money", "coverage", "reports")]
    wrong = misses(asked)
    right = {one.id for one in asked} - {one.question.id for one in wrong}
    assert right and all(one.silent for one in asked if one.id in right)
    assert {one.question.kind for one in wrong} >= {"money", "coverage", "reports"}
    assert "agreement: is needed" in next(one for one in wrong if one.question.kind == "money").wrong[0]


@pytest.mark.usefixtures("snapshot")
def test_a_figure_that_was_changed_is_noticed() -> None:
    asked = shipped("money")
    assert not misses(asked)
    FundFigure.objects.filter(pk="akcf-contribution-2023").update(amount=21_000_000)
    (wrong,) = misses(asked)
    assert "2023" in wrong.question.question
    assert wrong.wrong == ['money: items[akcf-contribution-2023].value should be "20000000" and is "21000000"']


@pytest.mark.usefixtures("snapshot")
def test_a_stance_and_a_source_that_were_changed_are_noticed() -> None:
    asked = shipped("evidence", "claims of a figure")
    Claim.objects.filter(pk="c-123").update(stance="neutral")
    Claim.objects.filter(pk="c-002").update(source="s-akc-blog2009")
    said = " ".join(" ".join(one.wrong) for one in misses(asked))
    assert "shares[adverse].n should be 5 and is 4" in said


def test_what_is_counted_follows_the_tables(tmp_path: Path) -> None:
    """A row that is taken out of a table changes what is expected: no answer is written down by hand."""
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    lines = (folder / "claims.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("c-123,")]
    (folder / "claims.csv").write_text("".join(kept), encoding="utf-8")
    changed = {one["id"] for one, other in zip(questions(folder), questions(), strict=True) if one != other}
    assert len(changed) > 20


@pytest.mark.parametrize(
    ("expect", "wrong"),
    [
        ({"silent": True}, "silent should be true and is false"),
        ({"count": {"n": 4}}, "count.n should be 4 and is 3"),
        ({"item_ids": ["m-1"]}, "item_ids should be"),
        ({"items": [{"id": "no-such-meeting"}]}, "items lacks"),
        ({"nonsense": 1}, "nonsense should be 1 and is null"),
        ({"as_of": None}, "as_of should be null"),
    ],
)
@pytest.mark.usefixtures("snapshot")
def test_every_part_of_an_answer_is_compared(expect: dict[str, Any], wrong: str) -> None:
    call = {"tool": "meetings", "with": {"body": "AEM-ROK"}, "expect": expect}
    (found,) = scored([Question("q", "k", "?", [call])])
    assert len(found.wrong) == 1 and wrong in found.wrong[0], found.wrong


@pytest.mark.parametrize("line", ["", "no json", "{}", '{"id": 1, "kind": "k", "question": "?", "calls": [{}]}', "[]"])
def test_a_file_that_holds_no_questions_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{line}\n" if line else "", encoding="utf-8")
    with pytest.raises(InputRefused, match="question"):
        read_questions(path)


def test_every_line_that_ships_is_whole() -> None:
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        assert held["question"].endswith("?") and held["who"] in ("journalist", "ministry", "fund manager", "analyst")
