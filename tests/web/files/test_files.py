"""Evidence files: told by their content, bounded, scanned, kept once, fetched by who may, quoted from, backed up."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from clamd_standin import EICAR, clamd
from followthrough.errors import InputRefused
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.agreements.models import Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.files.actions.attachments import attach_to_source, share, withdraw
from followthrough.web.files.kinds import kind_of
from followthrough.web.files.models import SourceFile, StoredFile
from followthrough.web.files.policy import visible_files
from followthrough.web.files.quotes import stands_in
from followthrough.web.files.storage import S3, FileGone, storage
from followthrough.web.followup.actions import reviews
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from reporting_world import GOOD, World
from s3_server import s3_server

TEXT = "Report on the lake.\n\n1. The parties “built” two jetties — and\nmore will follow in 2027.\n"


def zipped(*names: str, **contents: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
        for name, content in contents.items():
            packed.writestr(name, content)
    return out.getvalue()


def sent(data: bytes, name: str = "report.txt") -> Any:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """A data folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.FILES_URL = settings.CLAMD = ""
    return tmp_path


@pytest.fixture
def source(world: World, folder: Path) -> Source:
    """A source of the agreement, on which one evidence item rests."""
    made = Source.objects.create(
        id="s-1", url="https://a.example/", title="News of the lake", publisher="Paper", publisher_kind="media",
        language="en",
    )  # fmt: skip
    Claim.objects.create(
        id="c-1", source=made, kind="output", statement="Jetties were built", stance="neutral", recorded="2026-01-01",
        quote="The parties \"built\" two jetties [...] more will follow",
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 x", "pdf"), (b"junk\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF0000WEBPVP8 ", "webp"), (zipped("word/document.xml"), "docx"), (zipped("xl/workbook.xml"), "xlsx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"), (b"{\\rtf1 x}", "rtf"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>x", "html"), (b"Received: from a\n\nx", "eml"), (b"a,b\n1,2\n", "txt"),
        ("Việt Nam".encode("utf-16"), "txt"),
    ],
)  # fmt: skip
def test_a_kind_is_told_by_content(data: bytes, kind: str) -> None:
    assert kind_of(io.BytesIO(data), "picture.png.exe").key == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"), (b"MZ\x90\x00\x03\x00", "no kind"), (b"\x7fELF\x02\x01\x01\x00", "no kind"),
        (b"RIFF0000WAVEfmt \x00\x01", "no kind"), (b"PK\x03\x04 cut short", "broken"), (zipped("a.class"), "no kind"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "macros"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before"),
        (b"PK\x03\x04" + b"PK\x05\x06" + bytes(8) + b"\xff\xff\xff\x7f" + bytes(6), "very many parts"),
    ],
)  # fmt: skip
def test_what_is_of_no_kind_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        kind_of(io.BytesIO(data), "fine.pdf")


def test_a_file_is_kept_once_and_fetched_by_who_may(world: World, source: Source, folder: Path) -> None:
    with pytest.raises(NotAllowed):
        attach_to_source(source, sent(TEXT.encode()), by=world.focal)
    with pytest.raises(InputRefused, match="larger than 25 MB"):
        attach_to_source(source, SimpleUploadedFile("x.txt", b"x" * 25_000_001), by=world.editor)
    assert not StoredFile.objects.exists() and not AuditEvent.objects.filter(verb="file.received").exists()
    one = attach_to_source(source, sent(TEXT.encode(), '../a"b.exe'), "the report", by=world.editor)
    again = attach_to_source(source, sent(TEXT.encode(), "other.txt"), by=world.editor)
    assert (one.known, one.here, again.here) == (False, False, True) and StoredFile.objects.count() == 1
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    kept = folder / "files" / "evidence" / digest[:2] / digest
    assert kept.read_bytes() == TEXT.encode() and kept.stat().st_mode & 0o077 == 0
    path = f"/files/{one.link.file_id}/download"
    asked: dict[str, User | None] = {"editor": world.editor, "focal": world.focal, "nobody": None}
    assert {name: _get(person, path).status_code for name, person in asked.items()} == {
        "editor": 200, "focal": 404, "nobody": 404,
    }  # fmt: skip
    share(one.link, True, by=world.editor)
    answer = _get(None, path)
    assert b"".join(answer) == TEXT.encode()
    assert answer["Content-Disposition"].startswith("attachment;") and 'ab.exe.txt"' in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff" and "; sandbox;" in answer["Content-Security-Policy"]
    withdraw(one.link, "another report", by=world.editor)
    assert _get(None, path).status_code == 404 and kept.exists()
    with pytest.raises(EditConflict):
        share(one.link, False, by=world.editor)
    attach_to_source(source, sent(TEXT.encode()), by=world.editor)
    kept.write_bytes(b"changed")
    with pytest.raises(FileGone):
        list(storage().pieces(digest))
    assert _get(world.editor, path).status_code == 404


