"""Where the bytes of files are: in the data folder, outside everything that is served, or in S3-compatible storage.

A file is addressed by the SHA-256 of its content, so that it is stored once and cannot be changed under its address.
There is no way to delete one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PIECE = 1 << 16
FOLDER = "files/evidence"
"""Below the data folder; in a backup the files stand there wherever they are kept."""


class FileGone(Exception):
    """The storage does not answer, has no such file, or holds other bytes than it was given."""


class Storage(Protocol):
    """What keeps files by the hash of their content."""

    def holds(self, sha256: str) -> bool:
        """Say whether a file is there."""

    def put(self, sha256: str, file: IO[bytes]) -> None:
        """Keep a file, from its beginning; one that is there already stays. Raises ``FileGone``."""

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """Yield a file in pieces. Raises ``FileGone``."""


class Disk:
    """Keeps files in a folder, for its owner alone; a file gets its name when it is whole and on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def holds(self, sha256: str) -> bool:
        """Say whether a file is there."""
        return self._path(sha256).is_file()

    def put(self, sha256: str, file: IO[bytes]) -> None:
        """Keep a file, from its beginning."""
        path = self._path(sha256)
        if path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as copy:
                for piece in checked(_read(file), sha256):
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """Yield a file in pieces."""
        try:
            with self._path(sha256).open("rb") as file:
                yield from checked(_read(file), sha256)
        except OSError as error:
            raise FileGone(str(error)) from error

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256


class S3:
    """Keeps files in a bucket; keys and region come from the environment or the machine, as the client reads them."""

    def __init__(self, address: str) -> None:
        try:
            from boto3.session import Session
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError, ClientError
        except ImportError:
            raise ImproperlyConfigured("FOLLOWTHROUGH_FILES_URL needs the extra s3: followthrough[web,s3]") from None
        parts = urlsplit(address)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.bucket, self.prefix = parts.netloc, parts.path.strip("/")
        self.failures: tuple[type[Exception], ...] = (BotoCoreError, ClientError)
        config = Config(connect_timeout=10, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"})
        self.client: Any = Session().client(
            "s3", endpoint_url=options.get("endpoint"), region_name=options.get("region"), config=config
        )

    def holds(self, sha256: str) -> bool:
        """Say whether a file is there. Raises ``FileGone`` where the storage does not answer."""
        try:
            self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except self.failures as error:
            if getattr(error, "response", {}).get("Error", {}).get("Code") in ("404", "NoSuchKey", "NotFound"):
                return False
            raise FileGone(str(error)) from error
        return True

    def put(self, sha256: str, file: IO[bytes]) -> None:
        """Keep a file, from its beginning; the storage compares what came with the hash."""
        if self.holds(sha256):
            return
        for _piece in checked(_read(file), sha256):
            pass
        file.seek(0)
        checksum = _base64(bytes.fromhex(sha256))
        try:
            self.client.put_object(Bucket=self.bucket, Key=self._key(sha256), Body=file, ChecksumSHA256=checksum)
        except self.failures as error:
            raise FileGone(str(error)) from error

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """Yield a file in pieces."""
        try:
            body = self.client.get_object(Bucket=self.bucket, Key=self._key(sha256))["Body"]
            yield from checked(body.iter_chunks(PIECE), sha256)
        except self.failures as error:
            raise FileGone(str(error)) from error

    def _key(self, sha256: str) -> str:
        return "/".join(filter(None, (self.prefix, sha256[:2], sha256)))


def storage() -> Storage:
    """Return the storage that the settings name."""
    return _storage(settings.FILES_URL, str(settings.DATA_DIR))


@cache
def _storage(address: str, folder: str) -> Storage:
    if not address:
        return Disk(Path(folder) / FOLDER)
    if address.startswith("s3://"):
        return S3(address)
    raise ImproperlyConfigured("FOLLOWTHROUGH_FILES_URL is empty or begins with s3://")


def checked(pieces: Iterator[bytes], sha256: str) -> Iterator[bytes]:
    """Yield ``pieces``. Raises ``FileGone`` before the last one where they are other bytes than those of ``sha256``."""
    found, held = hashlib.sha256(), b""
    for piece in pieces:
        found.update(piece)
        if held:
            yield held
        held = piece
    if found.hexdigest() != sha256:
        raise FileGone(f"{sha256}: changed")
    yield held


def _read(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _base64(raw: bytes) -> str:
    from base64 import b64encode

    return b64encode(raw).decode("ascii")
