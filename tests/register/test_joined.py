"""What joins two undertakings and what does not, the names of instruments, and kinds: sentences of our own writing."""

from __future__ import annotations

import pytest

from followthrough.pipeline import register_bytes

HEAD = "Pledge of the Weir Keepers\n\n1. "


def quoted(sentence: str) -> list[str]:
    reading = register_bytes(f"{HEAD}{sentence}\n".encode(), "x.txt")
    return [reading.document.text[one.start : one.end] for one in reading.commitments]


def named(words: str) -> tuple[str, ...]:
    (one,) = register_bytes(f"{HEAD}We will strengthen {words}.\n".encode(), "x.txt").commitments
    return one.instruments


def kinds(sentence: str) -> list[str]:
    return [one.kind for one in register_bytes(f"{HEAD}{sentence}\n".encode(), "x.txt").commitments]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "We will mend the weir to keep the mill at work, as well as raise the banks.",
            ["will mend the weir to keep the mill at work", "raise the banks"],
        ),
        (
            "We will cooperate on opening the weir and raising the banks.",
            ["will cooperate on opening the weir", "raising the banks"],
        ),
        ("We will cooperate on fishing and boating, and on nothing else.", None),
        (
            "We urge the guilds to increase their support for, and to improve their work with, the ferries.",
            ["urge the guilds to increase their support for, and to improve their work with, the ferries"],
        ),
        ("We will fully and jointly mend the weir.", ["will fully and jointly mend the weir"]),
        ("We will use the Rip and Replace Programme.", ["will use the Rip and Replace Programme"]),
        (
            "We will mend the weir and, as appropriate, raise the banks.",
            ["will mend the weir", "raise the banks"],
        ),
        (
            "We will continue to call on the guilds to mend the weir, raise the banks, and open the mill.",
            ["will continue to call on the guilds to mend the weir", "raise the banks", "open the mill"],
        ),
    ],
)
def test_what_is_joined(sentence: str, parts: list[str] | None) -> None:
    assert quoted(sentence) == parts if parts is not None else len(quoted(sentence)) == 1


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("the Weir Principles on Integrating Otters into Trade and Mill Policy",
         ("Weir Principles on Integrating Otters into Trade and Mill Policy",)),
        ("the Mill Academy at Hill University", ("Mill Academy at Hill University",)),
        ("ASEAN’s Masterplan on Weirs", ("Masterplan on Weirs",)),
        ("the Children’s Fund of the Valley", ("Children’s Fund of the Valley",)),
        ("the River Roadmap (RR) Mid-Term Review", ("River Roadmap (RR)",)),
        ("the Otter Facility of EUR 50", ("Otter Facility",)),
        ("the Third Ministerial Conference on Weirs", ()),
        ("the Regional Conference on Weirs", ("Regional Conference on Weirs",)),
        ("the Norland-U.S. Weir Dialogues", ("Norland-U.S. Weir Dialogues",)),
        ("its resolution 57/4", ("resolution 57/4",)),
        ("the Weirland Clean Mill initiative", ("Weirland Clean Mill initiative",)),
        ("the Ferry Agency additional protocol", ("Ferry Agency additional protocol",)),
        ("the Weirlandish ceasefire agreement", ("Weirlandish ceasefire agreement",)),
        ("the Member States plan", ()),
        ("Weirland’s fund", ()),
        ("the Upland Grain Corridors", ("Upland Grain Corridors",)),
        ("the Weir Council’s Procedures on Otter Data (POD)", ("Procedures on Otter Data (POD)",)),
        ("LFEA Resolution 3/21", ("LFEA Resolution 3/21",)),
        ("Assembly resolution 1541 (XV)", ("Assembly resolution 1541 (XV)",)),
        ("our Comprehensive Strategic Partnership", ("Comprehensive Strategic Partnership",)),
        ("this Joint Vision Statement", ()),
        ("talks at the second Weir Policy Dialogue", ()),
        ("the Special Committee on the Charter of the United Nations", ()),
        ("the document entitled “Weirs and what they cost”", ("Weirs and what they cost",)),
    ],
)  # fmt: skip
def test_the_names_of_instruments(words: str, names: tuple[str, ...]) -> None:
    assert named(words) == names


def test_an_acronym_stands_for_the_name_that_defined_it_letter_by_letter() -> None:
    said = "We will mend the Young South Eastern Leaders Initiative (YSELI)."
    text = f"{HEAD}{said}\n\n2. We will extend YSELI to the hills.\n"
    first, second = register_bytes(text.encode(), "x.txt").commitments
    name = "Young South Eastern Leaders Initiative (YSELI)"
    assert (first.instruments, first.defined) == ((name,), {})
    assert (second.instruments, second.defined) == (("YSELI",), {"YSELI": name})


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We support Norland’s efforts to mend the weir.", ["support"]),
        ("We support Norland’s vision for the weir.", ["action"]),
        ("We call on the guilds to mend the weir and reaffirm our trust in the ferries.", ["call", "reaffirmation"]),
        ("We encourage all economies to mend their weirs.", ["call"]),
        ("We pledge our support to those guilds as they mend the weir.", ["support"]),
    ],
)
def test_kinds(sentence: str, expected: list[str]) -> None:
    assert kinds(sentence) == expected
