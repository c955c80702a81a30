"""What scripts rely on in ``followthrough read``: streams, exit codes, whole files, speed."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from followthrough.cli.read import COLUMNS
from support import cpu_of, run, run_cli, shared

PLEDGE = (
    "Pledge of the Weir Keepers\n\nHereby agree to:\n\n"
    "1. Works\n\n1.10 Mend the weir by 2030 and welcome the Reed Treaty.\n\nBack to top\n"
)


@pytest.fixture
def pledge(tmp_path: Path) -> Path:
    path = tmp_path / "pledge.txt"
    path.write_text(PLEDGE, encoding="utf-8")
    return path


def test_json_is_one_document_on_stdout_and_messages_go_to_stderr(pledge: Path) -> None:
    done = run("read", pledge, "--json")
    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert set(result) == {"document", "commitments", "warnings", "verification", "recognised"}
    text = result["document"]["text"]
    assert text == PLEDGE
    assert [text[c["start"] : c["end"]] for c in result["commitments"]] == [
        "Mend the weir by 2030",
        "welcome the Reed Treaty",
    ]
    assert [w["code"] for w in result["warnings"]] == ["furniture"]
    assert "Back to top" in done.stderr


def test_without_json_it_prints_a_table(pledge: Path) -> None:
    done = run("read", pledge)
    assert done.returncode == 0
    assert "Pledge of the Weir Keepers" in done.stdout
    assert "2 commitments" in done.stdout


def test_refused_input_is_one_line_and_exit_1(tmp_path: Path) -> None:
    done = run("read", tmp_path / "absent.txt", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_wrong_usage_is_exit_2(pledge: Path) -> None:
    assert run("read").returncode == 2
    assert run("read", pledge, "--nonsense").returncode == 2
    assert run("nonsense").returncode == 2


@pytest.mark.parametrize("name", ["register.pdf", "register.docx"])
def test_formats_that_are_not_written_are_refused(pledge: Path, name: str) -> None:
    out = pledge.parent / name
    done = run("read", pledge, "--out", out)
    assert done.returncode == 1
    assert not out.exists()


def test_csv_holds_no_bare_numbers_or_dates_as_identifiers(pledge: Path) -> None:
    out = pledge.parent / "register.csv"
    assert run("read", pledge, "--out", out).returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["commitment"] for row in rows] == ["sec_1__para_1-10__a", "sec_1__para_1-10__b"]
    assert {row["provision"] for row in rows} == {"paragraph 1.10"}


def test_the_workbook_holds_the_same_rows(pledge: Path) -> None:
    out = pledge.parent / "register.xlsx"
    assert run("read", pledge, "--out", out).returncode == 0
    sheet = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert sheet[0] == list(COLUMNS)
    assert sheet[1][2] == "Mend the weir by 2030"
    assert len(sheet) == 3


def test_xml_is_akoma_ntoso_that_reads_back_to_the_same_tree(pledge: Path) -> None:
    out = pledge.parent / "pledge.xml"
    done = run("read", pledge, "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    first, second = (json.loads(run("read", path, "--json").stdout) for path in (pledge, out))
    assert [p["eid"] for p in second["document"]["provisions"]] == [p["eid"] for p in first["document"]["provisions"]]
    assert [c["id"] for c in second["commitments"]] == [c["id"] for c in first["commitments"]]


def test_text_without_a_provision_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loose.txt"
    path.write_text("Weir\n", encoding="utf-8")
    done = run("read", path, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_place_that_cannot_be_written_leaves_nothing(pledge: Path) -> None:
    done = run("read", pledge, "--out", pledge.parent / "absent" / "register.json")
    assert done.returncode == 1
    assert sorted(path.name for path in pledge.parent.iterdir()) == ["pledge.txt"]


def test_a_refused_input_leaves_the_old_register_alone(tmp_path: Path) -> None:
    out = tmp_path / "register.json"
    out.write_text("old", encoding="utf-8")
    assert run("read", tmp_path / "absent.txt", "--out", out).returncode == 1
    assert out.read_text(encoding="utf-8") == "old"


def test_help_lists_the_commands_without_importing_them() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "read" in done.stdout


def test_reading_text_imports_neither_django_nor_what_other_formats_need() -> None:
    code = (
        "import sys; from followthrough.cli.read import read; from followthrough.pipeline import register_bytes;"
        "register_bytes(b'A pledge\\n\\nHereby agree to:\\n\\n1. Mend it.', 'x');"
        "print([name for name in ('django', 'rich', 'xlsxwriter', 'lxml', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.budget
def test_the_busan_statement_takes_less_than_half_a_second() -> None:
    path = shared("statements/asean-rok-joint-vision-statement-2019.txt")
    assert cpu_of(lambda: run_cli("read", path, "--json"), times=3) < 0.5
