"""Every bad file gives one clear line and exit code 1, in bounded time and memory, and never a traceback."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from support import shared

pytestmark = pytest.mark.slow
SECONDS, BYTES = 20.0, 1_500_000_000
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><akomaNtoso>&j;</akomaNtoso>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><akomaNtoso>&e;</akomaNtoso>'


def zipped(name: str, data: bytes, times: int = 1) -> bytes:
    """A ZIP file with one entry of ``data`` repeated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(name, "w", force_zip64=True) as entry:
        for _ in range(times):
            entry.write(data)
    return out.getvalue()


def bomb(path: Path) -> None:
    """A Word file of 300 MB in 300 kB, made when it is asked for: packing it takes a second."""
    path.write_bytes(zipped("word/document.xml", b"<w:p>" + b" " * 1_000_000, 300))


def sparse(path: Path) -> None:
    """A file of 500 MB that takes no room."""
    with path.open("wb") as file:
        file.truncate(500_000_000)


BAD: dict[str, bytes | Callable[[Path], None]] = {
    "empty": b"",
    "blank": b" \n\t\n  \n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "random": os.urandom(5_000),
    "half a gigabyte": sparse,
    "a zip of something else": zipped("photo.jpg", b"\xff\xd8\xff" * 100),
    "a word bomb": bomb,
    "a cut word file": zipped("word/document.xml", b"<w:document/>" * 300)[:200],
    "a cut pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "billion laughs": BILLION_LAUGHS,
    "entity from outside": OUTSIDE,
    "broken xml": b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body>',
    "no structure": b"lorem ipsum dolor sit amet consectetur " * 3,
    "a pipe": os.mkfifo,
    "a directory": lambda path: path.mkdir(),
    "nothing there": lambda _path: None,
}


def read(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the command over a file, held to a memory."""

    def held() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    line = [sys.executable, "-m", "followthrough", "read", str(path)]
    return subprocess.run(
        line,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=held,
    )


@pytest.mark.parametrize("name", BAD)
def test_one_clear_line(tmp_path: Path, name: str) -> None:
    path, content = tmp_path / "a text.txt", BAD[name]
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)
    done = read(path)  # ended after SECONDS
    assert done.returncode == 1, done.stdout[:300]
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr[:600]
    assert "a text.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert "; " in done.stderr, "it says what to do"


def test_a_pdf_of_pictures_says_that_it_needs_recognition(tmp_path: Path) -> None:
    import typst

    path = tmp_path / "scan.pdf"
    path.write_bytes(typst.compile(b"#rect(width: 5cm, height: 5cm, fill: gray)"))
    done = read(path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "recogni" in done.stderr


def test_the_malformed_statements_are_refused_by_line() -> None:
    files = sorted(shared("data/un_akn/malformed").glob("*.xml"))
    assert files
    for path in files:
        done = read(path)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert "line" in done.stderr


def test_a_name_with_a_line_break_is_still_one_line(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.txt"
    path.write_bytes(b"")
    done = read(path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
