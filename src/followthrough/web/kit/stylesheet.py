"""The stylesheet: many small files in ``web/styles``, put into one, so that a page asks for one file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

STYLES = Path(__file__).parent.parent / "styles"
BUILT = "css/app.css"
_IMPORT = re.compile(r'^@import "([a-z_/]+\.css)";\n', re.MULTILINE)


def stylesheet(folder: Path = STYLES) -> str:
    """Return ``app.css`` of a folder with the text of each file it imports in place of the import.

    Raises ``FileNotFoundError`` for an import of a file that is not there.
    """
    return _IMPORT.sub(lambda found: (folder / found[1]).read_text("utf-8"), (folder / "app.css").read_text("utf-8"))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that holds the built stylesheet until this process ends; collecting static files copies it."""
    folder = tempfile.TemporaryDirectory(prefix="followthrough-styles-")
    target = Path(folder.name, BUILT)
    target.parent.mkdir()
    target.write_text(stylesheet(), "utf-8")
    return folder


class StylesheetFinder(BaseFinder):
    """Finds the built stylesheet where Django looks for static files."""

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:  # noqa: ARG002 - Django's signature
        """Return the place of the stylesheet, or an empty list for any other path, as Django's own finders do."""
        return str(Path(_folder().name, BUILT)) if path == BUILT else []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Return the stylesheet, unless it is to be ignored."""
        if not matches_patterns(BUILT, list(ignore_patterns or ())):
            yield BUILT, FileSystemStorage(location=_folder().name)
