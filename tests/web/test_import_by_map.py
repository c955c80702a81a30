"""``import --propose``, ``--map`` and ``--errors`` on a register: what is proposed comes in, or its cell is named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from followthrough.cli import pack
from followthrough.errors import ManyRefused
from followthrough.spreadsheets.errors_copy import HEADING
from followthrough.spreadsheets.grid import read_grid
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Document
from followthrough.web.assessments.models import Assessment
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.indicators.models import Observation
from followthrough.web.links.models import Link
from spreadsheets.ministry_workbooks import make

SOURCE = 'source_url = "https://lakes.example/list"\npublisher = "Ministry of Lakes"\n'


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, register: Document) -> None:
    """The command runs in this process, on the database of the tests."""
    monkeypatch.setattr(pack, "boot", lambda _folder: None)
    monkeypatch.setattr(pack, "migrate", lambda: None)


def run(*words: object) -> Result:
    """Run ``import`` with these words."""
    return CliRunner().invoke(pack.import_, [str(word) for word in words])


def proposed(path: Path, *said: str) -> Path:
    """The proposed map of a workbook as a file, with what is said of its source added."""
    result = run(path, "--propose")
    assert result.exit_code == 0, result.output
    map_file = path.with_suffix(".toml")
    text = result.stdout
    fixed = SOURCE + "\n".join(said) + "\n"
    text = text.replace("[fixed]\n", f"[fixed]\n{fixed}") if "[fixed]" in text else f"{text}\n[fixed]\n{fixed}"
    map_file.write_text(text, "utf-8")
    return map_file


def answered(map_file: Path, answers: str) -> None:
    """Add answers to cells."""
    map_file.write_text(f"{map_file.read_text('utf-8')}\n[cells]\n{answers}\n", "utf-8")


def refused(result: Result) -> list[str]:
    """The places that a refused import names."""
    assert isinstance(result.exception, ManyRefused), result.output
    return [str(one.where) for one in result.exception.problems]


def test_a_matrix_with_errors_is_refused_by_cell_answered_and_imported_once(tmp_path: Path) -> None:
    path, _ = make("merged_headers", tmp_path)
    map_file, errors = proposed(path), tmp_path / "to-correct.xlsx"
    assert tomllib.loads(map_file.read_text("utf-8"))["columns"]["A"] == "number"
    before, events = Activity.objects.count(), AuditEvent.objects.count()
    places = refused(run(path, "--map", map_file, "--errors", errors))
    assert {"cell A7", "cell F8", "cell G11", "cell H11"} <= set(places)
    assert (Activity.objects.count(), AuditEvent.objects.count()) == (before, events)
    copied = read_grid(errors)[0]
    assert copied.rows[0][-1].text == HEADING
    assert "F8" in copied.rows[7][-1].text
    answered(map_file, 'A7 = "4.3"\nA9 = "4.4"\nF8 = "2024"\nG11 = ""\nH11 = ""')
    shown = run(path, "--map", map_file, "--dry-run")
    assert shown.exit_code == 0, shown.output + str(shown.exception)
    assert shown.stdout.count("added    activities ") == 6
    assert Activity.objects.count() == before
    assert run(path, "--map", map_file).exit_code == 0
    assert Activity.objects.count() == before + 6
    made = Activity.objects.get(title="TVET courses")
    assert (made.start, str(made.budget), made.currency) == ("2024", "350000", "USD")
    assert AuditEvent.objects.filter(verb="activity.added", target__startswith="a-merged").count() == 6
    again = run(path, "--map", map_file, "--dry-run")
    assert "added    activities " not in again.stdout
    assert "changed  activities " not in again.stdout


def test_evidence_is_linked_by_its_number_and_by_its_words(tmp_path: Path) -> None:
    path, _ = make("several_sheets", tmp_path)
    map_file = proposed(path)
    answered(map_file, 'C4 = "2024-03-05"')
    result = run(path, "--map", map_file)
    assert result.exit_code == 0, result.output + str(result.exception)
    claims = Claim.objects.filter(source__url__contains="example.org/").values_list("date", flat=True)
    assert sorted(claims) == ["2024-03-05", "2024-03-14", "2024-05"]
    assert Link.objects.filter(rationale__startswith="named by its number in row").count() == 3


def test_a_banks_download_and_a_table_of_scores_are_imported(tmp_path: Path) -> None:
    path, _ = make("bank_wide", tmp_path)
    result = run(path, "--map", proposed(path))
    assert result.exit_code == 0, result.output + str(result.exception)
    assert Observation.objects.filter(series="IT.NET").count() == 5
    path, _ = make("scores", tmp_path)
    map_file = proposed(path, 'scale = "g20-2009"', 'round = "Lakes"')
    assert "cell A2" in refused(run(path, "--map", map_file, "--dry-run"))
    answered(map_file, 'A2 = "asean-rok-2019/4.3a"\nA3 = "asean-rok-2019/4.4a"')
    shown = run(path, "--map", map_file, "--dry-run")
    assert shown.exit_code == 0, shown.output + str(shown.exception)
    assert "asean-rok-2019/4.3a THA full" in shown.stdout
    assert not Assessment.objects.filter(title="Lakes").exists()
    assert run(path, "--map", map_file).exit_code == 0
    assert Assessment.objects.get(title="Lakes").cells.count() == 6
