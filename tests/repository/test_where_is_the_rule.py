"""A newcomer's questions have answers that stand where they are said to stand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
QUESTIONS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "where_is_the_rule.toml").read_text(encoding="utf-8")
)["question"]
ANSWERS = [(one["ask"], answer["file"], answer["name"]) for one in QUESTIONS for answer in one.get("answers", [])]


def test_there_are_forty_questions_and_each_is_asked_once() -> None:
    asked = [one["ask"] for one in QUESTIONS]
    assert len(asked) == len(set(asked)) == 40
    assert all(ask.endswith("?") for ask in asked)


def test_each_is_answered_or_says_that_there_is_no_such_rule() -> None:
    silent = [one["ask"] for one in QUESTIONS if bool(one.get("answers")) is bool(one.get("none"))]
    assert silent == []
    assert sum("none" in one for one in QUESTIONS) <= 1, "a rule that is missing is written before it is asked for"


@pytest.mark.parametrize(("ask", "file", "name"), ANSWERS)
def test_the_rule_stands_where_the_answer_says(ask: str, file: str, name: str) -> None:
    path = REPOSITORY / file
    assert path.is_file(), f"{ask} {file} is gone"
    text = path.read_text(encoding="utf-8")
    defined = re.search(rf"^\s*(?:async )?(?:def|class) {re.escape(name)}\b", text, re.M) or re.search(
        rf"^\s*{re.escape(name)}\b[^=\n]*= ?", text, re.M
    )
    rule = re.fullmatch(r"[A-Z]{1,3}\d{1,3}", name) and re.search(rf"\b{name}\b", text)
    assert defined or rule, f"{ask} {file} defines no {name}"
