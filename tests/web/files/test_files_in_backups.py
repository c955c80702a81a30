"""A backup holds evidence files wherever they are kept, says so, and gives them to the storage of the new place."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from followthrough.web.backup.archive import reading
from followthrough.web.backup.restoring import _place, _stage
from followthrough.web.files.storage import S3
from made_registers import empty_register
from s3_server import s3_server

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
WORDS = b"The parties built two jetties."
ATTACH = """
from followthrough.cli.boot import boot
boot()
from django.core.files.uploadedfile import SimpleUploadedFile
from followthrough.web.accounts.models import User
from followthrough.web.agreements.models import Document, Source
from followthrough.web.files.actions.attachments import attach_to_source
Document.objects.create(id="lake", title="Lake", short_title="Lake", kind="statement")
source = Source.objects.create(id="s", url="https://a.example/", title="News", publisher="Paper",
                               publisher_kind="media", language="en")
keeper = User.objects.create_superuser("keeper")
attach_to_source(source, SimpleUploadedFile("jetties.txt", b"The parties built two jetties."), by=keeper)
"""


def ran(folder: Path, url: str, *line: str | Path) -> str:
    environment = {
        **os.environ,
        "FOLLOWTHROUGH_DATA_DIR": str(folder),
        "FOLLOWTHROUGH_FILES_URL": url,
        "DATABASE_URL": "",
    }
    command = [sys.executable, *map(str, line)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_evidence_files_are_in_a_backup_and_come_back(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, settings: Any
) -> None:
    folder, file = empty_register(tmp_path_factory.mktemp("with-files")), tmp_path / "a.backup"
    digest = hashlib.sha256(WORDS).hexdigest()
    name = f"files/evidence/{digest[:2]}/{digest}"
    with s3_server() as address:
        ran(folder, address, "-c", ATTACH)
        assert not (folder / "files").exists()
        assert "1 files (1 of them evidence)" in ran(folder, address, "-m", "followthrough", "backup", file)
        other = address.replace("/reg?", "/elsewhere?")
        with file.open("rb") as source:  # the part of a restore that places files: all others are tested elsewhere
            contents = reading(source, "a.backup")
            for place in (other, ""):
                settings.FILES_URL, stage = place, tmp_path / "data" / ".followthrough" / "restoring"
                _stage(contents, stage)
                _place(stage)
        assert b"".join(S3(other).pieces(digest)) == WORDS
    assert (tmp_path / "data" / name).read_bytes() == WORDS
