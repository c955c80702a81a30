"""Makes a static edition: walks the public site, adds a search, the register and how to restore it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from followthrough.errors import InputRefused
from followthrough.web.edition.asking import Stranger
from followthrough.web.edition.markup import links_of, rewritten
from followthrough.web.edition.own_pages import (
    Counted,
    a_to_z,
    format_page,
    part_page,
    parts,
    restore_page,
    search_page,
)
from followthrough.web.edition.register_files import register_files
from followthrough.web.edition.search_shards import Shards, found_links
from followthrough.web.edition.urls import A_TO_Z, DOCS, FORMAT, RESTORE
from followthrough.web.edition.walk import Walk
from followthrough.web.edition.writing import Changes, Edition, edition
from followthrough.web.exchange.public_register import public_pack
from followthrough.web.search.index import followed

Progress = Callable[[int, int], None]
RAW = ".raw"


@dataclass(slots=True)
class _Maker:
    """Makes one edition: ``base`` is its address, ``origin`` that of the site that is asked."""

    out: Edition
    walk: Walk
    origin: str
    base: str

    def page(self, path: str, file: str, body: bytes) -> None:
        """Write a page of the site, or one of our own, as a page of the edition."""
        canonical = f"{self.base}{file.removesuffix('index.html')}" if self.base else ""
        origin = (f"{self.origin}/", self.base or f"{self.origin}/")
        self.out.write(file, rewritten(body, path, file, self.walk.find, origin, canonical))

    def file(self, file: str, body: bytes) -> None:
        """Write a file of data; citations, and what is for machines, name the address of the edition."""
        if self.base and file.endswith((".bib", ".ris", ".csl.json", ".txt")):
            body = body.replace(f"{self.origin}/".encode(), self.base.encode())
        self.out.write(file, body)


def publish(
    folder: Path, base_url: str = "", progress: Progress = lambda *_: None, docs: Path | None = None
) -> Changes:
    """Make the edition in ``folder``, to stand at ``base_url`` if that is known; only what changed is written.

    ``docs`` is the documentation as a site, which goes along below ``docs/``.
    """
    followed()
    origin = settings.SITE.rstrip("/")
    with (
        _quiet(),
        override_settings(ALLOWED_HOSTS=[urlsplit(origin).hostname], DATED_ADDRESSES=False),
        edition(folder) as out,
    ):
        maker = _Maker(out, Walk(Stranger(origin)), origin, base_url and f"{base_url.rstrip('/')}/")
        if docs is not None:
            _documentation(maker, docs)
        _make(maker, progress)
        return out.put({"edition": 1, "site": origin, "address": maker.base})


def _documentation(maker: _Maker, docs: Path) -> None:
    """Take the documentation along; raises ``InputRefused`` where the folder holds none."""
    if not (docs / "index.html").is_file():
        raise InputRefused(str(docs), "holds no documentation", "build it with `make docs`, or leave --docs out")
    for path in sorted(docs.rglob("*")):
        if path.is_file():
            maker.out.write(f"{DOCS[1:]}{path.relative_to(docs).as_posix()}", path.read_bytes())
    maker.walk.files[DOCS, 1] = f"{DOCS[1:]}index.html"


@contextmanager
def _quiet() -> Iterator[None]:
    """Log no page that is not there: whether one has a JSON of its own is found out by asking."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def _make(maker: _Maker, progress: Progress) -> None:
    walk = maker.walk
    for path in (reverse("search"), A_TO_Z, RESTORE, FORMAT):
        walk.own(path)
    pages = _site(maker, progress)
    index = Shards(lambda name, body: maker.file(f"edition/index/{name}", body))
    index.fill(walk.find)
    pack = public_pack()
    for name, body in register_files(pack, maker.out.staged):
        maker.file(name, body)
        walk.files[f"/{name}", 1] = name
    counted = Counted(pages, len(maker.out.digests), len(index.named), pack)
    listed = parts(index.named)
    files = {part.path: walk.own(part.path) for part in listed}
    for part in listed:
        maker.page(part.path, files[part.path], part_page(listed, part))
    own = {
        reverse("search"): search_page(),
        A_TO_Z: a_to_z(listed),
        RESTORE: restore_page(counted),
        FORMAT: format_page(),
    }
    for path, body in own.items():
        maker.page(path, walk.own(path), body)


def _site(maker: _Maker, progress: Progress) -> int:
    """Write the pages and files of the site; returns how many are pages.

    A page is rewritten when all that it may lead to has been asked for: until then it waits beside the edition.
    """
    raw, pages = maker.out.staged / RAW, list[tuple[str, str]]()
    raw.mkdir()
    script = (path for path, _ in links_of(search_page(), reverse("search")) if path.endswith(".js"))
    for found in maker.walk.everything([*script, *found_links()]):
        if found.page:
            (raw / str(len(pages))).write_bytes(found.body)
            pages.append((found.path, found.file))
        else:
            maker.file(found.file, found.body)
        progress(len(maker.walk.files), len(maker.walk.met))
    for number, (path, file) in enumerate(pages):
        maker.page(path, file, (raw / str(number)).read_bytes())
    shutil.rmtree(raw)
    return len(pages)
