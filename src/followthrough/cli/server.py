"""``followthrough serve`` and ``followthrough manage``: the production server, and Django's own commands."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import click

from followthrough.cli.boot import boot, migrate
from followthrough.errors import InputRefused

CONNECTIONS = 4000
"""Sockets that one worker holds open at one time; each costs some kilobytes and no thread."""
HEADER_SECONDS = 10
"""How long a connection may take over the head of a request, or stand idle before one."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the register is kept.")
def serve(host: str, port: int, workers: int, data_dir: Path | None) -> None:
    """Serve the tracker for real: behind HTTPS, with a secret key from the environment."""
    if not os.environ.get("FOLLOWTHROUGH_SECRET_KEY"):
        raise InputRefused("FOLLOWTHROUGH_SECRET_KEY", "is not set", "set it to a long random text and keep it secret")
    boot(data_dir)
    migrate()
    collect_static()
    run(host, port, workers)


@click.command(
    "manage",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["followthrough manage", *arguments])


def collect_static() -> None:
    """Gather the static files under their hashed names, unless the same files were gathered before."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    seen = hashlib.sha256(django.__version__.encode())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                seen.update(path.name.encode() + path.read_bytes())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(seen.hexdigest())


def run(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    _many_files()
    Granian(
        "followthrough.web.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level="warning",  # type: ignore[arg-type]
        websockets=False,
    ).serve()


def _many_files() -> None:
    """Let workers hold as many sockets as connections are taken, as far as the system allows."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
