"""The static edition: whole, by itself, only what a stranger sees, written once, and a register to go on with."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client
from lxml import html

from followthrough.errors import InputRefused
from followthrough.packs.reading import read_pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, Source
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.edition.making import publish
from followthrough.web.edition.names import Names
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.public_register import KINDS
from followthrough.web.search.models import Upto
from held_rows import laid
from made_registers import empty_register
from support import REPOSITORY
from two_agreements import BLIND, OFFICE, OPEN, SHUT, Both

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
BASE = "https://example.org/tracker/"


@pytest.fixture
def lake(db: None) -> None:
    """The invented register: six states of another region."""
    laid("lake", lambda: import_pack(read_pack(REPOSITORY / "tests" / "lake_accord"), by=SYSTEM))
    Upto.objects.all().delete()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages_of(files: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    parser = html.HTMLParser(encoding="utf-8")
    pages = {name: body for name, body in files.items() if PurePosixPath(name).match("index*.html")}
    return {name: html.document_fromstring(body, parser=parser) for name, body in pages.items()}


def problems(files: dict[str, bytes]) -> Iterator[str]:
    """Yield every link that leads nowhere, every request to elsewhere, and every page that needs a server."""
    pages = pages_of(files)
    ids = {name: {str(one) for one in page.xpath("//@id")} for name, page in pages.items()}
    for name, page in pages.items():
        for element in page.iter("a", "link", "script", "img", "form", "iframe", "use", "source"):
            for attribute in ("href", "src", "action", "srcset", "data"):
                address = element.get(attribute)
                if address is None:
                    continue
                parts = urlsplit(address)
                if parts.scheme or parts.netloc or address.startswith("/"):
                    outward = element.tag == "a" or element.get("rel") == "canonical"
                    if not outward or address.startswith("/") or parts.scheme not in ("http", "https", "mailto"):
                        yield f"{name}: {element.tag} asks for {address}"
                    continue
                file = normpath(str(PurePosixPath(name).parent / unquote(parts.path))) if parts.path else name
                if file not in files:
                    yield f"{name}: {address} leads nowhere"
                elif parts.fragment and file in ids and unquote(parts.fragment) not in ids[file]:
                    yield f"{name}: {address} has no such place"
        if page.xpath(
            "//form[not(@role='search')] | //*[@style] | //script[not(@src)] | //style | //input[@type='hidden']"
        ):
            yield f"{name} needs a server, or breaks the policy"


def test_an_edition_stands_by_itself_and_is_written_once(lake: None, client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    first = publish(folder, BASE)
    files = files_of(folder)
    assert list(problems(files)) == []
    assert first.files == len(files) - 1 == len(first.written)
    twin = "agreements/lake-accord-2021/commitments.csv"
    assert files[twin] == client.get(f"/{twin}").content
    cited = [
        body
        for name, body in files.items()
        if name.startswith("agreements/lake-accord-2021/") and name.endswith(".bib")
    ]
    assert cited
    assert all(BASE.encode() + b"agreements/lake-accord-2021/" in body for body in cited)
    assert {f"agreements/lake-accord-2021/{end}" for end in ("index.html", "commitments/index.html")} <= set(files)
    assert b"127.0.0.1" not in b"".join(
        body for name, body in files.items() if name.endswith((".html", ".bib", ".ris"))
    )

    source = Source.objects.order_by("id").exclude(pk="s-gov")[0].pk
    Source.objects.filter(pk=source).update(title="The text of the pelican")
    Document.objects.filter(pk="lake-plan").update(public=False)
    record("somebody", EventType.DOCUMENT_HIDDEN, "document", "lake-plan")
    Upto.objects.all().delete()
    kept = {name: (folder / name).stat().st_mtime_ns for name in files}
    (folder / "CNAME").write_text("example.org", encoding="utf-8")
    second = publish(folder, BASE)
    after = files_of(folder)
    assert {name for name in second.written if files.get(name) == after[name]} == set()
    same = set(files) & set(after) - set(second.written) - {"edition/manifest.json"}
    assert len(same) > len(second.written) > 0
    assert all((folder / name).stat().st_mtime_ns == kept[name] for name in same)
    assert set(second.removed) == set(files) - set(after)
    assert [name for name in after if "lake-plan" in name] == []
    assert [name for name, body in after.items() if b"lake-plan" in _unpacked(body)] == []
    assert b"pelican" in after[f"sources/{source}/index.html"]
    assert "CNAME" in after
    assert list(problems(after)) == []
    assert not (folder / "agreements" / "lake-plan").exists()

    def stop(done: int, total: int) -> None:
        if done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(folder, progress=stop)
    assert files_of(folder) == after
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    with pytest.raises(InputRefused, match="no edition"):
        publish(tmp_path)
    _restored(folder, tmp_path)


def _restored(folder: Path, home: Path) -> None:
    """Bring the register back: by Python alone, and by an installation that has nothing yet."""
    database, script = home / "register.sqlite3", folder / "edition" / "restore.py"
    alone = [sys.executable, "-I", "-S", str(script), str(folder)]
    run = subprocess.run([*alone, str(database)], capture_output=True, text=True, check=False, env={})
    assert run.returncode == 0, run.stderr
    assert database.read_bytes() == (folder / "edition" / "register.sqlite3").read_bytes()

    environment = {**os.environ, "FOLLOWTHROUGH_DATA_DIR": str(empty_register(home / "empty")), "DATABASE_URL": ""}
    package, again = folder / "edition" / "register", home / "again"
    both = "from followthrough.cli import cli; "
    both += "; ".join(
        f"cli([{verb!r}, {str(path)!r}], standalone_mode=False)"
        for verb, path in (("import", package), ("export", again))
    )
    subprocess.run([sys.executable, "-c", both], env=environment, check=True, capture_output=True)
    assert files_of(again) == files_of(package)

    (package / "documents.csv").write_bytes(b"id\n")
    run = subprocess.run(alone, capture_output=True, text=True, check=False, env={})
    assert run.returncode == 1
    assert "edition/register/documents.csv is not as it was published" in run.stderr
    shutil.rmtree(folder / "edition" / "register")
    assert "is missing" in subprocess.run(alone, capture_output=True, text=True, check=False, env={}).stderr


def _unpacked(body: bytes) -> bytes:
    if body[:2] != b"PK":
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"".join(book.read(name) for name in book.namelist())


@pytest.mark.django_db
def test_what_is_hidden_leaves_no_trace(both: Both, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    with pytest.raises(InputRefused, match="no documentation"):
        publish(tmp_path / "out", docs=docs)
    (docs / "index.html").write_text("<title>Documentation</title>", encoding="utf-8")
    publish(tmp_path / "out", docs=docs)
    assert (tmp_path / "out" / "docs" / "index.html").read_bytes() == (docs / "index.html").read_bytes()
    assert 'href="docs/index.html"' in (tmp_path / "out" / "index.html").read_text("utf-8")
    files = files_of(tmp_path / "out")
    said = {name: name.encode() + _unpacked(body) for name, body in files.items()}
    for mark in (SHUT, BLIND, OFFICE):
        assert [name for name, body in said.items() if mark.encode() in body] == [], mark
    opened = {name for name, body in said.items() if OPEN.encode() in body}
    assert len(opened) > 40
    assert any(name.startswith("edition/index/e-") for name in opened)
    assert {"edition/register/commitments.csv", "edition/register.sqlite3"} <= opened
    assert json.loads(files["edition/register/datapackage.json"])["name"] == "register"
    assert {f"edition/register/{table}.csv" for table in KINDS if table not in ("conflicts", "links")} <= opened
    assert files["edition/register/links.csv"].count(b"\n") > 5


def test_names_are_taken_by_every_system_and_differ_in_more_than_capitals() -> None:
    names = Names()
    assert names.of("/", 1, html=True) == "index.html"
    assert names.of("/agreements", 3, html=True) == "agreements/index-3.html"
    assert names.of("/sources/a%3Ab%2F..", 1, html=True) == "sources/a=3ab/=2e=2e/index.html"
    assert names.of("/sources/con", 1, html=True) == "sources/=63on/index.html"
    assert names.of("/sources/%ED%95%9C.json", 1, html=False) == "sources/=ed=95=9c.json"
    assert names.of("/a/B", 1, html=True) == "a/B/index.html"
    assert names.of("/a/b", 1, html=True) == "a/b~2/index.html"
    assert names.of("/a/b.json", 1, html=False) == "a/b.json"
    assert names.of("/a/B.json", 1, html=False) == "a/B~2.json"
    assert names.of("/a/b", 1, html=True) == "a/b~2/index.html"
