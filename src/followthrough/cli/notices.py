"""``followthrough notices``: sends what waits in the outbox, once or for as long as it runs."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.cli.boot import boot, require_current
from followthrough.cli.pack import data_dir_option
from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from followthrough.web.notices.sending import Sent


@click.command("notices")
@click.option("--watch", is_flag=True, help="Go on until stopped, a round every 15 seconds.")
@data_dir_option
def notices(watch: bool, data_dir: Path | None) -> None:
    """Put the notices that are due by date into the outbox, and send all that waits. `serve` does it by itself."""
    boot(data_dir)
    require_current()
    from django.conf import settings

    from followthrough.web.notices.clockwork import keep_working, work

    if not settings.SENDS_MAIL:
        raise InputRefused("FOLLOWTHROUGH_EMAIL_URL", "is not set", "name the mail server, and start again")
    if watch:
        keep_working(threading.Event(), _say)
        return
    done = work()
    _say(done)
    if done.away:
        raise InputRefused("the mail server", f"cannot be reached ({done.away})", "nothing is lost; try again later")


def _say(done: Sent) -> None:
    if done.sent or done.later or done.refused or done.away:
        click.echo(f"{done.sent} sent, {done.later} put off, {done.refused} refused.", err=True)
