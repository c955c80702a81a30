"""Cycles and published ratings leave with the register and come back the same; what is nobody else's business stays."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from followthrough.errors import ManyRefused
from followthrough.packs import reporting
from followthrough.packs.reading import Pack, read_pack
from followthrough.packs.writing import pack_files, write_pack
from followthrough.publish import restore
from followthrough.web.accounts.actions.demo_people import demo_person
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.assessments.example import people as raters
from followthrough.web.assessments.example import seed as rated_example
from followthrough.web.assessments.models import AdjudicatedRating, Assessment, Rating, RatingUnit, Reply
from followthrough.web.assessments.rows import results_of
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.importing import difference, import_pack
from followthrough.web.exchange.pack_tables import MODELS, register_as_pack
from followthrough.web.exchange.public_register import public_pack
from followthrough.web.exchange.reported_rows import READERS, report_id
from followthrough.web.followup import example
from followthrough.web.followup.actions.checks import Said, answer_records
from followthrough.web.followup.models import (
    Assignment,
    Comment,
    Cycle,
    Question,
    RecordCheck,
    Report,
    SavedDraft,
    Submission,
)
from followthrough.web.followup.party_record import record_of
from followthrough.web.followup.published_reports import published_at
from followthrough.web.followup.questions import QuestionKind
from followthrough.web.followup.states import Shown
from followthrough.web.links.models import Link
from frictionless_check import problems
from held_rows import laid
from made_registers import empty_register

MARK = "pelican"
REPORTED = (SavedDraft, Comment, RecordCheck, Submission, Assignment, Question, Report, Cycle, Reply, AdjudicatedRating,
            Rating, RatingUnit, Assessment)  # fmt: skip
"""Everything of cycles and rounds, each model before those that it points to."""


def play(pack: Pack) -> None:
    """Do what ``followthrough demo`` does before it serves: the pack, the people, a round and two cycles."""
    import_pack(pack, by=SYSTEM)
    editor = demo_person("demo-editor", "")
    grant_role(editor, Role.EDITOR, by=SYSTEM)
    document = Document.objects.get(pk="asean-rok-2019")
    raters(document, "KOR")
    rated_example(document)
    example.people(document)
    cycle = example.seed(document, editor)
    assert cycle is not None
    voice = User.objects.get(username="demo-focal-tha")
    entries = record_of(cycle, "THA", voice)[:5]
    Cycle.objects.filter(pk=cycle.pk).update(late_until="2999-01-01T00:00:00Z")
    answer_records(
        Cycle.objects.get(pk=cycle.pk), "THA", [Said(one.key, "right", one.stamp) for one in entries], by=voice
    )


@pytest.fixture
def demo(db: None, bundled: Pack) -> None:
    """The whole demo: its register, round and cycles."""
    laid("demo", partial(play, bundled))


@pytest.fixture
def exported(demo: None) -> Pack:
    """The demo as it leaves."""
    return register_as_pack()


def test_every_table_leaves_and_comes_back_the_same(exported: Pack) -> None:
    assert all(exported.rows[name] for name in READERS), {name for name in READERS if not exported.rows[name]}
    before, results = pack_files(exported), results_of(Assessment.objects.get())
    shown = [one[:4] for one in published_at("asean-rok-2019/2.4", SYSTEM)]
    assert shown
    assert difference(exported).changes == ()
    Cycle.objects.update(previous=None)
    for model in REPORTED:
        model._base_manager.all().delete()
    events = AuditEvent.objects.count()
    import_pack(exported, by=SYSTEM)
    assert pack_files(register_as_pack()) == before
    again = results_of(Assessment.objects.get())
    assert (again.scores, again.agreement) == (results.scores, results.agreement)
    assert again.agreement.alpha is not None
    assert [one[1:4] for one in published_at("asean-rok-2019/2.4", SYSTEM)] == [one[1:] for one in shown]
    verbs = set(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)[events:])
    assert {"cycle.added", "report.added", "check.added", "assessment.imported", "cell.settled"} <= verbs
    assert set(Report.objects.values_list("state", flat=True)) == {"open", "accepted", "published"}


def test_drafts_what_waits_comments_values_of_open_rounds_and_names_stay(demo: None, tmp_path: Path) -> None:
    said: dict[str, Any] = {"done.text": f"{MARK} done"}
    waiting = Submission.objects.exclude(decision="accepted")
    assert waiting.filter(decision="").exists() and waiting.filter(decision="returned").exists()
    waiting.update(answers=said)
    Report.objects.update(answers=said, saved_by=MARK)
    SavedDraft.objects.update(answers=said, by=MARK)
    Comment.objects.update(text=MARK, by=MARK)
    check = RecordCheck.objects.first()
    assert check is not None
    RecordCheck.objects.create(cycle=check.cycle, party=check.party, kind="new", record="n-1", answer="missing",
                               words=MARK, url=f"https://{MARK}.org", by=MARK, at=check.at)  # fmt: skip
    Submission.objects.update(sent_by=MARK, decided_by=MARK, published_by=MARK)
    Cycle.objects.update(opened_by=MARK)
    RecordCheck.objects.update(by=MARK)
    AdjudicatedRating.objects.update(by=MARK)
    Reply.objects.update(by=MARK)
    coder = User.objects.get(username="demo-coder-a")
    User.objects.filter(pk=coder.pk).update(username=f"{MARK}-coder", email=f"{MARK}@example.org")
    Link.objects.filter(pk__in=Link.objects.values("pk")[:3]).update(confirmed_by=f"{MARK}-coder")
    published = Assessment.objects.get()
    unpublished = Assessment.objects.create(id="r-shut", document=published.document, title=MARK, scale="g20-2009",
                                            scale_version="1", opened=published.opened, opened_by=MARK)  # fmt: skip
    about = {"commitment_id": "asean-rok-2019/1.1a", "party_id": "KOR", "position": 1}
    unit = RatingUnit.objects.create(assessment=unpublished, **about)
    Rating.objects.create(cell=unit, coder=coder, value=MARK, why=MARK, submitted=published.opened)
    half = RatingUnit.objects.filter(assessment=published)[0]
    half.ratings.update(value=MARK, why=MARK)
    half.ratings.filter(coder=coder).update(submitted=None)
    for pack in (register_as_pack(), public_pack()):
        files = pack_files(pack)
        assert [name for name, body in files.items() if MARK.encode() in body] == []
        write_pack(pack, tmp_path / pack.name)
    assert difference(register_as_pack()).changes == (), "who confirmed a link is not taken away by one's own export"


def test_the_edition_holds_what_a_stranger_sees_and_restores_it(demo: None, tmp_path: Path, settings: Any) -> None:
    accepted = Submission.objects.filter(decision="accepted", published=None)
    assert accepted.exists()
    pack = public_pack()
    versions = pack.rows["report_versions"]
    assert len(versions) == Submission.objects.filter(published__isnull=False).count()
    assert all(row["published"] for row in versions) and pack.rows["confirmations"]
    write_pack(pack, tmp_path / "package")
    restore.write_database(tmp_path / "package", tmp_path / "register.sqlite3")
    for name, content in restore.tables_of(tmp_path / "register.sqlite3", tmp_path / "package").items():
        assert content == (tmp_path / "package" / name).read_bytes(), name
    Cycle.objects.filter(closed=None).update(shown=Shown.NOTHING)
    kept = {str(row["id"]) for row in public_pack().rows["cycles"]}
    assert kept == set(Cycle.objects.exclude(closed=None).values_list("pk", flat=True))
    settings.DEMO = False
    assert not any(public_pack().rows[name] for name in READERS if name.startswith(("cycle", "report", "confirm")))


def test_what_was_sent_or_rated_is_not_changed_by_an_import(exported: Pack) -> None:
    def refused(table: str, **cells: Any) -> str:
        first, *others = sorted(exported.rows[table], key=lambda row: not row.get("closed"))
        rows = [{**first, **cells}, *others]
        with pytest.raises(ManyRefused) as caught:
            import_pack(replace(exported, rows={**exported.rows, table: rows}), by=SYSTEM)
        return str(caught.value)

    assert "is here already with another words" in refused("report_answers", words="Something else.")
    assert "another value" in refused("final_ratings", value="none")
    assert "another closed" in refused("cycles", closed="2031-01-01T00:00:00Z")
    assert "would complete" in refused("report_answers", id="x/another", field="more.text")
    key = {"id": "another", "scale": "of-their-own"}
    rounds = [*exported.rows["rounds"], {**exported.rows["rounds"][0], **key}]
    with pytest.raises(ManyRefused, match="no scale here"):
        import_pack(replace(exported, rows={**exported.rows, "rounds": rounds}), by=SYSTEM)
    with transaction.atomic():
        one = Submission.objects.filter(decision="accepted")[0]
        Submission.objects.filter(pk=one.pk).update(decision="")
        with pytest.raises(ManyRefused, match="not accepted here"):
            import_pack(exported, by=SYSTEM)
        transaction.set_rollback(True)
    late = Submission.objects.filter(decision="accepted", published=None)[0]
    version = f"{report_id(late.report.cycle_id, late.report.party_id, late.report.provision_id)}/v{late.number}"
    now = {"published": "2031-01-01T00:00:00Z"}
    rows = [{**row, **(now if row["id"] == version else {})} for row in exported.rows["report_versions"]]
    what = import_pack(replace(exported, rows={**exported.rows, "report_versions": rows}), by=SYSTEM)
    assert [(one.id, sorted(one.fields)) for one in what.changes] == [(version, ["published"])]
    assert AuditEvent.objects.filter(verb="report.published", target=version).exists()


SCRIPT = """
import os, sys
from pathlib import Path
from followthrough.cli.boot import boot
boot(None)
from followthrough.packs.reading import read_pack
from followthrough.packs.writing import write_pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.pack_tables import register_as_pack
package, out, stop = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
import_pack(read_pack(package), by=SYSTEM, progress=lambda table: table == stop and os._exit(9))
if os.fork() == 0:
    write = Path.write_bytes
    Path.write_bytes = lambda path, data: os._exit(9) if path.name == "reports.csv" else write(path, data)
    write_pack(register_as_pack(), out)
