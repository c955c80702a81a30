"""What a row leaves open, measured: which of the five elements the sentence of each catalogued row states.

The rows of eleven texts of ``looked/``, judged by hand before the library was asked; places and judgements only.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

import catalogue_measure as measure
from followthrough.pipeline import register_bytes
from followthrough.register.elements import ELEMENTS

NEAR = 12
"""Characters by which the beginning of a row may differ."""


def measured() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return by element how often it is stated, found and found rightly; rows that the library has not are left out."""
    stated, found, right = Counter[str](), Counter[str](), Counter[str]()
    with (measure.CATALOGUES / "elements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for document in dict.fromkeys(row["document"] for row in rows):
        words = measure.words_of(document)
        reading = register_bytes(words.encode(), "document.md" if document.startswith("20") else "document.txt")
        places = measure.places(words, reading.document.text)
        made = [(places[one.start], one.elements) for one in reading.commitments]
        for row in rows:
            near = [
                one for start, one in made if row["document"] == document and abs(start - int(row["start"])) <= NEAR
            ]
            for element in ELEMENTS if near else ():
                says, wanted = near[0][element] is not None, row[element] == "1"
                stated[element] += wanted
                found[element] += says
                right[element] += says and wanted
    return stated, found, right


@pytest.mark.slow
def test_elements_are_found_where_they_are_stated() -> None:
    stated, found, right = measured()
    assert {name: (right[name], found[name], stated[name]) for name in ELEMENTS} == {
        "owner": (27, 30, 28),
        "deadline": (10, 10, 11),
        "target": (0, 0, 0),
        "resources": (0, 1, 0),
        "review_date": (2, 2, 3),
    }
