"""The map of the house is the house: the picture is what the contracts say, and every path in it exists."""

from __future__ import annotations

import re
import subprocess
import sys

from support import REPOSITORY

PAGE = REPOSITORY / "docs" / "explanation" / "architecture.md"
AT_THE_ROOT = ("tests/", "tools/", "docs/")


def test_the_picture_says_what_the_contracts_say() -> None:
    check = [sys.executable, str(REPOSITORY / "tools" / "architecture.py"), "--check"]
    ran = subprocess.run(check, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_path_on_the_page_exists() -> None:
    named = re.findall(r"`([\w./-]+/[\w./-]*)`", PAGE.read_text(encoding="utf-8"))
    library = REPOSITORY / "src" / "followthrough"
    named.remove("src/followthrough/")
    missing = [one for one in named if not ((REPOSITORY if one.startswith(AT_THE_ROOT) else library) / one).exists()]
    assert len(named) > 20
    assert set(missing) == {"actions/", "templates/", "jinja2/"}, "which are folders of every app"


def test_contributors_are_led_to_it() -> None:
    assert "docs/explanation/architecture.md" in (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
