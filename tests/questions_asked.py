"""The questions on the bundled register, in plain English, each with the calls that answer it and what was counted.

``python tests/questions_asked.py`` counts every answer anew from the tables of the pack (``questions_counted``) and
writes the file that ships with it; a test asks whether that file is what is counted.
"""

from __future__ import annotations

import json
from pathlib import Path

import questions_of_records as records
import questions_of_texts as texts
from questions_counted import DOCUMENT, Counter, Question

PACK = Path(__file__).parents[1] / "src/followthrough/packs/asean_rok_2019"
KINDS = (
    texts.texts, texts.evidence, texts.figures_said, texts.contested, records.money, records.activities,
    records.targets, records.indicators, records.meetings, records.instruments, records.coverage, texts.lives,
    texts.matters, texts.reports, texts.finding,
)  # fmt: skip


def questions(folder: Path = PACK) -> list[Question]:
    """Return all questions with what was counted for each."""
    held = Counter(folder, DOCUMENT)
    found = [asked for kind in KINDS for asked in kind(held)]
    return [{"id": f"q{number:03}", **asked} for number, asked in enumerate(found, 1)]


def written(found: list[Question]) -> str:
    """Return questions as their file has them, one a line."""
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in found)


if __name__ == "__main__":
    (PACK / "questions.jsonl").write_text(written(questions()), encoding="utf-8")
