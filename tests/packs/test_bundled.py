"""The packs that come with the software: which one the demo loads is said by the packs themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from followthrough.errors import InputRefused
from followthrough.packs import bundled
from followthrough.packs.bundled import bundled_packs, example_rounds, featured_pack
from followthrough.packs.reading import read_pack


def folder(root: Path, name: str, demo: str = "") -> None:
    (root / name).mkdir()
    (root / name / "datapackage.json").write_text("{}")
    if demo:
        (root / name / "demo.toml").write_text(demo)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with packs of our own."""
    monkeypatch.setattr(bundled, "files", lambda _: tmp_path)
    monkeypatch.setattr(bundled, "bundled_packs", bundled_packs.__wrapped__)
    return tmp_path


def test_every_bundled_pack_is_one_and_its_examples_are_of_its_documents() -> None:
    for pack in bundled_packs():
        rows = read_pack(pack.folder).rows
        assert set(pack.rounds) <= {row["id"] for row in rows["documents"]}
    assert featured_pack() in bundled_packs()


def test_the_featured_pack_is_loaded_whatever_it_is_called(root: Path) -> None:
    folder(root, "a_first")
    folder(root, "lake", 'featured = true\n[rounds.lake-2021]\ntitle = "An example"\n')
    (root / "no_pack").mkdir()
    assert featured_pack().folder == root / "lake"
    assert example_rounds() == {"lake-2021": {"title": "An example"}}


@pytest.mark.parametrize("featured", [0, 2])
def test_none_or_several_featured_packs_are_refused(root: Path, featured: int) -> None:
    for number in range(featured):
        folder(root, f"pack_{number}", "featured = true\n")
    with pytest.raises(InputRefused, match=f"{featured} of them are featured; write featured = true"):
        featured_pack()


def test_a_folder_that_describes_no_pack_is_none_and_a_pack_without_a_demo_has_no_rounds(root: Path) -> None:
    (root / "notes").mkdir()
    folder(root, "weirs")
    (pack,) = bundled.bundled_packs()
    assert (pack.folder.name, pack.featured, dict(pack.rounds)) == ("weirs", False, {})
    assert example_rounds() == {}
