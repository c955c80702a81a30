"""Builds the documentation as a site: pages that work from a folder, and ask nothing of any other host.

    python tools/docs_site/build.py [OUT]      write it into OUT, by default build/docs; what was there is replaced

The pages are those of docs/. What the code knows better is added here, from the code: the help of every command below
its section, and the rules of method. The order of the parts is ``PARTS``; a new page in one of their folders appears by
itself.
Exit 1, and nothing written, where the builder has a warning: a link that leads nowhere is one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PARTS = {
    "How-to": "how-to",
    "Reference": "reference",
    "Explanation": "explanation",
    "Decisions": "adr",
}
"""The parts of the documentation after the overview and the tutorial, each with its folder."""
_SECTION = re.compile(r"^## `followthrough ([a-z-]+)[^`]*`\s*$", re.MULTILINE)
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
COLUMNS = 90
"""Letters on a line of what ``--help`` says."""
DIALOG = 'data-md-component="search" role="dialog"'
"""What the theme leaves without a name."""
UNUSED = ("assets/javascripts/lunr", "assets/_mkdocstrings.css", "404.html", "sitemap.xml", "sitemap.xml.gz")
"""What the builder writes for other sites: word lists of other languages, a page for servers, an index for crawlers."""


def build(out: Path) -> int:
    """Build the site in ``out``; returns the exit code of the builder."""
    with tempfile.TemporaryDirectory() as work:
        pages, made = Path(work, "pages"), Path(work, "site")
        shutil.copytree(ROOT / "docs", pages)
        for name, text in from_code(pages):
            (pages / name).write_text(text, encoding="utf-8")
        (pages / "assets").mkdir()
        for name in ("iframe-worker.js", "documentation.css"):
            shutil.copy(HERE / name, pages / "assets")
        settings = Path(work, "mkdocs.yml")
        settings.write_text(yaml.safe_dump(configured(pages, made), sort_keys=False), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(settings)]
        quiet = {"NO_MKDOCS_2_WARNING": "1"}  # an advertisement of what comes after it, on standard error
        code = subprocess.run(command, env=os.environ | quiet, check=False).returncode  # noqa: S603 - our own command
        if code == 0:
            _put(made, out)
        return code


def configured(pages: Path, made: Path) -> dict[str, Any]:
    """Return the settings of the builder, with the pages in the order of their parts."""
    kept: dict[str, Any] = yaml.safe_load((HERE / "mkdocs.yml").read_text(encoding="utf-8"))
    nav: list[Any] = [{"Overview": "README.md"}, {"Tutorial": "tutorial.md"}]
    for part, folder in PARTS.items():
        listed = sorted((pages / folder).glob("*.md"), key=lambda page: (page.name != "README.md", _title(page)))
        nav.append({part: [str(page.relative_to(pages)) for page in listed]})
    return {**kept, "docs_dir": str(pages), "site_dir": str(made), "nav": nav}


def from_code(pages: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages that the code writes or adds to: their names below docs/, and their text."""
    yield "reference/commands.md", with_help((pages / "reference" / "commands.md").read_text(encoding="utf-8"))
    yield "reference/methodology.md", methodology()


def with_help(page: str) -> str:
    """Return the page of the commands with what ``--help`` says at the end of each section."""
    parts = _SECTION.split(page)
    heads = _SECTION.findall(page)
    headings = [found[0] for found in _SECTION.finditer(page)]
    written = [parts[0]]
    for name, heading, body in zip(heads, headings, parts[2::2], strict=True):
        written += [heading, body.rstrip("\n"), "\n\n", *_help(name), "\n"]
    return "".join(written)


def _help(name: str) -> Iterator[str]:
    from followthrough.cli import cli

    above = click.Context(cli, info_name="followthrough")
    command = cli.get_command(above, name)
    if command is None:
        raise SystemExit(f"docs/reference/commands.md: there is no command {name}")
    context = click.Context(command, above, info_name=name, terminal_width=COLUMNS)
    yield f"What `--help` says:\n\n```text\n{command.get_help(context)}\n```\n"
    for inner, one in command.commands.items() if isinstance(command, click.Group) else ():
        below = click.Context(one, context, info_name=inner, terminal_width=COLUMNS)
        yield f"\n```text\n{one.get_help(below)}\n```\n"


def methodology() -> str:
    """Return the rules of method as a page, from the registry that the site's own page is made from."""
    from followthrough.rules import all_rules

    rules = all_rules()
    lines = [
        "# Methodology",
        "",
        f"{len(rules)} rules, each with a name, a version and the function that follows it, from the registry that "
        "the software runs by. Every register shows them under *Method* (`/methodology`), with how far machine and "
        "people agree there. What they get right is measured in [How well texts are catalogued](accuracy.md).",
    ]
    areas: dict[str, list[str]] = {}
    for rule in rules:
        said = [f"### {rule.id}: {rule.title}", "", rule.text, ""]
        said.append(f"Version {rule.version}, followed by `{rule.implemented_by}`.")
        areas.setdefault(rule.area, []).extend([*said, ""])
    named = area_names()
    for area, said in areas.items():
        lines += ["", f"## {named[area]}", "", *said]
    return "\n".join(lines) + "\n"


def area_names() -> dict[str, str]:
    """Return the names of the areas of method as the site has them."""
    with tempfile.TemporaryDirectory() as data:
        from followthrough.cli.boot import boot

        boot(Path(data))
        from followthrough.web.pages.site_views import AREAS

        return {area: str(name) for area, name in AREAS.items()}


def _title(page: Path) -> str:
    """Return the heading of a page; decisions have their numbers there."""
    found = _HEADING.search(page.read_text(encoding="utf-8"))
    return found[1] if found else page.name


def _put(made: Path, out: Path) -> None:
    """Put the site that was made in its place."""
    for name in UNUSED:
        path = made / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in made.rglob("*.map"):
        path.unlink()
    for path in made.rglob("*.html"):
        page = path.read_text(encoding="utf-8").replace(DIALOG, f'{DIALOG} aria-label="Search"')
        path.write_text(page, encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, out)


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs"))
