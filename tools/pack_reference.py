"""Writes the tables of docs/reference/pack-format.md from the schema: run it when the schema has changed.

.venv/bin/python tools/pack_reference.py
"""

from __future__ import annotations

from pathlib import Path

from followthrough.packs.schema import TABLES, Column, Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "pack-format.md"
INTRODUCTION = "In the order in which they are imported. **Bold** columns need a value."


def kind(column: Column) -> str:
    """Return what a cell of the column is, with its greatest length where it has one."""
    if column.name == "id" or column.points_to:
        return "id"
    bounded = column.kind in ("string", "label", "url") and not column.one_of
    return f"{column.kind}, up to {column.longest:,}" if bounded else column.kind


def holds(column: Column) -> str:
    """Return what the column says, what it points to and which words it may hold."""
    says = [column.says.replace("docs/reference/pack-format.md says", "described above")]
    says.append(f"a row of [{column.points_to}](#{column.points_to})" if column.points_to else "")
    says.append(", ".join(f"`{word}`" for word in column.one_of))
    return "; ".join(filter(None, says))


def section(table: Table) -> str:
    """Return the part of the page that is about one table."""
    lines = [f"### {table.name}", "", f"{table.says[0].upper()}{table.says[1:]}.", ""]
    lines += ["| column | kind | holds |", "|---|---|---|"]
    for column in table.columns:
        name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
        lines.append(f"| {name} | {kind(column)} | {holds(column)} |")
    return "\n".join(lines) + "\n"


def written(page: str) -> str:
    """Return the page with the tables as the schema has them now."""
    before, found, _ = page.partition(INTRODUCTION)
    if not found:
        raise SystemExit(f"{PAGE.name} has lost the line that the tables follow: {INTRODUCTION}")
    return before + INTRODUCTION + "\n\n" + "\n".join(section(table) for table in TABLES)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
