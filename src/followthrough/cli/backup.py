"""``followthrough backup`` and ``followthrough restore``: the whole register in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from followthrough.cli.boot import boot
from followthrough.cli.pack import data_dir_option
from followthrough.cli.progress import counting
from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_file

if TYPE_CHECKING:
    from followthrough.web.backup.archive import Manifest


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Take the place of a file of this name.")
@data_dir_option
def backup(file: Path, replace: bool, data_dir: Path | None) -> None:
    """Write the register, its texts and its raw answers to FILE, as they are at this moment; then read it again."""
    if file.exists() and not replace:
        raise InputRefused(str(file), "is there already", "choose another name, or say --replace")
    boot(data_dir)
    from followthrough.web.backup.archive import reading
    from followthrough.web.backup.taking import take

    with atomic_file(file, private=True, replace=replace) as out:
        with counting("writing") as progress:
            manifest = take(out, progress)
        with counting("checking") as progress:
            reading(out, str(file), progress)
    click.echo(f"{file}: {_said(manifest)}", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@data_dir_option
def restore_(file: Path, data_dir: Path | None) -> None:
    """Fill an empty register, of either database, from the backup in FILE: all of it, or nothing."""
    try:
        source = file.open("rb")
    except OSError as error:
        raise InputRefused(str(file), f"cannot be read ({error.strerror})", "name a file of a backup") from error
    with source:
        from followthrough.web.backup.archive import reading

        with counting("checking") as progress:
            contents = reading(source, str(file), progress)
        boot(data_dir)
        from django.conf import settings

        from followthrough.cli.alone import lock
        from followthrough.web.audit.verifying import verify
        from followthrough.web.backup.restoring import restore
        from followthrough.web.data_folder import OWN

        lock(settings.DATA_DIR / OWN)  # no server fills it in the meantime
        with counting("restoring") as progress:
            manifest = restore(contents, str(file), progress)
        with counting("events") as progress:
            found = verify(manifest.audit["head"], progress)
    click.echo(f"restored {_said(manifest)}; sessions were not kept: everybody signs in again", err=True)
    if found.wrong is not None:
        said = f"the record is not whole: {found.wrong.what} (event {found.wrong.sequence or 'outside the chain'})"
        click.echo(f"warning: {said}; it was so when the backup was made", err=True)


def _said(manifest: Manifest) -> str:
    files = sum(member.rows is None for member in manifest.members)
    evidence = sum(member.name.startswith("files/evidence/") for member in manifest.members)
    record = f"{manifest.audit['events']} events, head {manifest.audit['head']}"
    return f"{manifest.rows} rows and {files} files ({evidence} of them evidence) of {manifest.made}; {record}"
