"""Questions with their exact answers: a register is asked each of them, and what it gets wrong is named.

A file of them has a JSON object a line: ``id``, ``kind``, ``who`` asks, the ``question`` in plain English, and
``calls``, each the ``tool`` to ask, what ``with``, and what to ``expect``. What is expected is a part of the answer:
every key of it has to be there and be equal, every record of a list has to be in the answer's, found by one of
``KEYS``, and a list of plain values has to hold the same ones. ``item_ids`` are the ids of all
items, and ``error`` is what a refusal says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from followthrough.errors import FollowthroughError, InputRefused
from followthrough.web.answers.shape import Answer
from followthrough.web.answers.tools import ask

KEYS = ("id", "name", "record", "start", "says", "url")
"""By what a record of a list is found, the first of them that it has."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain English, with the calls that answer it and what they have to say."""

    id: str
    kind: str
    question: str
    calls: Sequence[Mapping[str, Any]]

    @property
    def silent(self) -> bool:
        """Whether the register is silent on it."""
        return any(call["expect"].get("silent") is True for call in self.calls)


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, and what was wrong with the answer: nothing where it was right."""

    question: Question
    wrong: list[str]


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a file. Raises ``InputRefused`` for a line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            held = json.loads(line)
            calls = [
                {"tool": str(c["tool"]), "with": dict(c["with"]), "expect": dict(c["expect"])} for c in held["calls"]
            ]
            found.append(Question(held["id"], held["kind"], held["question"], calls))
        except (ValueError, KeyError, TypeError) as error:
            do = "write an object with id, kind, question and calls"
            raise InputRefused(str(path), f"is no question ({error})", do, f"line {number}") from error
    if not found:
        raise InputRefused(str(path), "holds no question", "name a file that does")
    return found


def scored(questions: Sequence[Question], asked: Callable[[str, Mapping[str, Any]], Answer] = ask) -> Iterator[Scored]:
    """Ask each question, and yield what was wrong with its answer."""
    for one in questions:
        yield Scored(one, [wrong for call in one.calls for wrong in _wrong(call, asked)])


def _wrong(call: Mapping[str, Any], asked: Callable[[str, Mapping[str, Any]], Answer]) -> Iterator[str]:
    try:
        got = asdict(asked(call["tool"], call["with"]))
    except FollowthroughError as error:
        if call["expect"].get("error", "\0") not in str(error):
            yield f"{call['tool']} refused: {error}"
        return
    got["item_ids"] = [item["id"] for item in got["items"]]
    yield from (f"{call['tool']}: {said}" for said in [*_differs(call["expect"], got, ""), *_unfounded(got)])


def _differs(wanted: Any, got: Any, at: str) -> Iterator[str]:
    """Yield where an answer is not what is wanted."""
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        for key, value in wanted.items():
            yield from _differs(value, got.get(key), f"{at}.{key}".removeprefix("."))
    elif (
        isinstance(wanted, list)
        and isinstance(got, list)
        and all(isinstance(one, Mapping) for one in wanted)
        and wanted
    ):
        yield from _records(wanted, got, at)
    elif isinstance(wanted, list) and isinstance(got, list):
        if sorted(map(str, wanted)) != sorted(map(str, got)):
            yield f"{at} should be {_short(wanted)} and is {_short(got)}"
    elif wanted != got or isinstance(wanted, bool) != isinstance(got, bool):
        yield f"{at} should be {_short(wanted)} and is {_short(got)}"


def _records(wanted: Sequence[Mapping[str, Any]], got: Sequence[Any], at: str) -> Iterator[str]:
    for record in wanted:
        key = next((name for name in KEYS if name in record), "id")
        found = next((one for one in got if isinstance(one, Mapping) and one.get(key) == record.get(key)), None)
        if found is None:
            yield f"{at} lacks {_short(record.get(key))}"
        else:
            yield from _differs(record, found, f"{at}[{str(record[key])[:40]}]")


def _unfounded(got: Mapping[str, Any]) -> Iterator[str]:
    """Yield what no answer may lack: its day, what was looked at, n of N, and the source of each figure."""
    if not got["as_of"] or not got["looked_at"]:
        yield "does not say its day, or what was looked at"
    if not got["silent"] and got["count"] is None:
        yield "counts without n of N"
    for share in [*got["shares"], *([got["count"]] if got["count"] else [])]:
        if not share["formula"] or not 0 <= share["n"] <= share["of"]:
            yield f"{share['name']} is no n of N by a formula"
    for item in got["items"]:
        if item["value"] is not None and not any(one["url"] for one in item["sources"]):
            yield f"{item['id']} has a figure without a source"


def _short(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False, default=str)
    return said if len(said) <= 100 else f"{said[:97]}..."
