"""Writes down everything that the program shows, so that a change of the code that should change nothing can prove it.

    python tools/snapshot.py take OUT [--root REPOSITORY] [--texts FOLDER ...]
    python tools/snapshot.py diff BEFORE AFTER

``take`` fills two registers, the bundled pack and the one of ``tests/lake_accord``, with people of every role and with
one of everything that they can make, under a fixed clock and fixed secrets. Then it asks for every address of the URL
resolver, in every form, as everybody, and writes one file an answer: ``OUT/<register>/<role>/<address>``. Beside them
stand the exports of each register and what the commands print for the files of the given folders.
``--root`` names the repository whose program is asked; this file may stand in another one. Both snapshots of a
comparison must be of the same inputs: ``--lake``, ``--statement`` and ``--texts`` name them.

``diff`` compares two such folders and groups what differs by kind, so that one change on a thousand pages is one line.

What must vary is normalised (``NORMALISED`` in ``tests/snapshot_pages.py``): tokens against forged requests, values of
cookies and entity tags. Exit code: 0 where nothing differs, 1 where something does.
"""
# ruff: noqa: S603, T201  the commands are lists of our own words; this is a report for a terminal

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))
from snapshot_commands import take_commands  # noqa: E402  the folder of the tests is no package
from snapshot_diff import report  # noqa: E402

REGISTERS = ("asean_rok", "lake")


def main() -> int:
    """Take a snapshot, or compare two."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = asked.add_subparsers(dest="verb", required=True)
    take = verbs.add_parser("take")
    take.add_argument("out", type=Path)
    take.add_argument("--root", type=Path, default=ROOT)
    take.add_argument("--texts", type=Path, action="append", default=[], help="a folder of files to read")
    take.add_argument("--statement", type=Path, help="the official text of the bundled pack")
    take.add_argument(
        "--lake", type=Path, default=ROOT / "tests" / "lake_accord", help="the pack of the second register"
    )
    take.add_argument(
        "--few", type=int, default=0, help="ask nobody signed in, too, for so many addresses of each route"
    )
    take.add_argument("--register", choices=REGISTERS, help="this register only, in this process")
    compare = verbs.add_parser("diff")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--examples", type=int, default=1, help="examples of each kind")
    given = asked.parse_args()
    if given.verb == "diff":
        return report(given.before, given.after, int(given.examples))
    return _take(given)


def _take(given: argparse.Namespace) -> int:
    python = given.root / ".venv" / "bin" / "python"
    if given.register:
        from snapshot_register import take_register

        take_register(given.register, given.out, given.statement, given.lake, given.few)
        return 0
    if given.out.exists():
        print(f"{given.out} is there already: name a new folder", file=sys.stderr)
        return 1
    given.out.mkdir(parents=True)
    inputs = ["--few", str(given.few), "--lake", str(given.lake.resolve())]
    inputs += ["--statement", str(given.statement.resolve())] if given.statement else []
    runs = []
    for name in REGISTERS:
        command = [str(python), __file__, "take", str(given.out.resolve()), "--register", name, *inputs]
        runs.append(subprocess.Popen(command, cwd=given.root))
    failed = [run.args for run in runs if run.wait()]
    take_commands(given.root, given.out / "commands", given.texts)
    files = sum(path.is_file() for path in given.out.rglob("*"))
    print(f"{given.out}: {files} files", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
