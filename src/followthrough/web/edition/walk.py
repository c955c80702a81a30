"""Walks the site from its home page as a stranger: every page and file that is linked, each asked for once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousOperation
from django.urls import Resolver404, resolve, reverse

from followthrough.web.edition.asking import Answer, Stranger
from followthrough.web.edition.markup import Place, links_of
from followthrough.web.edition.names import Names, is_default, page_number

LEFT_OUT = {
    "sign-in", "account_login", "account_reset_password", "account_set_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",  # a folder signs nobody in
    "suggest",  # and takes no suggestion
    "healthz",  # nor does it break down
    "search",  # it has a search of its own
    "components",  # examples for who builds pages
}  # fmt: skip
"""Routes that answer everybody and have no place in a folder; what is not public answers no stranger anyway."""
ENTRANCES = (
    "home", "documents", "lineage", "parties", "methodology", "about", "accessibility", "search-words", "llms",
    "llms-full",
)  # fmt: skip
Address = tuple[str, int]
"""A path and the page of its list."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page or file of the site: its path, its name in the edition, and what was answered."""

    path: str
    file: str
    page: bool
    body: bytes


@dataclass(slots=True)
class Walk:
    """One walk over the site: ``files`` are the names of what was found, by address; ``met`` is all that was linked."""

    stranger: Stranger
    names: Names = field(default_factory=Names)
    files: dict[Address, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    met: set[Address] = field(default_factory=set)

    def own(self, path: str) -> str:
        """Give a name to a page that the edition itself adds."""
        return self.files.setdefault((path, 1), self.names.of(path, 1, html=True))

    def everything(self, further: Iterable[str] = ()) -> Iterator[Found]:
        """Yield every page and file that a stranger reaches from the entrances and ``further`` addresses."""
        waiting = deque(dict.fromkeys((path, 1) for path in (*map(reverse, ENTRANCES), *further)))
        self.met.update(waiting)
        while waiting:
            address = waiting.popleft()
            found = self._asked(address)
            if found is None:
                continue
            yield found
            for one in self._next(found) if found.page else ():
                if one not in self.met:
                    self.met.add(one)
                    waiting.append(one)

    def find(self, path: str, query: str) -> Place | None:
        """Return where an address is in the edition; the default list stands for its other states."""
        path = self.moved.get(path, path)
        at = path.partition("?")[0]
        if at == reverse("search"):
            return Place(self.files[at, 1])
        default = is_default(query)
        file = self.files.get((at, page_number(query) if default else 1))
        return Place(file, other_state=not default) if file else None

    def _asked(self, address: Address) -> Found | None:
        path, page = address
        if path.startswith(static := f"/{settings.STATIC_URL.strip('/')}/"):
            body = _static(path.removeprefix(static))
            answer = Answer(200 if body else 404, "", "", body)
        else:
            answer = self.stranger.ask(path, f"page={page}" if page > 1 else "")
        if answer.status in (301, 302) and (to := _published(answer.location)):
            self.moved[path] = to
            return None
        if answer.status != 200:
            return None
        shown = answer.page and not path.endswith(".html")  # a paper to save is a file, whole in itself
        file = self.files[address] = self.names.of(path, page, html=shown)
        return Found(path, file, shown, answer.body)

    def _next(self, found: Found) -> Iterator[Address]:
        for path, query in links_of(found.body, found.path):
            page = page_number(query) if is_default(query) else 1
            if (path, page) not in self.met and _published(path):
                yield path, page
        if data := _twin(found.path):
            yield data, 1


def _published(path: str) -> str:
    """Return a path that may be published; nothing for one that the site does not have or that has no place here."""
    path = path.partition("?")[0].partition("#")[0]
    if path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
        return path
    try:
        route = resolve(path).url_name
    except Resolver404:
        return ""
    return "" if route in LEFT_OUT else path


def _twin(path: str) -> str:
    """Return the address of the JSON of a page, where its route has one."""
    match = resolve(path)
    if "(?P<ext>" not in match.route or match.kwargs.get("ext") or path == "/":
        return ""
    return f"{path}.json"


def _static(name: str) -> bytes:
    """Return a static file by the name that pages have for it."""
    try:
        kept = Path(settings.STATIC_ROOT, name)
        found = str(kept) if kept.is_file() else finders.find(name)
    except SuspiciousOperation:
        found = None
    return Path(found).read_bytes() if isinstance(found, str) else b""