def _get(person: User | None, path: str) -> Any:
    client = Client()
    if person:
        client.force_login(person)
    return client.get(path)


def test_the_pages_attach_look_and_quote(world: World, source: Source) -> None:
    client = Client()
    client.force_login(world.editor)
    path = "/sources/s-1/files"
    assert "none of" not in client.get("/claims/c-1").content.decode()
    page = client.post(path, {"do": "attach", "file": sent(b"Nothing of it.", "other.txt")})
    assert page.status_code == 200 and "Attached" in page.content.decode()
    assert "were not found in the file" in client.get("/claims/c-1").content.decode()
    client.post(path, {"do": "attach", "file": sent(TEXT.encode()), "note": "the report", "shared": "yes"})
    held = SourceFile.objects.get(note="the report")
    assert "These words stand in the file" in client.get("/claims/c-1").content.decode()
    found = client.get(f"/files/{held.file_id}?q=BUILT jetties").content.decode()
    assert "1 passage has these words" in found and "claims/new?source=s-1&amp;quote=" in found
    form = client.get("/agreements/lake/claims/new?source=s-1&quote=two jetties").content.decode()
    assert "two jetties" in form and "https://a.example/" in form
    assert client.post(path, {"do": "attach", "file": sent(b"MZ\x90\x00")}).status_code == 422
    assert client.post(path, {"do": "withdraw", "link": held.pk}).status_code == 422
    assert client.post(path, {"do": "withdraw", "link": held.pk, "reason": "no"}).status_code == 302
    assert client.post(path, {"do": "share", "link": 10**9}).status_code == 422
    for person in (world.focal, world.stranger):
        client.force_login(person)
        assert client.get(path).status_code == 403


def test_a_report_s_files_are_as_hidden_as_its_draft(world: World, folder: Path) -> None:
    cycle = world.opened()
    report = world.report(cycle)
    client, path = Client(), f"/reports/{report.pk}"
    client.force_login(world.focal)
    typed = {**GOOD, "seen": "0", "do": "attach", "file": sent(TEXT.encode(), "jetty.txt")}
    assert client.post(path, typed).status_code == 302
    bad = {**GOOD, "seen": "1", "do": "attach", "file": sent(b"MZ\x90\x00", "jetty.pdf")}
    assert "no kind that is taken" in client.post(path, bad).content.decode()
    held = report.files.get()
    page = client.get(path).content.decode()
    assert "jetty.txt" in page and "A first jetty was built." in page

    def sees(person: User | None) -> bool:
        return bool(_get(person, f"/files/{held.file_id}/download").status_code == 200)

    people = [world.colleague, world.other, world.editor, None]
    assert [sees(one) for one in people] == [True, False, False, False]
    report.refresh_from_db()
    submit(report, dict(GOOD), by=world.focal, seen=report.number)
    assert [sees(one) for one in people] == [True, False, True, False]
    reviews.return_report(report, {"": "more"}, by=world.editor, seen=None)
    client.post(path, {**GOOD, "seen": str(report.number), "do": f"take-out-{held.pk}"})
    secret = client.post(path, {**GOOD, "seen": "1", "do": "attach", "file": sent(b"not for them", "secret.txt")})
    assert secret.status_code == 302
    draft = report.files.get(withdrawn=None)
    assert not visible_files(world.editor).filter(pk=draft.file_id).exists()
    assert sees(world.editor), "what was sent stays with what was sent"
    report.refresh_from_db()
    submit(report, dict(GOOD), by=world.focal, seen=report.number)
    reviews.accept_report(report, by=world.editor, seen=None)
    reviews.publish_reports(cycle, [report.pk], by=world.editor)
    assert visible_files(AnonymousUser()).filter(pk=draft.file_id).exists()
    assert "secret.txt" in _get(None, f"/reports/{report.pk}/published").content.decode()
    with pytest.raises(EditConflict):
        save_draft(report, dict(GOOD), by=world.focal, seen=report.number)


