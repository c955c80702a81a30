"""Every pack that is written is valid to a reader that is not ours: the validator of the Frictionless project."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from frictionless import Package

from followthrough.packs.reading import read_pack
from followthrough.packs.writing import write_pack
from frictionless_check import problems

BUNDLED = Path(str(files("followthrough.packs") / "asean_rok_2019"))
INVENTED = Path(__file__).parent.parent / "lake_accord"


@pytest.mark.slow
@pytest.mark.parametrize("source", [BUNDLED, INVENTED], ids=["bundled", "invented"])
def test_a_written_pack_is_a_valid_data_package(source: Path, tmp_path: Path) -> None:
    pack = read_pack(source)
    write_pack(pack, tmp_path / "pack")
    written = Package(str(tmp_path / "pack" / "datapackage.json"))
    assert [one.name for one in written.resources] == [name for name, rows in pack.rows.items() if rows]
    assert problems(tmp_path / "pack") == []


@pytest.mark.slow
def test_the_validator_sees_a_value_outside_its_list(tmp_path: Path) -> None:
    write_pack(read_pack(INVENTED), tmp_path / "pack")
    path = tmp_path / "pack" / "parties.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("state,", "planet,", 1), encoding="utf-8")
    assert [name for name, message in problems(tmp_path / "pack") if "enum" in message] == ["parties"]
