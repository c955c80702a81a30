"""Writes down what the commands print for files: part of ``snapshot.py``."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

READABLE = {".txt", ".pdf", ".docx", ".html", ".htm", ".xml", ".md", ".eml", ".rtf"}
SECONDS = 120
TABLES = {
    "long.csv": "series,year,value\na,2015,14.5\na,2023,10.2\nb,2018,91.3\nb,2022,94.5\nc,2015,<2.5\nc,2019,\nd,2020,7",
    "meta.csv": "series,direction,target,target_year,limit,base_year\na,down,7.25,2030,,2015\nb,up,100,2030,,2018\n",
    "wide.csv": "series;2015;2019;2023\na;14,5;12,1;10,2\nb;1.000,5;..;n/a\n",
    "ratings.csv": "commitment,KOR,SGP,THA\n1,+1,0,−1\n2,0, 1,\n3,n/a,0,1\n",
    "ratings-long.csv": "commitment,party,value\n1,KOR,1\n1,SGP,0\n2,KOR,-1\n2,SGP,9\n",
    "coders.csv": "unit,coder,value\n1,a,1\n1,b,1\n2,a,2\n2,b,3\n3,a,3\n3,b,3\n4,a,1\n4,b,\n",
    "empty.csv": "",
}
"""Tables of our own for the commands that count."""
COUNTING: tuple[tuple[str, ...], ...] = (
    ("measure", "long.csv"), ("measure", "long.csv", "--json"),
    ("measure", "long.csv", "--series", "meta.csv", "--json"), ("measure", "wide.csv", "--json"),
    ("measure", "empty.csv"), ("measure", "missing.csv"), ("measure", "long.csv", "--method", "none"),
    ("score", "ratings.csv", "--scale", "g20-2009"), ("score", "ratings.csv", "--scale", "g20-2009", "--json"),
    ("score", "ratings.csv", "--scale", "g8-2001", "--na", "as-zero", "--json"),
    ("score", "ratings-long.csv", "--scale", "g20-2009", "--json"), ("score", "ratings.csv", "--scale", "none"),
    ("agree", "coders.csv"), ("agree", "coders.csv", "--json"),
    ("agree", "coders.csv", "--level", "interval", "--json"),
)  # fmt: skip
HELP = (
    "", "read", "measure", "score", "agree", "refresh", "demo", "import", "export", "people", "people add", "audit",
    "audit verify", "backup", "restore", "serve",
)  # fmt: skip


def take_commands(root: Path, out: Path, folders: Sequence[Path]) -> None:
    """Run the commands of the repository at ``root`` on tables of our own and on the files of the folders."""
    out.mkdir(parents=True)
    program = root / ".venv" / "bin" / "followthrough"
    with tempfile.TemporaryDirectory(prefix="snapshot-commands-") as made:
        place = Path(made)
        for name, text in TABLES.items():
            (place / name).write_text(text, encoding="utf-8")
        with ThreadPoolExecutor(2) as pool:
            runs = pool.map(lambda words: _run(program, words, place, root), _commands(folders))
            for name, text in runs:
                (out / name).write_text(text, encoding="utf-8", newline="")
        for file in sorted(place.glob("register-*")):
            from snapshot_pages import normalised, text_of

            (out / f"{file.name}.out").write_text(normalised(text_of(file.read_bytes())), encoding="utf-8", newline="")


def _commands(folders: Sequence[Path]) -> Iterator[list[str]]:
    yield from ([*words.split(), "--help"] for words in HELP)
    yield from (list(words) for words in COUNTING)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in READABLE)
    for number, file in enumerate(files):
        yield ["read", str(file), "--json"]
        yield ["read", str(file)]
        if file.suffix == ".txt":
            yield from (
                ["read", str(file), "--out", f"register-{number}-{file.stem}.{e}"]
                for e in ("csv", "xlsx", "xml", "json")
            )


def _run(program: Path, words: Sequence[str], place: Path, root: Path) -> tuple[str, str]:
    """Run one command; return the name of its file, and everything that it said."""
    environment = {**os.environ, "COLUMNS": "100", "FOLLOWTHROUGH_DATA_DIR": str(place / "data"), "NO_COLOR": "1"}
    try:
        run = subprocess.run(
            [str(program), *words], cwd=place, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
        said = f"exit {run.returncode}\n== out\n{_text(run.stdout)}\n== error\n{_text(run.stderr)}"
    except subprocess.TimeoutExpired:
        said = f"not done in {SECONDS} seconds"
    name = " ".join(Path(word).name if word.startswith("/") else word for word in words) or "(nothing)"
    return name.replace("/", "%2F")[:200], said.replace(str(place), "HERE").replace(str(root), "ROOT")


def _text(said: bytes) -> str:
    return said.decode("utf-8", errors="replace")
