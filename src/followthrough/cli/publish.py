"""``followthrough publish``: the public tracker as a folder of files that needs no server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from followthrough.cli.boot import boot, require_current
from followthrough.cli.pack import data_dir_option
from followthrough.cli.progress import counting


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base-url", default="", help="The address at which the edition will stand, for citations.")
@click.option(
    "--docs",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="The documentation as `make docs` built it, for docs/; in a checkout that of build/docs goes along.",
)
@data_dir_option
def publish(folder: Path, base_url: str, docs: Path | None, data_dir: Path | None) -> None:
    """Write what a stranger can see into DIR: pages, data, a search, and the register to go on with.

    A second run writes only what changed, and takes away what is no longer published.
    """
    parts = urlsplit(base_url)
    if base_url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise click.BadParameter("write it as https://example.org/tracker/", param_hint="--base-url")
    boot(data_dir)
    require_current()
    from followthrough.web.edition.making import publish as make
    from followthrough.web.kit.static_files import collect_static

    collect_static()
    with counting("files") as progress:
        changes = make(folder, base_url, progress, docs or _built())
    click.echo(
        f"{folder}: {changes.files} files; {len(changes.written)} written, {len(changes.removed)} removed", err=True
    )


def _built() -> Path | None:
    """Return the documentation that `make docs` built in this checkout, if any."""
    docs = Path(__file__).resolve().parents[3] / "build" / "docs"
    return docs if (docs / "index.html").is_file() else None
