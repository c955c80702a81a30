"""``followthrough mcp`` and ``followthrough questions``: tools for machines that read, and how well they answer."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.cli.boot import boot, migrate, require_current
from followthrough.cli.pack import data_dir_option
from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from followthrough.web.answers.questions import Scored


@click.command("mcp")
@data_dir_option
def mcp(data_dir: Path | None) -> None:
    """Answer questions of machines about what is public in the register, by the Model Context Protocol.

    Requests come on standard input, a JSON document a line, and answers go to standard output. Nothing is written.
    """
    from importlib.metadata import version
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        do = "install followthrough with its extras web and mcp"
        raise InputRefused("followthrough mcp", "needs a package that is not installed", do)
    boot(data_dir)
    require_current()
    from followthrough.web.answers.server import serve

    serve(sys.stdin.buffer, version("followthrough"))


@click.command("questions")
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Questions of your own; otherwise those that come with the bundled register.")  # fmt: skip
@click.option("--bundled", is_flag=True, help="Ask the bundled register, loaded anew and taken away again.")
@click.option("--json", "as_json", is_flag=True, help="Print the score and every miss as JSON.")
@data_dir_option
def questions(path: Path | None, bundled: bool, as_json: bool, data_dir: Path | None) -> None:
    """Ask the register questions whose exact answers are known, and print how many it answers right.

    Exit code 1 where any answer is wrong.
    """
    if bundled and data_dir:
        raise click.UsageError("--bundled and --data-dir exclude each other")
    if bundled:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            boot(Path(folder))
            migrate()
            _load()
            found = _asked(path)
            from django.db import connections

            connections.close_all()
    else:
        boot(data_dir)
        require_current()
        found = _asked(path)
    _told(found, as_json=as_json)
    if any(one.wrong for one in found):
        raise click.exceptions.Exit(1)


def _load() -> None:
    from followthrough.packs.bundled import featured_pack
    from followthrough.packs.reading import read_pack
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.exchange.importing import import_pack

    import_pack(read_pack(featured_pack().folder), by=SYSTEM)


def _asked(path: Path | None) -> list[Scored]:
    from followthrough.cli.progress import counting
    from followthrough.packs.bundled import featured_pack
    from followthrough.web.answers.questions import read_questions, scored

    held = read_questions(path or featured_pack().questions)
    found = []
    with counting("questions") as progress:
        for one in scored(held):
            found.append(one)
            progress(len(found), len(held))
    return found


def _told(found: list[Scored], *, as_json: bool) -> None:
    """Print the score by kind, then each miss."""
    kinds: dict[str, list[Scored]] = defaultdict(list)
    for one in found:
        kinds[one.question.kind].append(one)
        if one.question.silent:
            kinds["(of these: the register is silent)"].append(one)
    right = sum(not one.wrong for one in found)
    rows = {kind: (sum(not one.wrong for one in held), len(held)) for kind, held in kinds.items()}
    misses = [(one.question, one.wrong) for one in found if one.wrong]
    if as_json:
        wrong = [{"id": asked.id, "question": asked.question, "wrong": said} for asked, said in misses]
        kinds_json = {kind: {"right": n, "of": of} for kind, (n, of) in rows.items()}
        click.echo(
            json.dumps({"right": right, "of": len(found), "kinds": kinds_json, "misses": wrong}, ensure_ascii=False)
        )
        return
    for kind, (n, of) in rows.items():
        click.echo(f"{kind:36} {n:4} of {of}")
    click.echo(f"{'all':36} {right:4} of {len(found)}")
    for asked, said in misses:
        click.echo(f"{asked.id}: {asked.question}\n  {'; '.join(said)}")
