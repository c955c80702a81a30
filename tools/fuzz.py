"""Feeds damaged files to every reader for a while and says what it found: crashes, slow files, wrong offsets.

.venv/bin/python tools/fuzz.py [MINUTES] [SEED]
"""

from __future__ import annotations

import io
import random
import sys
import time
import traceback
import zipfile
from collections import Counter

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.publish.akn import to_akn

TEXT = """Pledge of the Weir Keepers

Adopted in Harbour Town on 3 May 2024

We, the keepers, recalling the Reed Accord (RA) of 1999,

Hereby agree to:

I. Water

1. Mend the weirs by 2030, in particular:

(a) raise 30 per cent of the banks through the River Fund;

(b) call upon villages to share seed, to report floods and to keep the peace, noting that rain returns.

2. Reaffirm the need to count otters; promote and utilise rowing, while continuing to dredge.
"""
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)
BOOK = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"'
    ' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
SECONDS_A_100_KB = 2.0
SPLICES = (
    b"(",
    b"<",
    b"&",
    b"\n\n",
    b"1. ",
    b"(a) ",
    b"\x00",
    b"\xff",
    b"\xe2\x80\x8e",
    b"%",
    b"]]>",
    b"/" * 40,
    b"A" * 400,
)


def seeds() -> dict[str, bytes]:
    """Return one whole file of each format."""
    import docx
    import typst

    word, out = docx.Document(), io.BytesIO()
    for line in TEXT.split("\n\n"):
        word.add_paragraph(line, style="Heading 1" if line.startswith("I.") else None)
    word.save(out)
    html = "<html><body><nav>Home</nav>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")) + "</body></html>"
    return {
        "txt": TEXT.encode(),
        "utf-16": TEXT.encode("utf-16"),
        "md": ("# " + TEXT.replace("I. Water", "## Water")).encode(),
        "html": html.encode(),
        "docx": out.getvalue(),
        "pdf": bytes(typst.compile(TEXT.replace("(", "\\(").encode())),
        "akn": to_akn(register_bytes(TEXT.encode(), "seed")),
        "rtf": ("{\\rtf1\\ansi " + TEXT.replace("\n\n", "\\par ").replace("\n", " ") + "}").encode(),
        "eml": f"From: a@example.org\nSubject: Pledge\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}".encode(),
        "odt": _zipped("application/vnd.oasis.opendocument.text", {"content.xml": _opened()}),
        "epub": _zipped("application/epub+zip", {"META-INF/container.xml": CONTAINER, "b.opf": BOOK, "a.xhtml": html}),
    }


def _opened() -> str:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<text:p>{line}</text:p>" for line in TEXT.split("\n\n"))
    return (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )


def _zipped(kind: str, parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in {"mimetype": kind, **parts}.items():
            packed.writestr(name, part)
    return out.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with a few bytes changed, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1) if found else 0
        deed = chance.randrange(6)
        if deed == 0 and found:
            found[at % len(found)] = chance.randrange(256)
        elif deed == 1:
            found[at:at] = chance.choice(SPLICES)
        elif deed == 2:
            del found[at : at + chance.randrange(1, 200)]
        elif deed == 3:
            found[at:at] = found[at : at + chance.randrange(1, 2_000)] * chance.randrange(1, 4)
        elif deed == 4:
            del found[at:]
        else:
            found[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 20)))
    return bytes(found[:300_000])


def tried(data: bytes) -> str:
    """Read and catalogue ``data``; return what is wrong with that, or nothing."""
    start = time.process_time()
    try:
        reading = register_bytes(data, "fuzz")
    except InputRefused as refused:
        return "" if "\n" not in str(refused) else "a refusal of more than one line"
    except Exception:  # noqa: BLE001 - finding these is what this is for
        return traceback.format_exc(limit=-3)
    spent = time.process_time() - start
    if spent > SECONDS_A_100_KB * max(1, len(data) / 100_000):
        return f"{spent:.1f} s for {len(data):,} bytes"
    return _places(reading)


def _places(reading: Reading) -> str:
    length, last = len(reading.document.text), 0
    for one in reading.document.provisions:
        if not last <= one.start <= one.body <= one.end <= length:
            return "a provision overlaps another or leaves the text"
        last = one.end
    homes = {one.eid: one for one in reading.document.provisions}
    for made in reading.commitments:
        home = homes[made.provision]
        if not home.start <= made.start < made.end <= home.end:
            return "a commitment leaves its provision"
    return ""


def main(minutes: float, seed: int) -> int:
    """Fuzz for so long; print each kind of finding once, with the seed and the number of the run that shows it."""
    chance, whole = random.Random(seed), seeds()  # noqa: S311 - damage, not secrets
    runs, found = Counter[str](), Counter[str]()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        name = chance.choice(list(whole))
        data = damaged(whole[name], chance)
        runs[name] += 1
        wrong = tried(data)
        if wrong and not found[wrong]:
            sys.stdout.write(f"seed {seed}, run {runs.total()}, {name}, {len(data):,} bytes: {wrong}\n")
        found[wrong] += bool(wrong)
    said = ", ".join(f"{name} {count:,}" for name, count in sorted(runs.items()))
    sys.stdout.write(f"{runs.total():,} runs in {minutes:g} minutes ({said}): {sum(found.values()):,} findings\n")
    return 1 if sum(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
