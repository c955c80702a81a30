"""What a party answers is kept as typed, and checked when it is sent."""

from __future__ import annotations

import pytest

from followthrough.model.typed_figures import read_figure
from followthrough.web.followup.answers import LONGEST, Answers, problems_of, read_answers
from followthrough.web.followup.joining import join
from followthrough.web.followup.questions import fields_of, template
from reporting_world import GOOD

ASKED = template()


def problems(**changed: str | list[str] | None) -> dict[str, str]:
    answers: Answers = dict(GOOD)
    for name, value in changed.items():
        key = name.replace("__", ".").replace("_1", "-1")
        if value is None:
            answers.pop(key, None)
        else:
            answers[key] = value
    return problems_of(ASKED, answers, follows=False)


def test_a_report_as_it_should_be_has_no_problem() -> None:
    assert problems() == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"answer__choice": None}, "answer.choice"),
        ({"answer__choice": "perhaps"}, "answer.choice"),
        ({"answer__choice": "no_change"}, "answer.choice"),
        ({"answer__choice": "not_yet"}, "answer.because"),
        ({"answer__choice": "not_applicable"}, "answer.because"),
        ({"stage__stage": None}, "stage.stage"),
        ({"stage__stage": "done"}, "stage.stage"),
        ({"done__text": None}, "done.text"),
        ({"done__text": "x" * 4001}, "done.text"),
        ({"figures__value_1": None}, "figures.value-1"),
        ({"figures__value_1": "many"}, "figures.value-1"),
        ({"figures__of_1": None}, "figures.of-1"),
        ({"obstacles__any": ["money", "nothing"]}, "obstacles.any"),
        ({"next__by": "soon"}, "next.by"),
        ({"evidence__addresses": "my drawer"}, "evidence.addresses"),
        ({"evidence__addresses": "javascript:alert(1)"}, "evidence.addresses"),
        ({"evidence__addresses": " ".join(f"https://example.org/{n}" for n in range(21))}, "evidence.addresses"),
    ],
)
def test_what_keeps_a_report_from_being_sent_is_named_at_its_field(changed: dict[str, str], field: str) -> None:
    assert list(problems(**changed)) == [field]


def test_an_answer_that_closes_the_questions_needs_no_other() -> None:
    for choice in ("not_yet", "not_applicable"):
        assert problems_of(ASKED, {"answer.choice": choice, "answer.because": "No lake."}, follows=False) == {}
    assert problems_of(ASKED, {"answer.choice": "no_change"}, follows=True) == {}


@pytest.mark.parametrize(
    ("text", "value"), [("68181", "68181"), ("68,181", "68181"), ("1 250 000", "1250000"), ("-2.5", "-2.5")]
)
def test_figures_are_read_with_separators(text: str, value: str) -> None:
    assert str(read_figure(text)) == value


@pytest.mark.parametrize("text", ["", "many", "nan", "inf", "1,25", "12,34,56", "1e999999999999999999999"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read_figure(text)


def test_typed_answers_are_kept_as_they_are() -> None:
    typed = {
        "done.text": ["  first line\r\nsecond  "], "obstacles.any": ["law", "money", "magic"], "stage.stage": [""],
        "elsewhere": ["not asked"], "next.text": ["x" * (LONGEST + 5)],
    }  # fmt: skip
    found = read_answers(ASKED, typed)
    assert found["done.text"] == "first line\nsecond"
    assert found["obstacles.any"] == ["money", "law"]
    assert len(found["next.text"]) == LONGEST
    assert set(found) == {"done.text", "obstacles.any", "next.text"}


def test_drafts_are_joined_answer_by_answer() -> None:
    base: Answers = {"done.text": "old", "next.text": "old step", "stage.stage": "planned"}
    theirs: Answers = {
        "done.text": "theirs",
        "next.text": "old step",
        "stage.stage": "planned",
        "support.text": "money",
    }
    mine: Answers = {"done.text": "mine", "next.text": "my step"}
    found = join(base, theirs, mine, fields_of(ASKED))
    assert found.differ == ("done.text",)
    assert found.taken == ("support.text",)
    assert found.answers == {"done.text": "theirs", "next.text": "my step", "support.text": "money"}
    same = join(base, mine, mine, fields_of(ASKED))
    assert (same.differ, same.taken, same.answers) == ((), (), mine)
