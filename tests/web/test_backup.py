"""One file with everything: of one moment while others write, restored whole or not at all, into either database."""

from __future__ import annotations

import io
import json
import os
import resource
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from followthrough.errors import InputRefused
from followthrough.web.backup.archive import MANIFEST, Manifest, Writing, reading
from followthrough.web.backup.tables import refuse_unknown
from made_registers import bundled_register, empty_register

PACK = Path(str(files("followthrough.packs") / "asean_rok_2019"))
pytestmark = pytest.mark.slow

BOOT = "import sys, time\nfrom pathlib import Path\nfrom followthrough.cli.boot import boot\nboot()\n"
PEOPLE = (
    BOOT
    + """
from django.contrib.sessions.backends.db import SessionStore
from followthrough.web.accounts.models import User
user = User.objects.create_user("keeper", password="a long enough test password")
session = SessionStore(); session["of"] = "keeper"; session.create()
"""
)
WRITER = (
    BOOT
    + """
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.actions.claims import Entry, enter_claim
document, name, n = Document.objects.get(pk="asean-rok-2019"), sys.argv[1], 0
while True:
    source = {"url": f"https://news.example/{name}/{n}", "title": f"Talks {name} {n}", "publisher": f"Paper {name}",
              "publisher_kind": "media", "published": "2025-10-01", "language": "en"}
    claim = {"kind": "agreement", "date": "2026-09-30", "statement": f"Talks {n} of {name} ended.", "value": "",
             "unit": "", "stance": "neutral", "quote": "", "notes": ""}
    enter_claim(document, Entry(source, claim, ("asean-rok-2019/4.3b",), "It says so.", "main"), by=SYSTEM)
    n += 1
    print(n, flush=True)
"""
)
TAKER = (
    BOOT
    + """
from followthrough.packs.writing import write_pack
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.backup.taking import take
at_the_moment = []
def progress(done, total):
    if not at_the_moment:  # within the snapshot, half way through
        print("begun", flush=True)
        time.sleep(float(sys.argv[3]))
        at_the_moment.append(register_as_pack())
with open(sys.argv[1], "w+b") as out:
    take(out, progress)
write_pack(at_the_moment[0], Path(sys.argv[2]))
"""
)
RESTORER = (
    BOOT
    + """
from followthrough.web.backup.archive import reading
from followthrough.web.backup.restoring import restore
def progress(done, total):
    if done >= float(sys.argv[2]) * total:
        print("lingers", flush=True)
        time.sleep(60)
with open(sys.argv[1], "rb") as file:
    restore(reading(file, "backup"), "backup", progress)
"""
)


@dataclass(frozen=True)
class Place:
    """A register of its own: a data folder and, with ``url``, a PostgreSQL database."""

    folder: Path
    url: str = ""

    def environment(self) -> dict[str, str]:
        return {**os.environ, "FOLLOWTHROUGH_DATA_DIR": str(self.folder), "DATABASE_URL": self.url}

    def start(self, code: str, *arguments: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment(), stdout=subprocess.PIPE, text=True)

    def python(self, code: str, *arguments: str | Path) -> str:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=True).stdout

    def run(
        self, *arguments: str | Path, code: int = 0, before: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "followthrough", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False, preexec_fn=before
        )
        assert done.returncode == code, done.stderr
        return done

    def export(self, folder: Path) -> dict[str, bytes]:
        """Return the register as a pack, as files by their names."""
        self.run("export", folder)
        return contents(folder)


