"""Draws the map of the house from the contracts of import-linter, so that the picture says what is checked.

    python tools/architecture.py           write docs/img/architecture.svg
    python tools/architecture.py --check   exit 1 where the picture is not what the contracts say

A band is a layer; packages may import from the bands below theirs, and never from one above. What is said of a package
is the first sentence of its docstring.
"""
# ruff: noqa: T201  this is a report for a terminal

from __future__ import annotations

import ast
import re
import sys
import textwrap
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "img" / "architecture.svg"
WIDTH, GAP, LINE, PAD, NAME, WRAP = 660, 24, 17, 9, 118, 76
"""Widths and heights in pixels; ``WRAP`` is in letters."""
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1d2733}.h{font-size:16px;font-weight:600}.n{font:600 13px ui-monospace,"
    "monospace}.d{fill:#52606d}.b{fill:#f6f8fa;stroke:#d3dae2}.w{fill:#e8f0fb;stroke:#9db8e0}.a{stroke:#52606d;fill:none}"
    ".p{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#e6ebf1}.d{fill:#a5b1bf}.b{fill:#1b232d;stroke:#39434f}"
    ".p{fill:#0f141a}.w{fill:#1c2c44;stroke:#41618f}.a{stroke:#a5b1bf}}"
)


@dataclass(frozen=True)
class Package:
    """A package of the house: its dotted name, and what its docstring says of it."""

    name: str
    says: str

    @property
    def short(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]

    @property
    def lines(self) -> list[str]:
        """What it says, broken into lines of ``WRAP`` letters."""
        return textwrap.wrap(self.says, WRAP) or [""]


def layers(under: str) -> list[list[Package]]:
    """Return the layers of a package from the top down, as its contract states them; each holds what is beside it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = [_layers(one, under) for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    fitting = [one for one in found if one]
    return [[Package(name, _says(name)) for name in row] for row in max(fitting, key=len, default=[])]


def _layers(contract: dict[str, Any], under: str) -> list[list[str]]:
    (prefix,) = contract.get("containers", [""])[:1] or [""]
    before = f"{prefix}." if prefix else ""
    rows = [[before + name for name in re.findall(r"[\w.]+", layer)] for layer in contract["layers"]]
    if any(name.rpartition(".")[0] != under for row in rows for name in row):
        return []
    return rows


def _says(name: str) -> str:
    """Return the first sentence of what a module says of itself. Raises ``ValueError`` where it says nothing."""
    place = ROOT.joinpath("src", *name.split("."))
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    if not said:
        raise ValueError(f"{path.relative_to(ROOT)} says nothing of itself: give it a docstring of one line")
    return re.split(r"(?<=[.])\s|\n\n", " ".join(said.splitlines()))[0].replace("``", "").rstrip(".")


def picture() -> str:
    """Return the picture as SVG: the house on the left, its web on the right."""
    left, right = layers("followthrough"), layers("followthrough.web")
    at = 48
    parts, web = [], 0
    for row in left:
        if row[0].name == "followthrough.web":
            web = at
        text, at = _band(row, 0, at, "w" if row[0].name == "followthrough.web" else "b")
        parts.append(text)
    height, at = at, 48
    for row in right:
        text, at = _band(row, WIDTH + 2 * GAP, at, "w")
        parts.append(text)
    height = max(height, at)
    door = f"M{WIDTH} {web + 14}h{GAP}V54h{GAP}" if right else ""
    wide = 2 * WIDTH + 2 * GAP if right else WIDTH
    title = "The layers of Followthrough: each may import from the layers below it, and from none above"
    heads = [(0, "src/followthrough/"), (WIDTH + 2 * GAP, "src/followthrough/web/")][: 2 if right else 1]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height}" role="img" aria-labelledby="t">',
        f'<title id="t">{title}</title>',
        f"<style>{STYLE}</style>",
        '<rect class="p" width="100%" height="100%"/>',
        *(f'<text class="h" x="{x}" y="22">{head}</text>' for x, head in heads),
        *(f'<text class="d" x="{x}" y="40">imports run down, never up</text>' for x, _ in heads),
        f'<path class="a" d="{door}"/>',
        *parts,
        "</svg>",
    ]) + "\n"  # fmt: skip


def _band(row: list[Package], x: int, y: int, kind: str) -> tuple[str, int]:
    """Return a layer at a place, and where the next one begins."""
    height = 2 * PAD + LINE * sum(len(one.lines) for one in row)
    found = [f'<rect class="{kind}" x="{x + 0.5}" y="{y + 0.5}" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>']
    at = y + PAD + 13
    for one in row:
        found.append(f'<text class="n" x="{x + 12}" y="{at}">{escape(one.short)}</text>')
        for line in one.lines:
            found.append(f'<text class="d" x="{x + NAME}" y="{at}">{escape(line)}</text>')
            at += LINE
    return "\n".join(found), y + height + 6


def main() -> int:
    """Write the picture, or say whether it is what the contracts say."""
    drawn = picture()
    if "--check" in sys.argv:
        same = PICTURE.exists() and PICTURE.read_text(encoding="utf-8") == drawn
        print("the map is up to date" if same else "the map is old: run python tools/architecture.py")
        return 0 if same else 1
    PICTURE.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
