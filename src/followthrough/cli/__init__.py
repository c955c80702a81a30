"""The command line: a table of sub-commands, each imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from followthrough.errors import FollowthroughError

# name -> (module, click command in it, one line of help); nothing here is imported before it is called.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "read": (
        "followthrough.cli.read",
        "read",
        "Turn a declaration into its document and register of commitments.",
    ),
    "verify": (
        "followthrough.cli.verify",
        "verify",
        "Compare files with their readings: is anything lost or invented?",
    ),
    "measure": (
        "followthrough.cli.measure",
        "measure_",
        "Measure the progress of series of figures by published methods.",
    ),
    "score": ("followthrough.cli.score", "score", "Score ratings on a published scale."),
    "agree": ("followthrough.cli.score", "agree", "Say how far coders agree, by Krippendorff's alpha."),
    "refresh": (
        "followthrough.cli.refresh",
        "refresh",
        "Fetch the figures of the indicators from their providers.",
    ),
    "demo": ("followthrough.cli.demo", "demo", "Load the bundled register and serve it on this machine."),
    "import": ("followthrough.cli.pack", "import_", "Bring a pack into the register: all of it, or nothing."),
    "export": ("followthrough.cli.pack", "export", "Write the register as a pack."),
    "report": (
        "followthrough.cli.report",
        "report",
        "Write the papers of an agreement: matrix, report, matters, brief.",
    ),
    "publish": ("followthrough.cli.publish", "publish", "Write the public tracker as files that need no server."),
    "mcp": ("followthrough.cli.mcp", "mcp", "Answer questions of machines that read, on standard input and output."),
    "questions": (
        "followthrough.cli.mcp",
        "questions",
        "Ask the register questions whose answers are known; print the score.",
    ),
    "people": ("followthrough.cli.people", "people", "Make the first administrator, and keep accounts."),
    "notices": ("followthrough.cli.notices", "notices", "Send the notices that wait or are due."),
    "audit": ("followthrough.cli.audit", "audit", "Say whether the audit record is as it was written."),
    "backup": ("followthrough.cli.backup", "backup", "Write everything into one file, also while it is served."),
    "restore": ("followthrough.cli.backup", "restore_", "Fill an empty register from a backup."),
    "serve": ("followthrough.cli.server", "serve", "Serve the tracker in production."),
    "manage": ("followthrough.cli.server", "manage", "Run one of Django's own commands."),
}


class LazyGroup(click.Group):
    """A click group that imports a sub-command only when it runs; the list of all is static."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the table, in its order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command called ``cmd_name``, or ``None`` when the table has none."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of sub-commands from ``COMMANDS``, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="followthrough", prog_name="followthrough")
def cli() -> None:
    """Give it a declaration; get a register of commitments, tied to the evidence of whether they are kept."""


def main() -> None:
    """Run the command line: exit 0 when done, 1 with one clear line when input is refused, 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        cli(prog_name="followthrough")
    except FollowthroughError as error:
        click.echo(f"followthrough: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        from followthrough.cli.boot import trouble

        said = trouble(error)
        if said is None:
            raise
        click.echo(f"followthrough: {said}", err=True)
        sys.exit(1)