Make = Callable[..., Place]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def database(url: str, name: str, like: str = "template1") -> str:
    """Return a new database on the server of ``url``, a copy of another."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register that was made and never used."""
    return empty_register(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the bundled register on SQLite with an account, a session and files beside it."""
    place = Place(bundled_register(tmp_path_factory.mktemp("filled")))
    place.python(PEOPLE)
    for path, text in {"files/texts/ab12": "words of a text\n", "archive/ab/ab34.gz": "an answer"}.items():
        (place.folder / path).parent.mkdir(parents=True)
        (place.folder / path).write_text(text)
    place.run("backup", place.folder / "whole.backup")
    return place.folder


@pytest.fixture
def make(empty: Path, tmp_path: Path, transactional_db: None) -> Iterator[Make]:
    """Make an empty register in the database that the tests run on; not ``here``, only a place for one in SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    made: list[str] = []

    def place(name: str, here: bool = True) -> Place:
        folder = tmp_path / name
        folder.mkdir()
        if not url and here:
            shutil.copytree(empty, folder, dirs_exist_ok=True)
        if not url or not here:
            return Place(folder)
        made.append(f"backup_{secrets.token_hex(6)}")
        return Place(folder, database(url, made[-1]))

    yield place
    for name in made:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


ACCOUNT = BOOT + (
    "from followthrough.web.accounts.models import User\nfrom django.contrib.sessions.models import Session\n"
    "print(User.objects.get(username='keeper').check_password('a long enough test password'), Session.objects.count())"
)


@pytest.mark.long
def test_all_comes_back_in_either_database(filled: Path, make: Make, tmp_path: Path) -> None:
    """SQLite to the database that the tests run on, and from there back to SQLite."""
    first, back = make("first"), make("back", here=False)
    before = Place(filled).export(tmp_path / "before")
    said = first.run("restore", filled / "whole.backup").stderr
    assert "2 files" in said and "everybody signs in again" in said and "warning" not in said
    assert first.export(tmp_path / "after") == before
    assert first.python(ACCOUNT).split() == ["True", "0"]
    assert (first.folder / "files/texts/ab12").read_text() == "words of a text\n"
    head = json.loads(first.run("audit", "verify", "--json").stdout)
    assert head["whole"] and head["guarded"]
    writer = first.start(WRITER, "next")  # numbers and ids go on behind those that came
    assert writer.stdout is not None and writer.stdout.readline() == "1\n"
    writer.kill()
    writer.communicate()
    assert json.loads(first.run("audit", "verify", "--json", "--head", head["head"]).stdout)["kept"]
    first.run("backup", first.folder / "second.backup")
    back.run("restore", first.folder / "second.backup")
    assert back.export(tmp_path / "there") == first.export(tmp_path / "here") != before


def test_a_backup_taken_while_others_write_is_of_one_moment(filled: Path, make: Make, tmp_path: Path) -> None:
    busy, again = make("busy"), make("again")
    busy.run("restore", filled / "whole.backup")
    writers = [busy.start(WRITER, f"w{n}") for n in range(2)]
    try:
        for writer in writers:
            assert writer.stdout is not None and writer.stdout.readline() == "1\n"
        busy.python(TAKER, tmp_path / "of.backup", tmp_path / "moment", "1.5")
    finally:
        for writer in writers:
            writer.kill()
    written = [len(writer.communicate()[0].split()) for writer in writers]
    assert min(written) >= 1, "somebody wrote while the backup was taken"
    moment = contents(tmp_path / "moment")
    assert moment != busy.export(tmp_path / "later") and b"Talks w0 0" in moment["sources.csv"]
    again.run("restore", tmp_path / "of.backup")
    assert again.export(tmp_path / "restored") == moment
    assert json.loads(again.run("audit", "verify", "--json").stdout)["whole"]
    assert json.loads(busy.run("audit", "verify", "--json").stdout)["whole"]


@pytest.mark.long
def test_a_restore_that_is_killed_leaves_the_register_empty_and_runs_again(filled: Path, make: Make) -> None:
    place = make("place")
    for share in ("0.1", "0.9"):
        restorer = place.start(RESTORER, filled / "whole.backup", share)
        assert restorer.stdout is not None and restorer.stdout.readline() == "lingers\n"
        os.kill(restorer.pid, signal.SIGKILL)
        restorer.communicate()
        count = BOOT + "from followthrough.web.audit.models import AuditEvent\nprint(AuditEvent.objects.count())"
        assert place.python(count) == "0\n"
        assert not (place.folder / "files").exists()
    place.run("restore", filled / "whole.backup")
    assert json.loads(place.run("audit", "verify", "--json").stdout)["whole"]
    refused = place.run("restore", filled / "whole.backup", code=1).stderr
    assert "is not empty" in refused and len(refused.splitlines()) == 1


def test_a_backup_that_is_killed_leaves_nothing_at_its_name(filled: Path, tmp_path: Path) -> None:
    place = Place(filled)
    code = TAKER.replace('with open(sys.argv[1], "w+b") as out:', "with atomic_file(Path(sys.argv[1])) as out:")
    code = code.replace(BOOT, BOOT + "from followthrough.io.atomic import atomic_file\n")
    taker = place.start(code, tmp_path / "killed.backup", tmp_path / "pack", "60")
    assert taker.stdout is not None and taker.stdout.readline() == "begun\n"
    os.kill(taker.pid, signal.SIGKILL)
    taker.communicate()
    assert not (tmp_path / "killed.backup").exists()
    place.run("backup", tmp_path / "killed.backup")


def test_a_full_disk_is_one_line_and_leaves_nothing(filled: Path, tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    said = Place(filled).run("backup", tmp_path / "full.backup", code=1, before=small).stderr
    assert len(said.splitlines()) == 1 and "cannot be written" in said
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_private_and_replaces_nothing_unasked(filled: Path, tmp_path: Path) -> None:
    place, file = Place(filled), tmp_path / "mine"
    file.write_text("mine")
    assert "is there already" in place.run("backup", file, code=1).stderr
    assert file.read_text() == "mine"
    place.run("backup", "--replace", file)
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    assert manifest["audit"]["events"] > 2_000 and "sessions.session" in manifest["left_out"]
    assert not any("session" in member["name"] for member in manifest["members"])
    empty = Place(tmp_path / "nothing").run("backup", tmp_path / "no.backup", code=1).stderr
    assert "not made yet" in empty and not (tmp_path / "no.backup").exists()


def test_an_older_form_is_restored_and_brought_up_to_date(empty: Path, filled: Path, tmp_path: Path) -> None:
    old = Place(tmp_path / "old")
    shutil.copytree(filled, old.folder)
    old.run("manage", "migrate", "--verbosity=0", "search", "0001")
    old.run("backup", tmp_path / "old.backup")
    new = Place(tmp_path / "new")
    new.run("restore", tmp_path / "old.backup")
    with closing(sqlite3.connect(new.folder / "register.sqlite3")) as register:
        assert register.execute("SELECT count(*) FROM django_migrations WHERE name = '0002_sequence'").fetchone()[0]
        assert register.execute("SELECT count(*) FROM evidence_claim").fetchone()[0] > 200
    assert "later form than the backup" in Place(empty).run("restore", tmp_path / "old.backup", code=1).stderr


def edited(whole: bytes, change: Callable[[dict[str, object]], object]) -> bytes:
    """Return a backup with another manifest."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != MANIFEST:
                new.writestr(name, old.read(name))
        manifest = json.loads(old.read(MANIFEST))
        change(manifest)
        new.writestr(MANIFEST, json.dumps(manifest))
    return out.getvalue()


def newer(manifest: dict[str, object]) -> None:
    manifest["migrations"] = [["audit", "0999_of_tomorrow"]]


def test_what_is_no_backup_of_ours_is_refused_in_one_line(filled: Path, tmp_path: Path) -> None:
    whole = (filled / "whole.backup").read_bytes()
    foreign = io.BytesIO()
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("photos/one.jpg", b"picture")
    for name, data, says in [
        ("empty", b"", "no backup"),
        ("text", b"not a backup at all", "no backup"),
        ("foreign", foreign.getvalue(), "no backup"),
        ("cut", whole[: len(whole) // 2], "no backup"),
        ("format", edited(whole, lambda about: about.update(format="other")), "no backup"),
        ("version", edited(whole, lambda about: about.update(version=2)), "later version"),
        ("tomorrow", edited(whole, newer), "later version"),
    ]:
        with pytest.raises(InputRefused, match=says) as refused:
            refuse_unknown(name, MigrationLoader(None), reading(io.BytesIO(data), name).manifest.migrations)
        assert len(str(refused.value).splitlines()) == 1, name
    place, file = Place(tmp_path / "place"), tmp_path / "head.backup"
    file.write_bytes(edited(whole, lambda about: about.update(audit={"events": 1, "head": "0"})))
    said = place.run("restore", file, code=1).stderr
    assert len(said.splitlines()) == 1 and "record ended" in said
    assert not (place.folder / "files").exists()
    assert "cannot be read" in place.run("restore", tmp_path / "absent", code=1).stderr


def small_backup() -> bytes:
    out = io.BytesIO()
    manifest = Manifest("2026-11-28T00:00:00+00:00", "1", "sqlite", [("a", "0001")], {"events": 0, "head": ""}, [])
    with Writing(out, manifest) as writing:
        writing.add("rows/a.jsonl", [b'["id"]\n', b"[1]\n", b"[2]\n"], table=True)
        writing.add("files/texts/é", [b"words " * 50])
    return out.getvalue()


SMALL = small_backup()


def test_any_damage_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    """Every bit turned over, and every length, in a real file: it is read from places that do not exist."""
    whole = reading(io.BytesIO(SMALL), "backup").manifest
    turned = (
        SMALL[:at] + bytes([SMALL[at] ^ 1 << bit]) + SMALL[at + 1 :] for at in range(len(SMALL)) for bit in range(8)
    )
    for damaged in (*turned, *(SMALL[:length] for length in range(len(SMALL)))):
        with (tmp_path / "backup").open("w+b") as file:
            file.write(damaged)
            try:
                found = reading(file, "backup").manifest
            except InputRefused as refused:
                assert len(str(refused).splitlines()) == 1
            else:
                assert len(damaged) == len(SMALL)
                assert found == whole


@pytest.mark.parametrize("name", ["../away", "files/../../away", "/etc/passwd", "rows", "elsewhere/x", "files/a\\b"])
def test_a_backup_writes_nowhere_else(name: str) -> None:
    out = io.BytesIO()
    manifest = Manifest("", "1", "sqlite", [], {}, [])
    with Writing(out, manifest) as writing:
        writing.add(name, [b"x"])
    with pytest.raises(InputRefused, match="no backup"):
        reading(out, "backup")
