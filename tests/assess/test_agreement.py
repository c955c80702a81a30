"""Krippendorff's alpha: his own published examples, an independent count of coincidences, and speed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.assess.agreement import LEVELS, Level, alpha
from followthrough.assess.codes import Codes, read_code_table
from followthrough.errors import InputRefused, ManyRefused
from followthrough.measure.series import Floats
from support import cpu_of

Rows = Sequence[str]
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): sections A, B and C; the last is the example of
# Hayes and Krippendorff's definition as the encyclopaedias print it (three coders, fifteen units).
MEG, OWEN = "0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"
BEN, GERRY = "a a b b d c c c e d d a", "b a b b b c c c e d d d"
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
THREE = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
PUBLISHED: list[tuple[Rows, Level, float]] = [
    ((MEG, OWEN), "nominal", 0.095),
    ((BEN, GERRY), "nominal", 0.692),
    (FOUR, "nominal", 0.743),
    (FOUR, "ordinal", 0.815),
    (FOUR, "interval", 0.849),
    (THREE, "nominal", 0.691),
    (THREE, "interval", 0.811),
]


def coded(rows: Rows) -> tuple[list[tuple[str, str, int]], list[str]]:
    words = sorted({word for row in rows for word in row.split()} - {"."})
    codes = [
        (f"u{unit}", f"c{coder}", words.index(word))
        for coder, row in enumerate(rows)
        for unit, word in enumerate(row.split())
        if word != "."
    ]
    return codes, words


def numbers(words: list[str]) -> Floats:
    return np.array([float(word) if word.isdigit() else at for at, word in enumerate(words)])


@pytest.mark.parametrize(("rows", "level", "printed"), PUBLISHED)
def test_published_examples_to_three_decimals(rows: Rows, level: Level, printed: float) -> None:
    codes, words = coded(rows)
    found = alpha(codes, numbers(words), level, rounds=50)
    assert found.alpha is not None
    assert round(found.alpha, 3) == printed


def test_what_an_agreement_rests_on_is_counted() -> None:
    codes, words = coded(FOUR)
    found = alpha(codes, numbers(words), "ordinal")
    assert (found.units, found.coders, found.pairable, found.bootstrap) == (12, 4, 40, 1000)
    assert found.interval is not None
    assert found.interval[0] < 0.815 < found.interval[1]
    assert found.interval == alpha(codes, numbers(words), "ordinal").interval, "the same seed gives the same interval"


def plain(codes: list[tuple[str, str, int]], values: Sequence[float], level: Level) -> float | None:
    """Alpha by counting coincidences pair by pair: slow, and written apart from the other."""
    units: dict[str, list[int]] = {}
    for unit, _, value in codes:
        units.setdefault(unit, []).append(value)
    pairs: Counter[tuple[int, int]] = Counter()
    weights: dict[tuple[int, int], float] = {}
    for held in units.values():
        for a, b in permutations(range(len(held)), 2):
            key = (held[a], held[b])
            pairs[key] += 1
            weights[key] = weights.get(key, 0.0) + 1 / (len(held) - 1)
    each: dict[int, float] = {}
    for (value, _), weight in weights.items():
        each[value] = each.get(value, 0.0) + weight
    n = sum(each.values())

    def apart(a: int, b: int) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (values[a] - values[b]) ** 2
        low, high = sorted((a, b))
        between = sum(each.get(at, 0.0) for at in range(low, high + 1))
        return (between - (each.get(a, 0.0) + each.get(b, 0.0)) / 2) ** 2 if a != b else 0.0

    observed = sum(weight * apart(*key) for key, weight in weights.items())
    expected = sum(each[a] * each[b] * apart(a, b) for a in each for b in each)
    return 1 - (n - 1) * observed / expected if n > 1 and expected else None


@pytest.mark.parametrize("level", LEVELS)
def test_two_hundred_random_tables_agree_with_an_independent_count(level: Level) -> None:
    chance = random.Random(7)
    for _ in range(200):
        values = sorted(chance.sample(range(-9, 10), chance.randint(2, 5)))
        codes = [
            (f"u{unit}", f"c{coder}", chance.randrange(len(values)))
            for unit in range(chance.randint(2, 12))
            for coder in range(chance.randint(1, 4))
            if chance.random() > 0.2
        ]
        ours = alpha(codes, np.array(values, dtype=float), level, rounds=0).alpha
        theirs = plain(codes, values, level)
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            assert ours == pytest.approx(theirs, abs=1e-9)


CODES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.integers(0, 2)), unique_by=lambda one: one[:2]
)


@settings(max_examples=150)
@given(CODES, st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_names_changes_nothing(
    codes: list[tuple[str, str, int]], level: Level, chance: random.Random
) -> None:
    values = np.array([-1.0, 0.0, 1.0])
    mixed = [(unit + "!", coder + "?", value) for unit, coder, value in codes]
    chance.shuffle(mixed)
    first, second = alpha(codes, values, level, rounds=0), alpha(mixed, values, level, rounds=0)
    assert (first.alpha is None) == (second.alpha is None)
    if first.alpha is not None:
        assert second.alpha == pytest.approx(first.alpha)
        assert first.alpha <= 1 + 1e-12
    assert (first.units, first.coders, first.pairable) == (second.units, second.coders, second.pairable)


def test_nothing_to_pair_or_to_tell_apart_is_no_number() -> None:
    values = np.array([0.0, 1.0])
    assert alpha([], values).reason == "no unit has two values"
    assert alpha([("a", "x", 0), ("b", "y", 1)], values).alpha is None
    same = alpha([("a", "x", 0), ("a", "y", 0)], values)
    assert same.alpha is None
    assert "nothing to agree on" in same.reason


@pytest.mark.budget
def test_a_hundred_thousand_units_and_a_thousand_rounds_in_ten_seconds() -> None:
    chance = random.Random(1)
    codes = [(f"u{unit}", f"c{coder}", chance.randrange(3)) for unit in range(100_000) for coder in range(3)]
    assert cpu_of(lambda: alpha(codes, np.array([-1.0, 0.0, 1.0]), "ordinal", rounds=1000)) < 10


def table(folder: Path, text: str) -> Path:
    path = folder / "codes.csv"
    path.write_text(text, encoding="utf-8")
    return path


MARKS = ("nan", "NaN", "None", "null", "#N/A", "…")


def read(path: Path, level: Level, order: Sequence[str] = ()) -> tuple[Codes, Floats]:
    found = read_code_table(path, level, order)
    return found.codes, found.values


def test_codes_are_read_with_unicode_minus_blanks_and_words(tmp_path: Path) -> None:
    path = table(tmp_path, "unit,coder,value\n1,A,−1\n1,B, -1.0 \n2,A,n/a\n2,B,\n3,A,1\n3,B,0\n")
    codes, values = read(path, "ordinal")
    assert list(values) == [-1.0, 0.0, 1.0]
    assert codes == [("1", "A", 0), ("1", "B", 0), ("3", "A", 2), ("3", "B", 1)]
    path = table(tmp_path, "coder,unit,value,note\nA,1,Full,x\nB,1,partial,y\n")
    codes, values = read(path, "ordinal", ["none", "partial", "full"])
    assert [values[place] for _, _, place in codes] == [2.0, 1.0]
    assert [place for _, _, place in read(path, "nominal")[0]] == [0, 1]


def test_codes_that_cannot_be_taken_are_named_and_the_rest_taken(tmp_path: Path) -> None:
    path = table(tmp_path, "unit,coder,value\n1,A,1\n1,A,2\n,B,1\n2,B,full\n3,B\n1,B,#DIV/0!\n")
    found = read_code_table(path, "interval")
    assert [str(one).partition(";")[0] for one in found.problems] == [
        "codes.csv, row 3: gives A's value for 1 a second time",
        "codes.csv, row 4: has no unit or no coder",
        "codes.csv, row 5: “full” is no number",
        "codes.csv, row 6: has 2 cells instead of 3",
        "codes.csv, row 7: “#DIV/0!” is the error of a formula",
    ]
    assert found.codes == [("1", "A", 0)]
    with pytest.raises(InputRefused, match="is no table of codes"):
        read_code_table(table(tmp_path, "a,b\n"), "nominal")
    with pytest.raises(ManyRefused, match="is no number"):
        read_code_table(table(tmp_path, "unit,coder,value\n1,A,full\n"), "interval")


LONG = "unit,coder,value\n1,A,1\n1,B,1\n2,A,0\n2,B,1\n3,A,0\n3,B,0\n"
FORMS = {
    "wide": "unit,A,B\n1,1,1\n2,0,1\n3,0,0\n",
    "wide, with words": "id;text;A;B;notes\n1;x;1;1;\n2;y;0;1;\n3;z;0;0;\n",
    "other names": LONG.replace("unit,coder,value", "Item,Rater,Label"),
    "missing": LONG + "".join(f"4,{coder},{mark}\n" for coder, mark in zip("ABCDEF", MARKS, strict=False)),
    "titles": "Round two,,\n\n" + LONG,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_any_form_has_the_same_codes(tmp_path: Path, form: str) -> None:
    wanted = alpha(*read(table(tmp_path, LONG), "nominal"), "nominal").alpha
    assert alpha(*read(table(tmp_path, FORMS[form]), "nominal"), "nominal").alpha == wanted


def test_what_was_taken_as_missing_is_said(tmp_path: Path) -> None:
    found = read_code_table(table(tmp_path, LONG + "4,A,x\n4,B,\n"), "nominal")
    assert found.notes == ["1 cells are taken as missing: x"]
