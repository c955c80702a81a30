"""The comparison of a file with its reading: it finds what was lost or invented, and raises no alarm otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from followthrough.cli.verify import verify as command
from followthrough.corpus.rows import rows_of
from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, SetAside
from followthrough.model.reading import Reading
from followthrough.model.verification import Verification
from followthrough.model.vocabulary import AsideKind
from followthrough.pipeline import register_bytes
from followthrough.pipeline.controls import Control, controls
from followthrough.pipeline.controls.damages import DAMAGES
from followthrough.pipeline.controls.files import FORMATS, as_page, as_pdf, as_text, as_word
from followthrough.pipeline.controls.texts import Text, text
from followthrough.verify import Limits, verify
from followthrough.verify.compare import Comparison, Unit
from followthrough.verify.letters import words_of

NOTHING = Reading(Document(None, None, None, "", "", ()), (), ())


@pytest.fixture(scope="module")
def every() -> list[Control]:
    return list(controls())


@pytest.mark.slow
def test_fifty_damages_are_found_and_fifty_clean_files_raise_no_alarm(every: list[Control]) -> None:
    clean = [one for one in every if not one.damage]
    damaged = [one for one in every if one.damage]
    assert len(clean) == len(damaged) == 50
    assert [(one.format, one.said) for one in clean if not one.right] == []
    assert [(one.format, one.damage) for one in damaged if not one.right] == []
    assert {one.format for one in every} == set(FORMATS)


def test_every_damage_changes_the_text() -> None:
    reading = register_bytes(as_text(text(3)), "x")
    for name, damaged in DAMAGES.items():
        assert damaged(reading).document.text != reading.document.text, name


@pytest.mark.parametrize("made", FORMATS.values(), ids=FORMATS)
def test_every_check_is_red_on_empty_input(made: Callable[[Text], bytes]) -> None:
    full = made(text(0))
    for data, reading in ((b"", NOTHING), (full, NOTHING), (b"", register_bytes(full, "x"))):
        assert not verify(data, reading).ok
    assert [one.id for one in verify(b"", NOTHING).checks if one.ok] == []


def test_the_figures_add_up_and_what_is_set_aside_has_a_name() -> None:
    found = register_bytes(as_page(text(1)), "x").verification
    assert found is not None
    assert found.ok
    assert found.words == found.kept + sum(words for _, words in found.set_aside)
    assert dict(found.set_aside) == {"footnote": 14, "navigation": 8}
    assert Verification.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_what_a_reader_says_it_set_aside_must_stand_in_the_file() -> None:
    data = as_text(text(2))
    reading = replace(
        register_bytes(data, "x"), set_aside=(SetAside(AsideKind.WATERMARK, "Never printed anywhere at all"),)
    )
    assert dict(verify(data, reading).set_aside) == {}


def test_a_commitment_outside_its_provision_is_found() -> None:
    data = as_text(text(4))
    reading = register_bytes(data, "x")
    last: Commitment = reading.commitments[-1]
    moved = replace(reading, commitments=(replace(last, provision=reading.document.provisions[0].eid),))
    assert [one.id for one in verify(data, moved).checks if not one.ok] == ["commitments"]
    named = replace(reading, commitments=(replace(last, instruments=("The Accord of Nowhere",)),))
    assert [one.id for one in verify(data, named).checks if not one.ok] == ["commitments"]


def test_a_text_that_is_too_long_is_not_compared_and_says_so() -> None:
    data = as_text(text(5))
    found = verify(data, register_bytes(data, "x"), Limits(letters=10))
    assert (found.ok, found.words) == (False, 0)
    assert "too long" in found.summary()


def test_pages_that_take_too_long_are_not_compared() -> None:
    data = as_pdf(text(6))
    found = verify(data, register_bytes(data, "x"), Limits(seconds=-1))
    assert "pages after 0 took too long" in found.summary()


def test_words_out_of_order_are_invented() -> None:
    source = words_of("the towns will mend the long weir and the pilots will sweep the wide harbour every spring")
    right, wrong = Comparison(source), Comparison(source)
    assert right.take([Unit("p", tuple(source))], counts=False).invented == []
    turned = (*source[8:], *source[:8])
    assert wrong.take([Unit("p", turned)], counts=False).invented != []


def test_the_command_says_it_in_words_and_in_json(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.docx", tmp_path / "bad.txt"
    good.write_bytes(as_word(text(7)))
    bad.write_bytes(b"")
    said = CliRunner().invoke(command, [str(good), "--json"])
    assert said.exit_code == 0, said.output
    assert json.loads(said.stdout)["ok"] is True
    plain = CliRunner().invoke(command, [str(good), str(good)])
    assert plain.stdout.count("nothing lost, nothing invented") == 2
    assert CliRunner().invoke(command, [str(bad)]).exit_code == 1
    assert CliRunner().invoke(command, []).exit_code == 2


def test_a_row_of_a_folder_holds_the_figures() -> None:
    row = rows_of(as_text(text(8)), "x")[0]
    assert row["words"] > 100
    assert (row["words_lost"], row["places_invented"]) == (0, 0)
