"""``followthrough report``: the papers of an agreement as XLSX, DOCX, HTML and PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followthrough.cli.boot import boot, migrate
from followthrough.cli.pack import data_dir_option
from followthrough.errors import InputRefused

if TYPE_CHECKING:
    from followthrough.web.papers.asked import Asked

PAPERS = ("report", "matrix", "progress", "matters", "brief")
FORMS = ("pdf", "docx", "xlsx", "html")


@click.command("report")
@click.option("--paper", type=click.Choice(PAPERS), default="report", show_default=True,
              help="The progress report with the implementation matrix behind it, or one paper.")  # fmt: skip
@click.option("--matters-arising", is_flag=True, help="The same as --paper matters.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="The file; its ending says how: .pdf, .docx, .xlsx or .html.")  # fmt: skip
@click.option("--document", default="", help="The agreement; not needed where a cycle names it, or there is but one.")
@click.option("--cycle", default="", help="A reporting cycle, by its id.")
@click.option("--section", default="", help="One section of the agreement, by its number.")
@click.option("--party", default="", help="The party of a brief, by its code.")
@click.option("--meeting", default="", help="The meeting that matters arising are for, by its id.")
@click.option("--since", default="", help="Lists hold evidence from this date on.")
@click.option("--as-of", default="", help="The day that it speaks of; today without it.")
@click.option("--internal", is_flag=True, help="With what is not public; without it, what everybody may read.")
@data_dir_option
def report(out: Path, data_dir: Path | None, **given: Any) -> None:
    """Write a paper on an agreement. Its figures are those of the pages."""
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise click.UsageError(f"--out needs an ending of these: {', '.join(f'.{one}' for one in FORMS)}")
    paper = "matters" if given["matters_arising"] else given["paper"]
    if paper == "brief" and not given["party"]:
        raise click.UsageError("a brief needs --party")
    boot(data_dir)
    migrate()
    from followthrough.io.atomic import write_atomic
    from followthrough.report.papers import MADE_BY
    from followthrough.report.rendering import FORMS as WRITTEN_BY
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.papers.gathering import register_of

    made = MADE_BY[paper](register_of(_asked(given), SYSTEM))
    write_atomic(out, WRITTEN_BY[form](made))
    click.echo(f"{out}: {made.title}, {made.about}. {made.as_of}. {made.edition}.", err=True)


def _asked(given: dict[str, Any]) -> Asked:
    from datetime import UTC, datetime

    from followthrough.model.typed_dates import typed_date
    from followthrough.web.papers.asked import Asked

    today = datetime.now(UTC).astimezone().date().isoformat()
    return Asked(
        _document(given["document"], given["cycle"]), typed_date("--as-of", given["as_of"]) or today, today,
        internal=given["internal"], section=given["section"], since=typed_date("--since", given["since"]),
        cycle=given["cycle"], party=given["party"], meeting=given["meeting"],
    )  # fmt: skip


def _document(named: str, cycle: str) -> str:
    """Return the agreement that is named, or that the cycle is on, or the one that has commitments."""
    from followthrough.web.agreements.models import Commitment
    from followthrough.web.followup.models import Cycle

    if named:
        return named
    if cycle:
        found = Cycle.objects.filter(pk=cycle).values_list("document", flat=True).first()
        if found is None:
            raise InputRefused(cycle, "is no reporting cycle of this register", "name another")
        return str(found)
    held = Commitment.objects.filter(withdrawn="").order_by().values_list("provision__document", flat=True).distinct()
    known = sorted(held[:20])
    if len(known) != 1:
        what = "does not say which agreement it is of"
        raise InputRefused("report", what, f"give --document, one of: {', '.join(known) or 'none is catalogued yet'}")
    return str(known[0])
