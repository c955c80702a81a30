"""Asks a register for every address, as everybody, and writes each answer into a file: part of ``snapshot.py``."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urldefrag, urljoin

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

NORMALISED: tuple[tuple[str, str], ...] = (
    (r'(name="csrfmiddlewaretoken" value=")\w+', r"\1TOKEN"),
    (r'("X-CSRFToken": ")\w+', r"\1TOKEN"),
    (r"('nonce-|nonce=\")[\w+/=-]+", r"\1NONCE"),
    (r"(<dcterms:(?:created|modified)[^>]*>)[^<]+", r"\1TIME"),
)
"""What varies from one run to the next, beside the headers below."""
DROPPED_HEADERS = {"ETag", "Content-Length"}
PER_KIND = 4
"""How many addresses with a query are asked for of one path pattern and one set of names."""
READERS = ("signed out", "editor")
"""Who is asked for lists with a query; the first of them for every address."""
HREF = re.compile(r'<(?:a|link|form|option)\b[^>]*?\b(?:href|action)="([^"]+)"')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
SELECT = re.compile(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.S)
OPTION = re.compile(r'<option\b[^>]*\bvalue="([^"]*)"')
ENDED = re.compile(r"\(\?P<ext>([a-z|]+)\)")
ARGUMENT = re.compile(r"[(<]")


@dataclass(slots=True)
class Survey:
    """Everything asked so far: ``out`` is the folder of the register, ``reseed`` fixes the secrets of one answer."""

    out: Path
    reseed: Callable[[str], None]
    asked: set[tuple[str, str]] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)
    bad: list[str] = field(default_factory=list)


def survey(
    out: Path, people: Mapping[str, str], seeds: list[str], reseed: Callable[[str], None], per_route: Mapping[str, int]
) -> list[str]:
    """Ask for everything as everybody; ``people`` are user names by role, "" for nobody. Return what went wrong.

    ``per_route`` says how many addresses of each route a role is asked for; those that it does not name: all of them.
    """
    all_of_it = Survey(out, reseed)
    known = {path for path in seeds if route_of(path)} | set(_plain_routes())
    for role, username in people.items():
        few = per_route.get(role, 0)
        known |= _crawl(all_of_it, role, username, set(_one_a_route(known, few)) if few else known, few)
    known |= {_absent(path) for path in _one_a_route(known)}
    for role, username in people.items():
        few = per_route.get(role, 0)
        _ask_all(all_of_it, role, username, _one_a_route(known, few) if few else sorted(known))
    for role in READERS:
        _ask_all(all_of_it, role, people[role], _chosen(all_of_it.queries))
    for role, username in people.items():
        _post_nothing(all_of_it, role, username, _one_a_route(known, 2))
    reached = {route_of(path) for path in known}
    missing = sorted(route for route in _all_routes() if route not in reached)
    (out / "routes_without_address.txt").write_text("\n".join(missing) + "\n")
    return all_of_it.bad


def route_of(path: str) -> str:
    """Return the pattern that answers a path; empty where none does."""
    try:
        return resolve(path.partition("?")[0]).route
    except Resolver404:
        return ""


def _all_routes() -> Iterator[str]:
    waiting: list[tuple[str, Any]] = [("", one) for one in get_resolver().url_patterns]
    for before, one in waiting:
        if isinstance(one, URLResolver):
            waiting.extend((before + str(one.pattern), each) for each in one.url_patterns)
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def _plain_routes() -> list[str]:
    bare = [re.sub(r"\(\?:.*$|[\^$]", "", route) for route in _all_routes()]
    return ["/" + route for route in bare if not ARGUMENT.search(route)]


def _with_endings(path: str) -> list[str]:
    """Return a path and its twins in other forms; a path that has an ending already stands alone."""
    try:
        match = resolve(path)
    except Resolver404:
        return [path]
    endings = ENDED.search(match.route)
    return [path] if match.kwargs.get("ext") or not endings else [path, *(f"{path}.{e}" for e in endings[1].split("|"))]


def _absent(path: str) -> str:
    """Return the address of what is not there."""
    for value in resolve(path).kwargs.values():
        if value and f"/{value}" in path:
            path = path.replace(f"/{value}", "/987654321" if str(value).isdecimal() else "/nothing-there")
    return path


def _one_a_route(paths: set[str], most: int = 1) -> list[str]:
    """Return some paths of each route, those without an ending, from the first to the last."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        if path == "/" or "." not in path.rpartition("/")[2] or not ENDED.search(route_of(path)):
            found[route_of(path)].append(path)
    return [
        path for route in sorted(found) if route for path in found[route][:: max(1, len(found[route]) // most)][:most]
    ]


def _client(username: str) -> Client:
    client = Client(raise_request_exception=False)
    if username:
        client.force_login(get_user_model().objects.get(username=username))
    return client


def _crawl(all_of_it: Survey, role: str, username: str, known: set[str], per_route: int) -> set[str]:
    """Follow every link from what is known, and return all paths that were found."""
    client, waiting, seen = _client(username), sorted(known), set(known)
    counted = Counter(map(route_of, waiting))
    for path in waiting:
        for link in _links(_ask(all_of_it, client, role, path), path):
            bare = link.partition("?")[0]
            if not route_of(bare) or bare.startswith("/sign-out"):
                continue
            if "?" in link:
                all_of_it.queries.add(link)
            if bare not in seen:
                seen.add(bare)
                counted[route_of(bare)] += 1
                if not per_route or counted[route_of(bare)] <= per_route:
                    waiting.append(bare)
    return seen


def _links(html: str, page: str) -> Iterator[str]:
    """Return the addresses that a page of ours leads to, those that its filters make among them."""
    if "<html" not in html:
        return
    for found in HREF.findall(html):
        link = urldefrag(urljoin(page, unescape(found)))[0]
        if link.startswith("/") and not link.startswith(("//", "/static/")):
            yield link
    for attributes, inside in FORM.findall(html):
        action = re.search(r'\baction="([^"]*)"', attributes)
        if 'method="post"' not in attributes:
            target = urldefrag(urljoin(page, unescape(action[1]) if action else ""))[0].partition("?")[0]
            for name, options in SELECT.findall(inside):
                yield from (f"{target}?{name}={quote(unescape(one))}" for one in OPTION.findall(options))
            yield from (f"{target}?{more}" for more in ("q=trade", "q=the", "page=2", "sort=nothing"))


def _chosen(queries: set[str]) -> list[str]:
    """Return some addresses of every path pattern and every set of names in its query, in all their forms."""
    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in sorted(queries):
        path, _, query = one.partition("?")
        names = sorted(name for name, value in parse_qsl(query, keep_blank_values=True) if value)
        kinds[route_of(path), *names].append(one)
    found = set[str]()
    for ones in kinds.values():
        for one in ones[:: max(1, len(ones) // PER_KIND)][:PER_KIND]:
            path, _, query = one.partition("?")
            found |= {f"{each}?{query}" for each in _with_endings(path)}
    return sorted(found)


def _ask_all(all_of_it: Survey, role: str, username: str, paths: list[str]) -> None:
    client = _client(username)
    for path in paths:
        for each in [path] if "?" in path else _with_endings(path):
            if (role, each) not in all_of_it.asked and not each.startswith("/sign-out"):
                _ask(all_of_it, client, role, each)


def _ask(all_of_it: Survey, client: Client, role: str, path: str) -> str:
    """Ask for an address, keep the answer in its file, and return its text."""
    if (role, path) in all_of_it.asked:
        return ""
    all_of_it.asked.add((role, path))
    all_of_it.reseed(f"{role} {path}")
    with transaction.atomic():
        answer = client.get(path)
        transaction.set_rollback(True)
    return _keep(all_of_it, answer, role, path)


def _post_nothing(all_of_it: Survey, role: str, username: str, paths: list[str]) -> None:
    """Send each form empty, and take back what that did."""
    client = _client(username)
    for path in paths:
        if path.startswith("/sign-out"):
            continue
        all_of_it.reseed(f"{role} POST {path}")
        with transaction.atomic():
            answer = client.post(path)
            transaction.set_rollback(True)
        _keep(all_of_it, answer, role, f"POST {path}")


def _keep(all_of_it: Survey, answer: HttpResponseBase, role: str, name: str) -> str:
    if answer.status_code >= 500:
        all_of_it.bad.append(f"{role} {name}: {answer.status_code}")
    write_answer(all_of_it.out / role.replace(" ", "-"), name, written(answer))
    return "" if answer.streaming else getattr(answer, "content", b"").decode(errors="replace")


def write_answer(folder: Path, name: str, text: str) -> None:
    """Write a text into the file of its address."""
    folder.mkdir(parents=True, exist_ok=True)
    file = quote(name, safe=" ?=&,;:+@")
    if len(file) > 180:
        file = f"{file[:150]}~{hashlib.sha256(file.encode()).hexdigest()[:12]}"
    (folder / file).write_text(text, encoding="utf-8", newline="")


def written(answer: HttpResponseBase) -> str:
    """Return an answer as text: its status, its headers, the names of its cookies, its body."""
    body = b"".join(answer) if answer.streaming else getattr(answer, "content", b"")
    headers = sorted(f"{name}: {value}" for name, value in answer.items() if name not in DROPPED_HEADERS)
    cookies = sorted(
        f"Set-Cookie: {name} {'deleted' if not one.value else ''}".strip() for name, one in answer.cookies.items()
    )
    return normalised("\n".join([str(answer.status_code), *headers, *cookies, "", text_of(body)]))


def text_of(body: bytes) -> str:
    """Return a body as text: a packed file part by part, any other that is no text as its hash."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(f"== {name}\n{text_of(packed.read(name))}" for name in packed.namelist())
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return f"{len(body)} bytes, sha256 {hashlib.sha256(body).hexdigest()}"


def normalised(text: str) -> str:
    """Return a text without what varies from run to run."""
    for pattern, instead in NORMALISED:
        text = re.sub(pattern, instead, text)
    return text
