"""Names of parties and numbers of commitments as people write them."""

from __future__ import annotations

import pytest

from followthrough.spreadsheets.commitments import CommitmentFinder, number_in
from followthrough.spreadsheets.known import (
    KnownCommitment,
    KnownDocument,
    KnownParty,
    KnownProvision,
    KnownRegister,
)
from followthrough.spreadsheets.parties import match_party


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Lao PDR", ("LAO",)), ("Viet Nam", ("VNM",)), ("Vietnam", ("VNM",)), ("Republic of Korea", ("KOR",)),
        ("ROK", ("KOR",)), ("ID", ("IDN",)), ("IDN", ("IDN",)), ("ประเทศไทย", ("THA",)), ("S’pore", ("SGP",)),
        ("대한민국", ("KOR",)), ("Thailand, Viet Nam and Brunei", ("THA", "VNM", "BRN")),
        ("Trinidad and Tobago", ("TTO",)), ("República Dominicana", ("DOM",)),
    ],
)  # fmt: skip
def test_a_party_is_known_by_any_usual_name(text: str, ids: tuple[str, ...]) -> None:
    found = match_party(text)
    assert found.ids == ids


@pytest.mark.parametrize("text", ["Korea", "Congo", "Atlantis", "Thailand and Korea"])
def test_an_ambiguous_or_unknown_name_is_asked_about(text: str) -> None:
    found = match_party(text)
    assert not found.ids
    assert found.question


def test_the_names_of_the_register_come_first() -> None:
    own = (
        KnownParty("KOR", ("Republic of Korea", "Korea")),
        KnownParty("SEC", ("The Secretariat",), organisation=True),
    )
    assert match_party("Korea", own).ids == ("KOR",)
    assert match_party("the secretariat", own).ids == ("SEC",)


@pytest.mark.parametrize(
    ("text", "number"),
    [("4.3", "4.3"), ("para 4.3 (b)", "4.3b"), ("Art. 4", "4"), ("Paragraph 12", "12"), ("4.3.", "4.3"),
     ("no. 4.3a", "4.3a"), ("air services", ""), ("2024-03-01", "")],
)  # fmt: skip
def test_the_number_in_a_cell(text: str, number: str) -> None:
    assert number_in(text) == number


KNOWN = KnownRegister(
    documents=(KnownDocument("new", "New plan"), KnownDocument("old", "Old plan")),
    provisions=(
        KnownProvision("new/1", "new", "1", "Transport"), KnownProvision("new/2", "new", "2", "Education"),
        KnownProvision("old/7", "old", "7"),
    ),
    commitments=(
        KnownCommitment("new/1a", "new/1", "Negotiate an air services agreement", "negotiate"),
        KnownCommitment("new/2a", "new/2", "Train teachers in vocational schools", "train"),
        KnownCommitment("new/2b", "new/2", "Give scholarships to students", "give"),
        KnownCommitment("old/7a", "old/7", "Open the skies", "open"),
    ),
    edges=(("new/1a", "old/7a"),),
)  # fmt: skip


def test_a_commitment_is_found_by_number_words_and_lineage() -> None:
    finder = CommitmentFinder(KNOWN, "new")
    assert finder.find("1").commitment == "new/1a"
    assert finder.find("para 2").provision == "new/2"
    assert finder.find("2 (b)").commitment == "new/2b"
    by_words = finder.find("", "Scholarship for 20 students")
    assert (by_words.commitment, by_words.how) == ("new/2b", "words")
    by_lineage = finder.find("7")
    assert (by_lineage.commitment, by_lineage.how) == ("new/1a", "lineage")
    assert finder.find("9").question
    assert not finder.find("", "Fisheries of the coast").how
