"""A catalogue under correction: what each change does, what is refused, what always holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.register.editing import (
    Item,
    Items,
    Note,
    Refused,
    accept_rest,
    add,
    decide,
    find,
    item_of,
    letters,
    merge,
    move,
    retag,
    split,
    tokens,
)
from followthrough.register.machine_agreement import Agreement, compare

WORDS = "Plant trees in every village, mend the old bridge and open two schools by the river"


def item(key: int, start: str, end: str, **more: object) -> Item:
    """An item from the first letter of ``start`` to the last of ``end``."""
    spans = ((WORDS.index(start), WORDS.index(end) + len(end)),)
    return replace(Item(key, spans, start.split(maxsplit=1)[0].lower(), "action", 4), **more)  # type: ignore[arg-type]


PLANT, MEND, OPEN = item(1, "Plant", "village"), item(2, "mend", "bridge"), item(3, "open", "river")
ALL: Items = (PLANT, MEND, OPEN)


def quoted(items: Items) -> list[str]:
    """The words of each live item, in order."""
    return [WORDS[one.start : one.end] for one in sorted(items, key=lambda one: one.spans) if one.live]


def test_a_split_makes_two_and_leaves_the_connective_to_neither() -> None:
    whole = (replace(MEND, spans=((MEND.start, OPEN.end),), instruments=("Bridge Fund",), summary="ours"),)
    two = split(whole, 2, WORDS.index("open"), WORDS)
    assert quoted(two) == ["mend the old bridge", "open two schools by the river"]
    assert [one.verb for one in two] == ["mend", "open"]
    assert [one.summary for one in two] == ["ours", "Open two schools by the river"]
    assert [one.origin for one in two] == ["machine", "person"]
    assert two[1].instruments == ("Bridge Fund",)


@pytest.mark.parametrize("at", [0, PLANT.start, PLANT.end, 10_000])
def test_a_split_at_an_edge_is_refused(at: int) -> None:
    with pytest.raises(Refused, match="inside the commitment"):
        split(ALL, 1, at, WORDS)


def test_a_merge_bridges_a_connective_and_keeps_a_gap() -> None:
    near = merge(ALL, 3)
    assert quoted(near) == ["Plant trees in every village", "mend the old bridge and open two schools by the river"]
    far = merge((PLANT, item(2, "open", "river", instruments=("River Plan",))), 2)
    assert [one.spans for one in far] == [(PLANT.spans[0], OPEN.spans[0])]
    assert far[0].instruments == ("River Plan",)
    with pytest.raises(Refused, match="first of its paragraph"):
        merge(ALL, 1)


def test_a_published_item_that_is_merged_stays_as_withdrawn() -> None:
    published = tuple(replace(one, letter=letters(ALL)[one.key], state="accepted") for one in ALL)
    merged = merge(published, 3)
    assert [(one.letter, one.state) for one in merged] == [("a", "accepted"), ("b", "suggested"), ("c", "rejected")]
    assert find(merged, 3).reason == "merged into the one before it (b)"
    fresh = split(merged, 2, OPEN.start, WORDS)
    assert letters(fresh)[4] == "d", "the letter of a withdrawn commitment is never given again"


def test_ends_move_and_never_into_another() -> None:
    moved = move(ALL, 1, PLANT.start, WORDS.index(" in every"), WORDS)
    assert quoted(moved)[0] == "Plant trees"
    with pytest.raises(Refused, match="it would overlap b"):
        move(ALL, 1, PLANT.start, MEND.start + 3, WORDS)
    for start, end in ((5, 5), (9, 3), (-1, 4), (0, len(WORDS) + 1)):
        with pytest.raises(Refused):
            move(ALL, 1, start, end, WORDS)


def test_a_gap_between_two_parts_stays_where_it_is() -> None:
    parted = (replace(PLANT, spans=((0, 11), (29, 48))),)
    assert move(parted, 1, 0, 40, WORDS)[0].spans == ((0, 11), (29, 40))
    assert move(parted, 1, 0, 8, WORDS)[0].spans == ((0, 8),)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"verb": ""}, "verb"),
        ({"kind": "promise"}, "kind"),
        ({"strength": 6}, "strength"),
        ({"strength": -1}, "strength"),
        ({"deadline": "soon"}, "deadline"),
        ({"deadline": "2030-13"}, "deadline"),
        ({"summary": "x" * 501}, "summary"),
        ({"note": Note("x" * 2001)}, "note"),
        ({"instruments": ("x" * 301,)}, "instruments"),
    ],
)
def test_a_tag_that_does_not_fit_is_refused_by_name(fields: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        retag(ALL, 1, fields)
    assert refused.value.field == field


def test_a_rejection_needs_a_reason_and_can_be_taken_back_unless_its_words_are_taken() -> None:
    with pytest.raises(Refused, match="why it is no commitment"):
        decide(ALL, 2, "rejected", "  ")
    gone = decide(ALL, 2, "rejected", "narration")
    assert letters(gone) == {1: "a", 3: "b"}
    assert letters(decide(gone, 2, "suggested")) == {1: "a", 2: "b", 3: "c"}
    with pytest.raises(Refused, match="overlap"):
        decide(add(gone, MEND.start, MEND.end, WORDS), 2, "suggested")


def test_a_rejected_one_is_neither_split_nor_merged() -> None:
    """Its words may be another's by now: found by a random sequence of changes."""
    gone = decide(ALL, 2, "rejected", "narration")
    taken = move(gone, 1, PLANT.start, MEND.end, WORDS)
    with pytest.raises(Refused, match="put it back first"):
        split(taken, 2, MEND.start + 8, WORDS)
    with pytest.raises(Refused, match="put it back first"):
        merge(taken, 2)


