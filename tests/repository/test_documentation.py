"""The documentation says what the code does: every command, option and setting; and every link leads on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click

from support import REPOSITORY, nodes_of, text_of, tracked_files

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", flags=re.MULTILINE | re.DOTALL)
ENVIRONMENT = re.compile(r"\b(FOLLOWTHROUGH_[A-Z_]+|DATABASE_URL)\b")


def page(name: str) -> str:
    """Return a page of the reference."""
    return (REPOSITORY / "docs" / "reference" / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Return a page's second-level sections by the command each is about."""
    parts = re.split(r"^## `followthrough ([a-z-]+)[^`]*`\s*$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands() -> dict[str, click.Command]:
    """Return the commands the tool offers."""
    from followthrough.cli import cli

    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    documented = sections(page("commands.md"))
    assert len(documented) >= 3
    assert set(documented) == set(commands())


def below(command: click.Command) -> Iterator[click.Command]:
    """Yield a command and, of a group, those in it."""
    yield command
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from below(inner)


def test_every_option_is_explained() -> None:
    documented = sections(page("commands.md"))
    silent = [
        f"{name} {option}"
        for name, listed in commands().items()
        for command in below(listed)
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in parameter.opts
        if option.startswith("--") and f"`{option}" not in documented.get(name, "")
    ]
    assert silent == []


def settings_read() -> set[str]:
    """Return the environment variables that the source reads, from the text of its string literals."""
    found: set[str] = set()
    for path in tracked_files():
        if path.suffix == ".py" and REPOSITORY / "src" in path.parents:
            for node in nodes_of(path):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} & set(ENVIRONMENT.findall(node.value))
    return found


def test_every_setting_is_explained_and_none_is_invented() -> None:
    read = settings_read()
    assert len(read) >= 3
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page("settings.md"), flags=re.MULTILINE))
    assert read - documented == set()
    elsewhere = "".join(
        text_of(path) or ""
        for path in tracked_files()
        if path.parts[len(REPOSITORY.parts)] in {"src", "tools", "tests", "Makefile"}
    )
    assert {name for name in documented if name not in elsewhere} == set()


def links(path: Path) -> Iterator[str]:
    """Yield the links of a page that lead to a file or a heading of this repository."""
    for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z][a-z0-9+.-]*:", target):
            yield target


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+?)\s*$", FENCE.sub("", path.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(path: Path, target: str) -> bool:
    """Tell whether a link leads nowhere."""
    name, _, anchor = target.partition("#")
    file = (path.parent / name).resolve() if name else path
    if not file.exists() or not file.is_relative_to(REPOSITORY):
        return True
    return bool(anchor) and file.suffix == ".md" and anchor not in anchors(file)


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    pages = [path for path in tracked_files() if path.suffix == ".md"]
    found = [(path, target) for path in pages for target in links(path)]
    assert len(found) > 10
    assert [f"{path.relative_to(REPOSITORY)}: {target}" for path, target in found if broken(path, target)] == []


def test_the_pack_format_has_every_table_and_column_in_order() -> None:
    from followthrough.packs.schema import TABLES

    parts = re.split(r"^### ([a-z_]+)$", page("pack-format.md"), flags=re.MULTILINE)
    documented = {
        name: re.findall(r"^\| (\*\*)?`(\w+)`", body, flags=re.MULTILINE)
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    real = {table.name: [("**" * c.required, c.name) for c in table.columns] for table in TABLES}
    assert list(documented) == list(real)
    assert documented == real


def test_the_pack_format_has_every_kind_of_cell_and_every_word_it_may_hold() -> None:
    from followthrough.packs.schema import TABLES

    text = page("pack-format.md")
    words = {word for table in TABLES for column in table.columns for word in column.one_of}
    assert len(words) > 10
    assert {word for word in words if f"`{word}`" not in text} == set()
    kinds = {column.kind for table in TABLES for column in table.columns}
    assert {kind for kind in kinds if f"\n| {kind} | " not in text} == set()
