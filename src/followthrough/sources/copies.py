"""Local copies of answers in the providers' own shapes: found by their names, or by what they say they are."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from followthrough.sources.answers import Raw, Request, SourceFailed
from followthrough.sources.door import LARGEST, Door, Missing

_ODD = re.compile(r"[^A-Za-z0-9._-]")
_ENDINGS = (".json", ".csv", ".json.gz", ".csv.gz")
Mark = tuple[str, str, int]
"""Provider, code in small letters, and page."""


def folder(root: Path) -> Door:
    """Open a folder of answers.

    ``world-bank/IT.NET.USER.ZS.json`` is the first page of an answer, ``world-bank/IT.NET.USER.ZS.2.json`` the
    second; ``.csv`` and a further ``.gz`` are read too. What a code has beside letters, digits, dot, hyphen and
    underscore is written as an underscore. JSON of other names is known by what it holds.
    """
    told: dict[Mark, Path] = {}
    looked: list[bool] = []

    def asked(request: Request) -> Raw:
        path = _named(root, request)
        if path is None:
            if not looked:
                told.update(_told(root))
                looked.append(True)
            path = told.get((request.provider, request.code.lower(), request.page))
        if path is None:
            raise Missing(f"{request.provider} {request.code}", f"{root.name} holds no copy of it", "add one")
        return Raw(path.relative_to(root).as_posix(), _bytes(path))

    return asked


def _named(root: Path, request: Request) -> Path | None:
    name = _ODD.sub("_", request.code).lstrip(".") + ("" if request.page == 1 else f".{request.page}")
    found = (root / request.provider / f"{name}{ending}" for ending in _ENDINGS)
    return next((path for path in found if path.is_file()), None)


def _told(root: Path) -> Iterator[tuple[Mark, Path]]:
    """Give the answers under ``root`` that say themselves what they are; what is none is passed over."""
    for path in sorted(root.rglob("*.json*")):
        if not path.is_file() or not path.name.endswith((".json", ".json.gz")):
            continue
        try:
            data = json.loads(_bytes(path).decode("utf-8-sig"))
        except (SourceFailed, ValueError, RecursionError):
            continue
        mark = _world_bank(data) or _un_sdg(data)
        if mark:
            yield mark, path


def _world_bank(data: Any) -> Mark | None:
    if not (isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict) and isinstance(data[1], list)):
        return None
    first = next((row for row in data[1] if isinstance(row, dict)), {})
    indicator = first.get("indicator")
    code = indicator.get("id") if isinstance(indicator, dict) else None
    return ("world-bank", str(code).lower(), _number(data[0].get("page"))) if code else None


def _un_sdg(data: Any) -> Mark | None:
    if not (isinstance(data, dict) and isinstance(data.get("data"), list)):
        return None
    first = next((row for row in data["data"] if isinstance(row, dict)), {})
    code = first.get("series")
    return ("un-sdg", str(code).lower(), _number(data.get("pageNumber"))) if code else None


def _number(page: Any) -> int:
    text = str(page)
    return max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1


def _bytes(path: Path) -> bytes:
    """Return what a file holds; raises ``SourceFailed`` where it cannot be read or is too large."""
    try:
        if path.suffix != ".gz":
            with path.open("rb") as plain:
                data = plain.read(LARGEST + 1)
        else:
            with gzip.open(path) as file:
                data = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceFailed(path.name, f"cannot be read ({error})", "mend the file") from None
    if len(data) > LARGEST:
        raise SourceFailed(path.name, f"is larger than {LARGEST:,} bytes", "split it")
    return data