def test_nothing_passes_a_scanner_unseen(world: World, source: Source, settings: Any) -> None:
    with clamd() as address:
        settings.CLAMD = address
        attached = attach_to_source(source, sent(TEXT.encode()), by=world.editor)
        assert attached.link.file.scanned
        for data, said in ((b"x" + EICAR, "Eicar-Test-Signature"), (b"x" * 1_200_000, "cannot be scanned")):
            with pytest.raises(InputRefused, match=said):
                attach_to_source(source, sent(data), by=world.editor)
    with pytest.raises(InputRefused, match="cannot be scanned"):
        attach_to_source(source, sent(b"the scanner is down"), by=world.editor)
    assert StoredFile.objects.count() == 1


@pytest.fixture
def s3(settings: Any) -> Iterator[S3]:
    """A bucket on a real S3 server on the loopback address."""
    with s3_server() as address:
        settings.FILES_URL = address
        yield S3(address)


def test_files_are_kept_in_s3_compatible_storage(world: World, source: Source, folder: Path, s3: S3) -> None:
    one = attach_to_source(source, sent(TEXT.encode()), by=world.editor)
    digest = one.link.file.sha256
    assert s3.client.get_object(Bucket="evidence", Key=f"reg/{digest[:2]}/{digest}")["Body"].read() == TEXT.encode()
    assert not (folder / "files").exists()
    assert b"".join(_get(world.editor, f"/files/{one.link.file_id}/download")) == TEXT.encode()
    with pytest.raises(FileGone, match="changed"):
        s3.put("0" * 64, io.BytesIO(b"of another hash"))
    s3.client.delete_object(Bucket="evidence", Key=f"reg/{digest[:2]}/{digest}")
    assert _get(world.editor, f"/files/{one.link.file_id}/download").status_code == 404
    assert attach_to_source(source, sent(TEXT.encode()), by=world.editor).here and s3.holds(digest)


def test_storage_that_does_not_answer_is_told(world: World, source: Source, settings: Any) -> None:
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    settings.FILES_URL = "s3://evidence?endpoint=http://127.0.0.1:9&region=us-east-1"
    with pytest.raises(InputRefused, match="cannot be kept"):
        attach_to_source(source, sent(TEXT.encode()), by=world.editor)
    assert not StoredFile.objects.exists()
    with pytest.raises(InvalidEntry, match="why"):
        withdraw(SourceFile(pk=1, attached=timezone.now()), " ", by=world.editor)


def test_a_quotation_may_leave_words_out_and_change_none() -> None:
    assert stands_in("The parties 'built' … more will", TEXT.replace("“", "'").replace("”", "'"))
    assert not stands_in("more will ... The parties", TEXT)
    assert not stands_in("three jetties", TEXT)
    assert not stands_in("…", TEXT)
