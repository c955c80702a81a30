"""Reads real texts as PDF, HTML and Word beside the readers that one would else take: words, their order, and speed.

The first texts of the folder of real ones are set as files of three formats; every reader reads each of them, in one
run. ``words`` is the share of the words of the text that come back, ``order`` that of its pairs of neighbours.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from environments import python_with
from followthrough.read import read_bytes
from read import REAL

HOME = Path(tempfile.gettempdir()) / "followthrough-bench-readers"
PACKAGES = (
    "pypdf==7.1.1",
    "pdfplumber==0.11.10",
    "pdfminer.six==20260107",
    "trafilatura==2.*",
    "docx2python==3.*",
    "lxml_html_clean",
)
TEXTS = 12
PEERS = """
import json, sys, time
from pathlib import Path
def pypdf(path):
    from pypdf import PdfReader
    return "\\n".join(page.extract_text() for page in PdfReader(path).pages)
def pdfplumber(path):
    import pdfplumber
    with pdfplumber.open(path) as book: return "\\n".join(page.extract_text() for page in book.pages)
def pdfminer(path):
    from pdfminer.high_level import extract_text
    return extract_text(path)
def trafilatura(path):
    import trafilatura
    return trafilatura.extract(Path(path).read_text(encoding="utf-8")) or ""
def docx2python(path):
    from docx2python import docx2python
    with docx2python(path) as book: return book.text
readers = {"pdf": (pypdf, pdfplumber, pdfminer), "html": (trafilatura,), "docx": (docx2python,)}
for kind, several in readers.items():
    for reader in several:
        paths = sorted(map(str, Path(sys.argv[1]).glob("*." + kind)))
        reader(paths[0])
        began = time.process_time()
        said = [reader(path) for path in paths]
        print(json.dumps([kind, reader.__name__, time.process_time() - began, said]))
"""


def make(folder: Path, at: int, paragraphs: list[str]) -> None:
    """Write ``paragraphs`` as a file of each format."""
    import docx
    import typst

    marked = (re.sub(r"([\\#$*_`<>@=\[\]~/+-])", r"\\\1", one) for one in paragraphs)
    (folder / f"{at:03}.pdf").write_bytes(bytes(typst.compile("\n\n".join(marked).encode())))
    page = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    (folder / f"{at:03}.html").write_text(f"<html lang=en><body><main>{page}</main></body></html>", encoding="utf-8")
    book = docx.Document()
    for one in paragraphs:
        book.add_paragraph(one)
    book.save(str(folder / f"{at:03}.docx"))


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in small letters."""
    return re.findall(r"\w+", text.casefold())


def kept(texts: list[str], said: list[str]) -> tuple[float, float]:
    """Return the shares of words, and of pairs of neighbours, of ``texts`` that are in ``said``."""
    words, pairs = [0, 0], [0, 0]
    for text, read in zip(texts, said, strict=True):
        want, have = words_of(text), words_of(read)
        for into, one, other in ((words, want, have), (pairs, list(pairwise(want)), list(pairwise(have)))):
            wanted = Counter[object](one)
            into[0] += (wanted & Counter[object](other)).total()
            into[1] += wanted.total()
    return words[0] / words[1], pairs[0] / pairs[1]


def _timed(files: list[bytes]) -> list[str]:
    return [read_bytes(file, "bench").document.text for file in files]


def main() -> None:
    """Print the table."""
    paths = sorted(REAL.rglob("*.md"))[:TEXTS]
    if not paths:
        sys.exit(f"no real texts in {REAL}")
    split = [re.split(r"\n\s*\n", path.read_text(encoding="utf-8")) for path in paths]
    plain = [[" ".join(re.sub(r"^#+ |[*_`>|]", "", one).split()) for one in several] for several in split]
    texts = [[one for one in several if any(map(str.isalnum, one))] for several in plain]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for at, paragraphs in enumerate(texts):
            make(folder, at, paragraphs)
        done = subprocess.run(
            [python_with(HOME, *PACKAGES), "-c", PEERS, name], stdout=subprocess.PIPE, text=True, check=True
        )
        rows = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
        whole = ["\n".join(paragraphs) for paragraphs in texts]
        for kind in ("pdf", "html", "docx"):
            files = [path.read_bytes() for path in sorted(folder.glob(f"*.{kind}"))]
            _timed(files[:1])
            began = time.process_time()
            said = _timed(files)
            table = [
                (kind, "followthrough", time.process_time() - began, said),
                *(row for row in rows if row[0] == kind),
            ]
            for _, reader, seconds, told in table:
                words, order = kept(whole, told)
                print(f"{kind:<6}{reader:<15}{words:>9.3%}{order:>9.3%}{seconds:>8.2f} s{seconds / table[0][2]:>7.2f}x")


if __name__ == "__main__":
    main()
