"""The split rules on sentences of our own writing."""

from __future__ import annotations

import pytest

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document
from followthrough.pipeline import register_bytes

AGREED = "Pledge of the Weir Keepers\n\nHereby agree to:\n\n"
RESOLVED = "12/34. Care of the commons\n\nThe General Assembly,\n\nRecalling its earlier wishes,\n\n"


def register(text: str) -> tuple[Document, tuple[Commitment, ...]]:
    reading = register_bytes(text.encode(), "x.txt")
    return reading.document, reading.commitments


def quoted(text: str) -> list[str]:
    document, commitments = register(text)
    return [document.text[c.start : c.end] for c in commitments]


def agreed(paragraph: str) -> list[str]:
    return quoted(f"{AGREED}1. {paragraph}\n")


def only(paragraph: str, head: str = AGREED) -> Commitment:
    _, commitments = register(f"{head}1. {paragraph}\n")
    assert len(commitments) == 1
    return commitments[0]


def test_verbs_over_one_object_are_one() -> None:
    assert agreed("Promote and facilitate rowing.") == ["Promote and facilitate rowing"]


def test_verbs_with_objects_of_their_own_are_separate() -> None:
    assert agreed("Further mend the weir, raise the banks, and strengthen the mill.") == [
        "Further mend the weir",
        "raise the banks",
        "strengthen the mill",
    ]


def test_semicolons_part_the_objects_of_one_verb() -> None:
    assert agreed("Strengthen care of reeds; otter counts; and protecting the spring.") == [
        "Strengthen care of reeds",
        "otter counts",
        "protecting the spring",
    ]


def test_commas_do_not_part_the_objects_of_one_verb() -> None:
    assert len(agreed("Enhance trade in reeds, willow and eels, and clay.")) == 1


def test_means_and_purpose_stay_inside() -> None:
    assert agreed("Strengthen ferries by repairing piers and training crews, in order to cut delays.") == [
        "Strengthen ferries by repairing piers and training crews, in order to cut delays"
    ]


def test_a_purpose_keeps_its_second_verb() -> None:
    assert len(agreed("Enhance the ferry service to reduce delays and improve safety.")) == 1


def test_a_recognition_adjunct_is_outside() -> None:
    assert agreed("Raise the banks, noting that floods return each spring.") == ["Raise the banks"]


def test_while_continuing_is_a_commitment_of_its_own() -> None:
    assert agreed("Raise the banks, while continuing to cooperate on flood warnings.") == [
        "Raise the banks",
        "continuing to cooperate on flood warnings",
    ]


def test_the_need_to_is_split_like_verbs() -> None:
    paragraph = "Reaffirm the need to count otters, to protect reeds, and to pursue clean water."
    assert agreed(paragraph) == ["Reaffirm the need to count otters", "protect reeds", "pursue clean water"]
    _, commitments = register(f"{AGREED}1. {paragraph}\n")
    assert {(c.kind, c.strength) for c in commitments} == {("reaffirmation", 1)}


def test_a_call_is_split_by_what_it_asks() -> None:
    text = f"{RESOLVED}1. Calls upon all villages to share seed and to report floods.\n"
    assert quoted(text) == ["Calls upon all villages to share seed", "report floods"]
    _, commitments = register(text)
    assert [c.kind for c in commitments] == ["call", "call"]
    assert commitments[0].addressees == ("all villages",)


def test_speech_verbs_of_a_resolution_are_separate() -> None:
    text = f"{RESOLVED}1. Welcomes the harvest report, and also requests the Secretary-General to print it.\n"
    document, commitments = register(text)
    assert [(document.text[c.start : c.end], c.kind, c.strength) for c in commitments] == [
        ("Welcomes the harvest report", "reaffirmation", 1),
        ("also requests the Secretary-General to print it", "action", 5),
    ]


def test_concern_and_condemnation_are_not_catalogued() -> None:
    assert quoted(f"{RESOLVED}1. Expresses deep concern about weeds.\n\n2. Condemns the theft of seed.\n") == []


def test_we_will_begins_at_its_modality() -> None:
    text = "River Communiqué\n\nThe water rose again last year. We will dredge the channel and build two locks.\n"
    assert quoted(text) == ["will dredge the channel", "build two locks"]


def test_items_below_a_colon_are_commitments_of_their_own() -> None:
    text = f"{RESOLVED}1. Urges all villages:\n\n(a) To share seed;\n\n(b) To report floods.\n"
    _, commitments = register(text)
    assert [(c.provision, c.kind) for c in commitments] == [("para_1__item_a", "call"), ("para_1__item_b", "call")]