def test_a_part_between_two_parts_is_merged_in_its_place() -> None:
    parted = (replace(PLANT, spans=((0, 5), (40, 48))), replace(MEND, spans=((20, 26),)))
    assert merge(parted, MEND.key)[0].spans == ((0, 5), (20, 26), (40, 48))


def changed(items: Items, deed: str, key: int, start: int, end: int) -> Items:
    """Do one of the things that a person can do."""
    deeds = {
        "split": lambda: split(items, key, start, WORDS),
        "merge": lambda: merge(items, key),
        "move": lambda: move(items, key, start, end, WORDS),
        "add": lambda: add(items, start, end, WORDS),
        "accept": lambda: decide(items, key, "accepted"),
        "reject": lambda: decide(items, key, "rejected", "no"),
        "restore": lambda: decide(items, key, "suggested"),
        "rest": lambda: accept_rest(items),
    }
    return deeds[deed]()


@settings(max_examples=400)
@given(st.data())
@pytest.mark.slow
def test_any_sequence_of_changes_keeps_the_catalogue_whole(data: st.DataObject) -> None:
    items = ALL
    for _ in range(data.draw(st.integers(1, 12))):
        key = data.draw(st.integers(1, 8))
        start, end = data.draw(st.integers(-1, len(WORDS) + 1)), data.draw(st.integers(-1, len(WORDS) + 1))
        deed = data.draw(st.sampled_from(["split", "merge", "move", "add", "accept", "reject", "restore", "rest"]))
        try:
            items = changed(items, deed, key, start, end)
        except Refused:
            continue
        live = sorted(span for one in items if one.live for span in one.spans)
        assert all(0 <= a < b <= len(WORDS) for a, b in live)
        assert all(first[1] <= second[0] for first, second in pairwise(live))
        assert len({one.key for one in items}) == len(items)
        assert len(set(letters(items).values())) == sum(one.live for one in items)
        assert tuple(item_of(one.to_dict()) for one in items) == items


def test_tokens_stand_at_words_and_signs() -> None:
    text = "ASEAN-ROK (Air) Services, 2030."
    assert [text[a:b] for a, b in tokens(text)] == ["ASEAN-ROK", "(", "Air", ")", "Services", ",", "2030", "."]


def test_agreement_counts_by_hand() -> None:
    changed = replace(MEND, kind="support", spans=((MEND.start, MEND.end - 7),))
    decided = (replace(PLANT, state="accepted"), changed, replace(OPEN, state="rejected", reason="narration"))
    assert compare(ALL, decided) == Agreement(proposals=3, decisions=2, matched=2, ends=1, kind=1, strength=2)
    assert compare((), ()) == Agreement()
    assert Agreement().f1 is None
    both = compare(ALL, decided) + compare(ALL, ALL)
    assert (both.matched, both.proposals, both.f1) == (5, 6, 10 / 11)
