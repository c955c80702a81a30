"""``followthrough demo``: the featured pack in an embedded register, served on the loopback address."""

from __future__ import annotations

import os
import secrets
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.cli.alone import require_port
from followthrough.cli.boot import boot
from followthrough.cli.server import prepare, run
from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from followthrough.web.accounts.models import User

HOST = "127.0.0.1"
EDITOR = "demo-editor"
FIRST_PORT, PORTS_TRIED = 8000, 50


@click.command("demo")
@click.option("--statement", type=click.Path(path_type=Path), help="A copy of the official text to attach.")
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the first free one from 8000.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the register is kept.")
def demo(statement: Path | None, port: int | None, no_browser: bool, data_dir: Path | None) -> None:
    """Load the bundled register and serve the tracker on this machine."""
    from followthrough.read import bytes_of

    attached = None if statement is None else (statement, bytes_of(statement))  # before anything is made
    port = _port(port)
    address = f"http://{HOST}:{port}/"
    os.environ.setdefault("FOLLOWTHROUGH_SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("FOLLOWTHROUGH_SITE", address)  # a letter leads back to this port
    os.environ["FOLLOWTHROUGH_HTTPS"] = "false"
    os.environ["FOLLOWTHROUGH_DEMO"] = "true"
    boot(data_dir)
    prepare(HOST, port)
    _load_pack()
    if attached is not None:
        _attach(*attached)
    people = _people()
    threading.Thread(target=_announce, args=(address, not no_browser, people), daemon=True).start()
    run(HOST, port, 2)


def _port(wanted: int | None) -> int:
    """Return the requested port, or without one the first free port from ``FIRST_PORT``. Raises ``InputRefused``."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            require_port(HOST, port)
        except InputRefused:
            continue
        return port
    raise InputRefused(f"port {wanted or FIRST_PORT}", "is in use", "name another with --port")


def _load_pack() -> None:
    from followthrough.packs.bundled import featured_pack
    from followthrough.packs.reading import read_pack
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.models import Pack
    from followthrough.web.exchange.importing import import_pack

    pack = read_pack(featured_pack().folder)
    if Pack.objects.filter(name=pack.name, digest=pack.digest).exists():
        return
    what = import_pack(pack, by=SYSTEM)
    click.echo(f"Loaded {pack.title}: {len(what.changes)} rows.", err=True)


def _attach(statement: Path, content: bytes) -> None:
    from followthrough.io import child_process
    from followthrough.packs.bundled import featured_pack
    from followthrough.packs.reading import DESCRIPTOR, read_pack
    from followthrough.pipeline.parts import register_apart
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.agreements.actions.official_texts import attach_official_text
    from followthrough.web.agreements.models import Document

    folder = featured_pack().folder
    catalogued = {row["document"] for row in read_pack(folder).rows["provisions"] if row["sha256"]}
    if len(catalogued) != 1:
        raise InputRefused(
            f"{folder.name}/{DESCRIPTOR}", "catalogues several documents", "attach the text in the browser"
        )
    document = Document.objects.get(id=catalogued.pop())
    reading = register_apart(content, str(statement), child_process.LINE)
    check = attach_official_text(document, reading, statement.name, by=SYSTEM)
    click.echo(f"{statement.name}: {len(check.words)} of {check.expected} paragraphs verified.", err=True)
    for mismatch in check.mismatches:
        click.echo(f"{statement.name}: {mismatch}; it is shown without a quotation.", err=True)


@dataclass(frozen=True, slots=True)
class People:
    """The demo's people: their password, new for each run, who rates, who reports, and the cycle that they play."""

    password: str
    raters: list[str]
    reporters: list[str]
    cycle: str


def _people() -> People:
    """Create the demo's accounts and play its examples, each once."""
    from django.contrib.auth.hashers import make_password

    password = secrets.token_urlsafe(9)
    hashed = make_password(password)
    editor = _editor(hashed)
    return People(password, _example(hashed), *_reporting(hashed, editor))


def _editor(hashed: str) -> User:
    from followthrough.web.accounts.actions.demo_people import demo_person
    from followthrough.web.accounts.actions.roles import grant_role
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.accounts.roles import Role

    editor = demo_person(EDITOR, hashed)
    grant_role(editor, Role.EDITOR, by=SYSTEM)
    return editor


def _example(hashed: str) -> list[str]:
    """Run the example of an assessment round once; return the names of its people, empty without an example."""
    from followthrough.packs.bundled import featured_pack
    from followthrough.web.agreements.models import Document
    from followthrough.web.assessments.example import people, seed

    names: list[str] = []
    for key, about in featured_pack().rounds.items():
        document = Document.objects.filter(pk=key).first()
        if document is not None:
            names = people(document, about["reply"]["party"], hashed)
            seed(document)
    return names


def _reporting(hashed: str, editor: User) -> tuple[list[str], str]:
    """Play the example of reporting once; return the names of the focal points, and the newest cycle."""
    from followthrough.packs.bundled import example_cycles
    from followthrough.web.agreements.models import Document
    from followthrough.web.followup import example

    names, cycle = list[str](), ""
    for document in Document.objects.filter(pk__in=example_cycles()):
        names += example.people(document, hashed)
        held = example.seed(document, editor)
        cycle = held.pk if held else cycle
    return names, cycle


def _announce(address: str, browser: bool, people: People) -> None:
    """Print the address of the tracker as soon as it responds."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=2):  # noqa: S310 - our own loopback address
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    click.echo(f"Followthrough is at {address}  (stop it with Ctrl+C)")
    click.echo(f"To catalogue a text, sign in at {address}sign-in as {EDITOR} with the password {people.password}")
    if people.raters:
        click.echo(f"To see how rating works, sign in with the same password as {', '.join(people.raters)}")
    if people.cycle:
        click.echo(f"To see who has reported, open {address}cycles/{people.cycle}")
        click.echo(f"To report and to review, sign in with it as {', '.join(people.reporters)} and {EDITOR}")
    if browser:
        webbrowser.open(address)
