"""``followthrough serve`` and ``followthrough manage``: the production server, and Django's own commands."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from pathlib import Path

import click

from followthrough.cli.boot import boot, migrate
from followthrough.errors import InputRefused

SECRET_LETTERS = 50
CONNECTIONS = 4000
"""Maximum number of open sockets per worker; each takes some kilobytes and no thread."""
STOP_SECONDS = 10
"""Seconds in which workers may finish their requests when the server stops."""
HEADER_SECONDS = 10
"""Seconds that a connection may take to send the head of a request, or be idle before it."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the register is kept.")
def serve(host: str, port: int, workers: int, data_dir: Path | None) -> None:
    """Serve the tracker for real: behind HTTPS, with a secret key from the environment."""
    _require_secret(os.environ.get("FOLLOWTHROUGH_SECRET_KEY", ""))
    boot(data_dir)
    prepare(host, port)
    run(host, port, workers)


def _require_secret(key: str) -> None:
    do = f"set it to {SECRET_LETTERS} random letters or more and keep it secret"
    if not key:
        raise InputRefused("FOLLOWTHROUGH_SECRET_KEY", "is not set", do)
    if len(key) < SECRET_LETTERS or len(set(key)) < 5:
        raise InputRefused("FOLLOWTHROUGH_SECRET_KEY", f"is too easy to guess ({len(key)} letters)", do)


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


def prepare(host: str, port: int) -> None:
    """Lock the folder, check the port, and prepare the register and the static files."""
    from django.conf import settings

    from followthrough.cli.alone import lock, require_port
    from followthrough.web.data_folder import OWN
    from followthrough.web.kit.static_files import collect_static

    lock(settings.DATA_DIR / OWN)
    require_port(host, port)
    migrate()
    collect_static()


def run(host: str, port: int, workers: int) -> None:
    """Serve until stopped. Workers are forked from this process and must not share its database connection."""
    from django.db import connections
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    connections.close_all()
    _many_files()
    _pages_before_workers()
    Granian(
        "followthrough.web.asgi:worker",
        factory=True,
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
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,  # one that was told to stop before it listened to signals would never end
    ).serve()


def _pages_before_workers() -> None:
    """Import the pages where workers are forked: they share them, and no worker's first reader waits for them.

    What is there is kept out of the search for garbage, which would write on it and so copy it for each worker.
    """
    if multiprocessing.get_start_method() != "fork":
        return
    from django.urls import get_resolver

    _ = get_resolver().reverse_dict
    gc.freeze()


def _many_files() -> None:
    """Raise the limit of open files to the number of connections, as far as the system allows."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
