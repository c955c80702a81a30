"""Saved responses in the providers' own formats: found by file name, or by what their content says they are."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from followthrough.sources.client import LARGEST, Client, Clock, PageRequest
from followthrough.sources.errors import Missing, SourceFailed
from followthrough.sources.responses import RawResponse

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]")
_SUFFIXES = (".json", ".csv", ".json.gz", ".csv.gz")
PageKey = tuple[str, str, int]
"""Provider, code in lower case, and page."""


class LocalResponses(Client):
    """Gives pages from the files in a folder.

    ``world-bank/IT.NET.USER.ZS.json`` is the first page of a response, ``world-bank/IT.NET.USER.ZS.2.json`` the
    second; ``.csv`` and a further ``.gz`` are read too. Characters of a code other than letters, digits, dot, hyphen
    and underscore are written as an underscore. JSON files of any other name are identified by their content.
    """

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock
        self._by_content: dict[PageKey, Path] | None = None

    def fetch(self, request: PageRequest) -> RawResponse:
        """Return one page. Raises ``Missing`` where no file has it, ``SourceFailed`` where its file cannot be read."""
        path = self._by_name(request) or self._identified().get((request.provider, request.code.lower(), request.page))
        if path is None:
            raise Missing(request.name, f"{self._root.name} holds no copy of it", "add one")
        return RawResponse(path.relative_to(self._root).as_posix(), _read(path), self._clock())

    def _by_name(self, request: PageRequest) -> Path | None:
        code = _NOT_IN_NAMES.sub("_", request.code).lstrip(".")
        name = code if request.page == 1 else f"{code}.{request.page}"
        paths = (self._root / request.provider / f"{name}{suffix}" for suffix in _SUFFIXES)
        return next((path for path in paths if path.is_file()), None)

    def _identified(self) -> dict[PageKey, Path]:
        """Return the files that were identified by their content; they are read at the first call."""
        if self._by_content is None:
            self._by_content = dict(_identify(self._root))
        return self._by_content


def _identify(root: Path) -> Iterator[tuple[PageKey, Path]]:
    """Yield the JSON files under ``root`` whose content names a provider, a series and a page."""
    for path in sorted(root.rglob("*.json*")):
        if not path.is_file() or not path.name.endswith((".json", ".json.gz")):
            continue
        try:
            data = json.loads(_read(path).decode("utf-8-sig"))
        except (SourceFailed, ValueError, RecursionError):
            continue
        key = _world_bank(data) or _un_sdg(data)
        if key:
            yield key, path


def _world_bank(data: Any) -> PageKey | None:
    if not (isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict) and isinstance(data[1], list)):
        return None
    first = next((row for row in data[1] if isinstance(row, dict)), {})
    indicator = first.get("indicator")
    code = indicator.get("id") if isinstance(indicator, dict) else None
    return ("world-bank", str(code).lower(), _page_number(data[0].get("page"))) if code else None


def _un_sdg(data: Any) -> PageKey | None:
    if not (isinstance(data, dict) and isinstance(data.get("data"), list)):
        return None
    first = next((row for row in data["data"] if isinstance(row, dict)), {})
    code = first.get("series")
    return ("un-sdg", str(code).lower(), _page_number(data.get("pageNumber"))) if code else None


def _page_number(page: Any) -> int:
    text = str(page)
    return max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1


def _read(path: Path) -> bytes:
    """Return the content of a file, decompressed. Raises ``SourceFailed`` if it cannot be read or is too large."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceFailed(path.name, f"cannot be read ({error})", "mend the file") from None
    if len(data) > LARGEST:
        raise SourceFailed(path.name, f"is larger than {LARGEST:,} bytes", "split it")
    return data
