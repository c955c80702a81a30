"""A reader in a process of its own: what it gives back, what it may take, and what is said of one that dies."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from followthrough.errors import InputRefused
from followthrough.io import child_process
from followthrough.io.child_process import MB, Bounds
from followthrough.pipeline import register_bytes
from followthrough.pipeline.parts import PIECE, parts_of, reading_of, register_apart
from support import shared, shared_folder

TEXT = b"""Pledge of the Weir Keepers

Adopted in Harbour Town on 3 May 2024

We, the keepers, recalling the Reed Accord (RA) of 1999,

Hereby agree to:

1. Mend the weirs by 2030, in particular raise 30 per cent of the banks through the River Fund;

2. Reaffirm the need to count otters; promote and utilise rowing, while continuing to dredge.
"""
HOSTILE = {
    "asks for all the memory": "block = [bytes(50_000_000) for _ in range(40)]",
    "never comes back": "while True: pass",
    "waits for ever": "import time; time.sleep(600)",
    "aborts": "import os; os.abort()",
    "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "raises": "raise KeyError('weir')",
    "writes rubbish": r"import sys; sys.stdout.write('[7]\n[[{\n'); sys.exit(0)",
    "writes without end": "yield from ({'document': 'x' * 1_000_000} for _ in range(400))",
    "ends in silence": "import os; os._exit(0)",
}
SAYS = {
    "asks for all the memory": "reading it takes more than 270 MB of memory; split it",
    "never comes back": "reading it takes more than 1 seconds; split it",
    "waits for ever": "reading it takes more than 1 seconds; split it",
    "aborts": "its reader broke off: it is damaged, or takes more than 270 MB of memory; split it",
    "is killed": "reading it takes more than 270 MB of memory; split it",
    "raises": "its reader broke over it; tell us",
    "writes rubbish": "its reader broke off",
    "writes without end": "its reader broke",
    "ends in silence": "its reader broke off",
}


@dataclass(frozen=True, slots=True)
class Hasty(Bounds):
    """Bounds whose patience by the clock is short, for a reader that only waits."""

    @property
    def patience(self) -> float:
        return 2.0


def readings() -> list[tuple[bytes, str]]:
    texts = [(TEXT, "weirs.txt"), (TEXT.decode().encode("utf-16"), "wide.txt")]
    return texts + [(path.read_bytes(), path.name) for path in sorted(shared_folder().glob("catalogues/*.txt"))]


@pytest.mark.parametrize(("data", "name"), readings(), ids=lambda one: one if isinstance(one, str) else "")
def test_a_reading_in_parts_is_the_same_reading(data: bytes, name: str) -> None:
    assert reading_of(parts_of(data, name)) == register_bytes(data, name)


@pytest.mark.slow
def test_no_part_of_a_reading_is_large() -> None:
    name = b"w" * 600  # a text of more than one piece, in few paragraphs
    data = TEXT + b"".join(b"\n%d. Mend weir %d of %s.\n" % (n, n, name) for n in range(3, 600))
    parts = list(parts_of(data, "weirs.txt"))
    assert reading_of(parts) == register_bytes(data, "weirs.txt")
    assert sum("text" in part for part in parts) == 2
    assert max(len(json.dumps(part)) for part in parts) < 2 * PIECE


def test_a_reading_made_apart_is_the_same_reading() -> None:
    name = "Weißt “du”\n\ud800.txt"
    assert register_apart(TEXT, name) == register_bytes(TEXT, name)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"%PDF-1.7 but no more", b"1. \xff\x00\x00"])
def test_a_refusal_comes_back_as_it_is(data: bytes) -> None:
    with pytest.raises(InputRefused) as here:
        register_bytes(data, "a b.txt")
    with pytest.raises(InputRefused) as there:
        register_apart(data, "a b.txt")
    assert vars(here.value) == vars(there.value)
    assert str(here.value) == str(there.value)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that every new interpreter takes its reader from: what it does is what reading does."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, types\nsys.modules['followthrough.pipeline.parts'] = fake = types.ModuleType('fake')\n"
        f"exec(open({str(tmp_path / 'reader.py')!r}).read(), fake.__dict__)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "reader.py"


@pytest.mark.slow
@pytest.mark.parametrize("deed", HOSTILE)
def test_a_reader_that_a_file_turns_ends_in_one_line(reader: Path, deed: str) -> None:
    reader.write_text(f"def parts_of(data, name):\n    if False: yield\n    {HOSTILE[deed]}\n")
    seconds = 1 if "1 seconds" in SAYS[deed] else 20  # writing 256 MB takes a busy machine more than one
    bounds = (Hasty if "waits" in deed else Bounds)(270 * MB, seconds)
    with pytest.raises(InputRefused) as refused:
        for _ in child_process.run_task("catalogue", TEXT, "weirs.txt", bounds):
            pass
    assert str(refused.value).startswith(f"weirs.txt: {SAYS[deed]}")
    assert len(str(refused.value).splitlines()) == 1


def test_a_reader_has_neither_django_nor_secrets(reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.write_text(
        "def parts_of(data, name):\n    import os, sys, followthrough.register\n"
        "    yield [sorted(os.environ), sorted(sys.modules), os.listdir('/proc/self/fd')]\n"
    )
    monkeypatch.setenv("FOLLOWTHROUGH_SECRET_KEY", "a secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://someone:secret@nowhere/x")
    ((environment, modules, files),) = child_process.run_task("catalogue", TEXT, "weirs.txt")
    assert not {"FOLLOWTHROUGH_SECRET_KEY", "DATABASE_URL"} & set(environment)
    assert not [name for name in modules if name.split(".")[0] in {"django", "numpy"}]
    assert len(files) <= 6, "no file or socket of ours is open in it"


def test_bounds_grow_with_the_file() -> None:
    bounds = Bounds(100 * MB, 4, memory_a_mb=10, seconds_a_mb=2).of(3 * MB)
    assert (bounds.memory, bounds.seconds) == (130 * MB, 10)


def held(deed: str) -> subprocess.CompletedProcess[str]:
    """Run a block as the command line does, held to 200 MB and a second."""
    code = (
        "import sys, click\nfrom pathlib import Path\n"
        "from followthrough.io.child_process import Bounds, continue_in_child\n"
        "from followthrough import cli\n\n@click.command()\n"
        f"def deed():\n    with continue_in_child(Path('a.txt'), Bounds(200_000_000, 1)):\n        {deed}\n\n"
        "cli.cli = deed\ncli.main()\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("deed", "code", "out", "err"),
    [
        ("print('done')", 0, "done\n", ""),
        ("print('half'); sys.exit(3)", 3, "half\n", ""),
        ("raise KeyboardInterrupt", 1, "", "\nAborted!\n"),
        (
            "blocks = [bytes(9_000_000) for _ in range(99)]",
            1,
            "",
            "followthrough: a.txt: reading it takes more than 200 M",
        ),
        ("exec('while True: pass')", 1, "", "followthrough: a.txt: reading it takes more than 1 seconds; split it"),
        ("import os; os.abort()", 1, "", "followthrough: a.txt: its reader broke off: it is damaged, or takes more"),
    ],
)
def test_the_command_line_ends_as_its_child_does(deed: str, code: int, out: str, err: str) -> None:
    done = held(deed)
    assert (done.returncode, done.stdout) == (code, out)
    assert done.stderr.startswith(err)
    assert len(done.stderr.strip().splitlines()) <= 1


def test_the_child_of_the_command_line_ends_with_it(tmp_path: Path) -> None:
    code = (
        "import time\nfrom pathlib import Path\nfrom followthrough.io.child_process import continue_in_child\n"
        "with continue_in_child(Path('a.txt')):\n"
        f"    Path({str(tmp_path / 'there')!r}).write_text('x')\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as running:
        while not (tmp_path / "there").exists():
            time.sleep(0.02)
        running.terminate()
        assert running.wait(20) == 143
        assert running.stdout is not None
        assert running.stdout.read() == b"", "nobody else holds its output open"


@pytest.mark.slow
def test_a_page_of_130_mb_is_refused_by_its_memory() -> None:
    data = shared("cases/hostile/pdf-one-page-130MB-stream.pdf").read_bytes()
    with pytest.raises(InputRefused, match=r"takes more than 270 MB of memory; split it"):
        register_apart(data, "bomb.pdf")
