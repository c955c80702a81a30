"""What kind of text it is, and who adopted it: by the title, by the opening, or not at all."""

from __future__ import annotations

import pytest

from followthrough.pipeline import register_bytes
from followthrough.read.structure.parties import kind_of, named_in, parties_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Joint Statement of the Leaders of Norland and Sutherland", "statement"),
        ("Joint Vision Statement on Peace, Prosperity and Partnership", "statement"),
        ("Plan of Action to Implement the Joint Declaration on Partnership", "plan_of_action"),
        ("Framework Agreement on Comprehensive Economic Cooperation", "agreement"),
        ("Memorandum of Understanding between the Ports of A and B", "agreement"),
        ("Harbour Declaration on the Strategic Framework", "declaration"),
        ("G7 Leaders’ Communiqué", "communique"),
        ("Vision 2040", "framework"),
        ("Joint Statement of the Ministers of the Weir Initiative", "statement"),
        ("A day at the sea", None),
        ("", None),
    ],
)
def test_the_kind_is_the_last_word_before_it_says_on_what(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


def test_a_resolution_is_known_by_its_front() -> None:
    assert kind_of("Peace in the gardens", "Resolution adopted by the General Assembly\n\n77/1. Peace") == "resolution"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("U.S.-ROK Leaders’ Joint Statement", ("USA", "KOR")),
        ("ASEAN-Republic of Korea", ("ASEAN", "KOR")),
        ("the Democratic People’s Republic of Korea", ("PRK",)),
        ("Guinea-Bissau and Papua New Guinea", ("GNB", "PNG")),
        ("Japan’s neighbours tell us about Indonesian plans", ()),
        ("the United States, the United Kingdom and the EU", ("USA", "GBR", "EU")),
    ],
)
def test_names_are_whole_and_the_longest(text: str, codes: tuple[str, ...]) -> None:
    assert named_in(text) == codes


@pytest.mark.parametrize(
    ("title", "opening", "parties"),
    [
        ("Joint Statement of Japan and Mongolia", "We met.", ("JPN", "MNG")),
        ("G7 Statement on Ukraine", "We, the Leaders, stand with Ukraine.", ("G7",)),
        ("Harbour Declaration", "We, the leaders of Fiji, Tonga and Samoa, met in Apia.", ("FJI", "TON", "WSM")),
        ("A statement", "1. We shall plant trees in Fiji.", ()),
        ("Statement of Fiji", "We shall plant trees.", ()),
    ],
)
def test_who_adopted_it(title: str, opening: str, parties: tuple[str, ...]) -> None:
    assert parties_of(title, "", opening, "statement") == parties


def test_a_body_that_resolves_is_the_party() -> None:
    text = "77/1. Gardens\n\nThe General Assembly,\n\nRecalling its resolution 1/1,\n\n1. Decides to plant trees;\n"
    document = register_bytes(text.encode(), "gardens.txt").document
    assert (document.kind, document.parties) == ("resolution", ("UNGA",))
    assert (document.to_dict()["kind"], document.to_dict()["parties"]) == ("resolution", ["UNGA"])
