"""The stylesheet is one file for a page and many for us: each of them is in it once, in the order of the layers."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles.finders import find

from followthrough.web.kit.stylesheet import BUILT, STYLES, stylesheet


def test_every_file_of_the_styles_is_in_the_stylesheet_once() -> None:
    imported = re.findall(r'@import "(.+)";', (STYLES / "app.css").read_text("utf-8"))
    files = sorted(path.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css") if path.name != "app.css")
    assert sorted(imported) == files
    assert "@import" not in stylesheet()


def test_a_file_holds_rules_of_one_layer_and_the_layers_come_in_their_order() -> None:
    order = re.search(r"@layer ([a-z, ]+);", stylesheet())
    assert order
    layers = re.findall(r"^@layer (\w+) \{", stylesheet(), re.MULTILINE)
    assert list(dict.fromkeys(layers)) == order[1].split(", ")
    for path in STYLES.rglob("*/*.css"):
        text = path.read_text("utf-8")
        assert text.count("{") == text.count("}"), path.name
        assert len(re.findall(r"^@layer", text, re.MULTILINE)) == 1, path.name
        assert text.count("\n") <= 400, path.name


def test_it_is_found_where_static_files_are_looked_for(tmp_path: Path) -> None:
    found = find(BUILT)
    assert isinstance(found, str)
    assert Path(found).read_text("utf-8") == stylesheet()