assert os.waitstatus_to_exitcode(os.wait()[1]) == 9
assert not out.exists()
write_pack(register_as_pack(), out)
"""


@pytest.mark.sqlite
@pytest.mark.slow
def test_the_whole_demo_into_an_empty_instance_and_out_again(exported: Pack, whole: Pack, tmp_path: Path) -> None:
    rows = {**exported.rows, "vintages": whole.rows["vintages"], "figures": whole.rows["figures"]}
    package, again = tmp_path / "package", tmp_path / "again"
    write_pack(replace(exported, rows=rows), package)
    assert problems(package) == []
    assert read_pack(package).rows.keys() == MODELS.keys() | READERS.keys()
    home = empty_register(tmp_path / "home")
    environment = {**os.environ, "FOLLOWTHROUGH_DATA_DIR": str(home), "DATABASE_URL": ""}
    run = [sys.executable, "-c", SCRIPT, str(package), str(again)]
    killed = subprocess.run([*run, "report_answers"], env=environment, check=False, capture_output=True)
    assert killed.returncode == 9, killed.stderr.decode()
    with closing(sqlite3.connect(home / "register.sqlite3")) as held:
        counts = [
            held.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
            for table in ("agreements_document", "followup_cycle", "followup_submission", "audit_auditevent")
        ]
    assert counts == [0, 0, 0, 0]
    subprocess.run([*run, ""], env=environment, check=True)
    assert files_of(again) == files_of(package)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_words_of_the_tables_are_those_of_the_cycles() -> None:
    assert set(reporting.SHOWN) == set(Shown)
    assert set(reporting.QUESTIONS) == set(QuestionKind)
