"""Every kept case of the folder of reference texts, read in place: what each of them was kept for holds."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from support import shared, shared_folder

FOLDER = "cases/read"
PRIVATE = {chr(code) for code in range(0xE000, 0xF900)}


@dataclass(frozen=True)
class Wanted:
    """What a case must give: the verbs of its commitments, some provisions, the codes of its warnings, its language."""

    verbs: str = ""
    provisions: str = ""
    warned: str = ""
    language: str = "en"
    titled: bool = True


RIVER = "para_1:restore para_1:publish para_2:train para_2:send"
NINE = ("restore", "train", "mend", "open", "plant", "lend", "count", "teach", "light")
WANTED = {
    "akn-2.0-refused.xml": Wanted("p1:plant", titled=False),
    "bare-numbers-before-capitals.txt": Wanted("para_3:plant para_4:mend", "preamble__p_1 preamble__p_2"),
    "bullets-private-use.txt": Wanted(
        "para_1__item_1:plant para_1__item_2:mend para_1__item_3:train para_2__item_2:count", "para_2__item_1"
    ),
    "docx-changes-and-hidden-text-unsaid.docx": Wanted(
        "para_1:restore para_2:open para_3:plant para_4:train", warned="tracked-changes left-out"
    ),
    "docx-first-heading-swallowed.docx": Wanted(
        "sec_1__para_1:plant sec_1__para_2:train sec_2__para_1:mend sec_2__para_2:light", "sec_1 sec_2"
    ),
    "docx-hidden-text-unsaid.docx": Wanted("para_1:plant para_3:mend", warned="left-out"),
    "eml-read-as-plain-text.eml": Wanted("para_1:plant para_1:mend"),
    "encoding-cp1251.txt": Wanted("", "para_1", "language encoding-guessed", "ru"),
    "encoding-cp437.txt": Wanted("para_1:mend para_2:light", warned="encoding-guessed"),
    "encoding-mac-roman.txt": Wanted("para_1:plant para_2:mend", warned="encoding-guessed"),
    "html-skip-link-heading-as-title.html": Wanted("para_1:plant para_2:mend", warned="left-out"),
    "item-noun-taken-as-verb.txt": Wanted("para_1__item_a:act para_1__item_b:act", "para_1__item_c"),
    "language-arabic.txt": Wanted("", "para_1 para_2", "language", "ar"),
    "language-chinese.txt": Wanted("", "para_1 para_2", "language", "zh"),
    "language-french.txt": Wanted("", "para_1 para_2__item_a para_2__item_b", "language", "fr"),
    "language-indonesian.txt": Wanted("", "para_1 para_2__item_a", "language", "id"),
    "language-korean.txt": Wanted("", "para_1 para_2", "language", "ko"),
    "language-stated-in-akn.xml": Wanted("", "p1", "language", "fr", titled=False),
    "pdf-arabic-words-broken.pdf": Wanted("", "para_1 para_2", "language", "ar", titled=False),
    "pdf-contents-list-becomes-provisions.pdf": Wanted(
        "sec_1__p_1:restore sec_1__p_1:publish sec_2__p_1:train sec_2__p_1:send", "sec_1 sec_2", "left-out"
    ),
    "pdf-invisible-text-is-catalogued.pdf": Wanted("para_1:restore para_1:publish", warned="left-out"),
    "pdf-one-wide-page-control.pdf": Wanted(RIVER),
    "pdf-one-wide-page-cuts-every-line.pdf": Wanted(RIVER, "sec_1"),
    "pdf-sideways-text-shredded.pdf": Wanted(RIVER),
    "pdf-superscript-private-character.pdf": Wanted(RIVER, warned="note left-out"),
    "pdf-three-columns-interleaved.pdf": Wanted(" ".join(f"para_{at}:{verb}" for at, verb in enumerate(NINE, 1))),
    "pdf-watermark-becomes-section.pdf": Wanted(f"{RIVER} para_3:mend", warned="left-out"),
    "resolves-without-colon.txt": Wanted("para_1__item_a:resolve para_1__item_b:resolve para_4:note", "para_2 para_3"),
    "rtf-read-as-plain-text.rtf": Wanted("para_1:plant para_2:mend"),
    "subject-with-of.txt": Wanted(
        "para_1:commit para_2:mend para_3:train para_4:agree para_5:lend para_6:count para_7:light"
    ),
    "untitled-first-paragraph-lost.txt": Wanted("p_1:commit p_1:publish p_2:train p_3:open", titled=False),
}
"""What each case must give. A verb is named by its first word, after the provision that it stands in."""


def read(name: str) -> Reading:
    return register_bytes(shared(f"{FOLDER}/{name}").read_bytes(), name)


def test_every_case_that_is_kept_is_read_here() -> None:
    kept = {path.name for path in shared(FOLDER).iterdir() if path.suffix != ".md"}
    assert kept <= set(WANTED)


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_kept_case_gives_what_it_was_kept_for(name: str) -> None:
    wanted, reading = WANTED[name], read(name)
    given = {f"{one.provision}:{(one.verb or '').split(' ')[0]}" for one in reading.commitments}
    assert set(wanted.verbs.split()) <= given
    if wanted.language != "en":
        assert not given
    assert set(wanted.provisions.split()) <= {one.eid for one in reading.document.provisions}
    assert {notice.code for notice in reading.warnings} == set(wanted.warned.split())
    assert (reading.document.language or "").partition("-")[0] == wanted.language
    assert bool(reading.document.title) is wanted.titled


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_kept_case_is_read_whole(name: str) -> None:
    reading = read(name)
    assert reading.verification is not None
    assert reading.verification.ok, reading.verification.summary()
    quoted = "".join(reading.document.text[one.start : one.end] for one in reading.commitments)
    bodies = "".join(reading.document.text[one.body : one.end] for one in reading.document.provisions)
    assert not PRIVATE & set(quoted + bodies + (reading.document.title or ""))


def test_the_folder_of_cases_has_no_case_without_its_story() -> None:
    folder = shared_folder() / FOLDER
    assert all(path.with_suffix(".md").exists() for path in folder.glob("*") if path.suffix != ".md")