@pytest.mark.parametrize(
    ("paragraph", "kind", "strength"),
    [
        ("Establish a school for keepers.", "action", 5),
        ("Strengthen the school for keepers.", "action", 4),
        ("Consider a school for keepers.", "action", 3),
        ("Maintain the school for keepers.", "action", 2),
        ("Welcome the school for keepers.", "reaffirmation", 1),
        ("Implement the Reed Convention.", "action", 5),
        ("Support developing countries in their care for rivers.", "support", 4),
        ("Support lasting peace on the river.", "action", 4),
        ("Pursue the peaceful settlement of disputes over water.", "principle", 4),
        ("Urge millers to close their gates.", "call", 4),
        ("Encourage young people to row.", "action", 4),
        ("Encourage member States to row.", "call", 4),
        ("Strengthen efforts to conclude a Reed Agreement.", "action", 4),
        ("Encourage more creditors to forgive the mill.", "call", 4),
        ("Encourage other MBs to forgive the mill.", "call", 4),
        ("Encourage Marshland and Fenland to share seed.", "call", 4),
        ("Encourage senior officials to count eels.", "action", 4),
        ("Encourage exchanges between countries to raise yields.", "action", 4),
        ("Support Marshland for as long as the flood lasts.", "support", 4),
        ("Support Marshland.", "support", 4),
        ("Support the Reed Agreement.", "action", 4),
        ("Support small-scale fishing communities.", "support", 4),
        ("Support people-to-people exchanges.", "action", 4),
        ("Provide developing countries with seed.", "support", 4),
        ("Assist Marshland in dredging.", "support", 4),
        ("Help villages raise their banks.", "support", 4),
        ("Help end drought by the river.", "action", 4),
        ("Strengthen the capacity of least developed countries to row.", "support", 4),
    ],
)
def test_kind_and_strength(paragraph: str, kind: str, strength: int) -> None:
    commitment = only(paragraph)
    assert (commitment.kind, commitment.strength) == (kind, strength)


@pytest.mark.parametrize(
    ("words", "instruments"),
    [
        ("the Reed Convention (RC) and the Eel Fund", ("Reed Convention (RC)", "Eel Fund")),
        ("the Convention on the Care of the Spring", ("Convention on the Care of the Spring",)),
        ("the Marsh Accord under the Wide River Treaty", ("Marsh Accord", "Wide River Treaty")),
        ("resolution 12/34 of 6 May 2020", ("resolution 12/34",)),
        ("MARSH 2040: Growing Up Together", ("MARSH 2040: Growing Up Together",)),
        ("the Spring Summit and the river framework", ()),
    ],
)
def test_instruments(words: str, instruments: tuple[str, ...]) -> None:
    assert only(f"Strengthen {words}.").instruments == instruments


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("Plant willows by 2030.", "2030-12-31"),
        ("Plant willows by the end of June 2027.", "2027-06-30"),
        ("Plant willows no later than 5 March 2026.", "2026-03-05"),
        ("Plant willows under the Reed Plan 2016-2020.", None),
        ("Plant willows as the 2030 Agenda for Rivers asks.", None),
    ],
)
def test_deadlines_bind_only_outside_names(words: str, deadline: str | None) -> None:
    assert only(words).deadline == deadline


def test_quantities_are_exact_decimals() -> None:
    assert only("Mobilize $1.5 billion for locks.").quantity == {
        "value": "1500000000",
        "unit": "$",
        "text": "$1.5 billion",
    }
    assert (only("Protect at least 30 per cent of the marsh.").quantity or {})["value"] == "30"


def test_identifiers_numbers_and_reasons() -> None:
    _, commitments = register(f"{AGREED}1. Rivers\n\n1.1 Mend the weir and raise the banks.\n")
    assert [(c.id, c.num) for c in commitments] == [
        ("sec_1__para_1-1__a", "1.1"),
        ("sec_1__para_1-1__b", "1.1"),
    ]
    assert commitments[0].why["kind"] == "K1"
    assert commitments[0].missing == ("deliverable", "target", "timeframe", "owner")


def test_every_reason_is_a_published_rule() -> None:
    from followthrough.rules import all_rules

    published = {rule.id for rule in all_rules()}
    _, commitments = register(
        f"{AGREED}1. Welcome rain; and mend 30 weirs by 2030 under the Reed Plan.\n\n2. Urge millers to rest.\n"
    )
    told = [reason for c in commitments for name, reason in c.why.items() if name not in {"governor", "doubts"}]
    assert set(told) <= published and len(told) >= 3 * len(commitments)
