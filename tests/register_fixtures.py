"""The bundled register in the test database, and people of every kind."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

import pytest
from django.conf import settings
from django.core.management.commands.flush import Command as FlushCommand
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from followthrough.io import child_process
from followthrough.packs.reading import Pack, read_pack
from followthrough.sources.observations import Observation, ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse
from followthrough.sources.series_source import SeriesSource
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.audit import guards
from followthrough.web.exchange.importing import import_pack
from followthrough.web.indicators.actions.refreshes import refresh
from followthrough.web.search import closed
from followthrough.web.search.models import Upto
from held_rows import Ground, grounds, laid
from support import commits

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture(scope="session")
def whole() -> Pack:
    """The bundled pack, read once."""
    return read_pack(Path(str(files("followthrough.packs") / "asean_rok_2019")))


@pytest.fixture(scope="session")
def bundled(whole: Pack) -> Pack:
    """The bundled pack without the figures of its indicators, which few tests read and each would write anew."""
    return replace(whole, rows={**whole.rows, "vintages": [], "figures": []})


@pytest.fixture
def register(db: None, bundled: Pack) -> Document:
    """The bundled pack, imported; returns its catalogued document."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    return Document.objects.get(id="asean-rok-2019")


def forget_index() -> None:
    """Have the next search read everything: it follows events, and tests write rows that have none."""
    Upto.objects.all().delete()
    closed.forget()


@pytest.fixture
def index_forgotten(register: Document) -> None:
    """The bundled register, whatever the search knows of it forgotten."""
    forget_index()


@pytest.fixture
def draft(register: Document) -> Document:
    """A document that is not published."""
    forget_index()
    return Document.objects.create(
        id="draft-2030", title="A draft", short_title="Draft 2030", kind="statement", public=False
    )


@pytest.fixture
def editor(draft: Document) -> User:
    """A teammate: edits the draft and nothing else."""
    user = User.objects.create_user("editor", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM, document=draft)
    return user


@pytest.fixture
def administrator(db: None) -> User:
    """Keeps the installation."""
    return User.objects.create_superuser("administrator", password=PASSWORD)


@pytest.fixture
def stranger(db: None) -> User:
    """Has an account and no role."""
    return User.objects.create_user("stranger", password=PASSWORD)


@pytest.fixture(scope="session", autouse=True)
def plain_settings() -> Iterator[None]:
    """Serve static files under their own names, over HTTP: tests collect nothing and hold no certificate.

    Passwords are hashed in no time: the million rounds that keep real ones safe take a fifth of a second each.
    """
    with override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        MIDDLEWARE=[name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")],
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        COOKIE_PREFIX="",
        SESSION_COOKIE_NAME="sessionid",
        CSRF_COOKIE_NAME="csrftoken",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS],
        DEMO=True,
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def files_read_once() -> Iterator[None]:
    """Have a file that was read in a process of its own answered from memory where the same is asked again.

    An interpreter and the grammar take 0.4 s of CPU to start, and dozens of tests upload the same few texts. What is
    refused or meets a bound is read anew, and so is what another interpreter would read (``PYTHONPATH``).
    """
    read, answers = child_process._run, dict[tuple[bytes, str], bytes]()

    def whole(file: IO[bytes]) -> bytes:
        return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)

    def read_once(given: IO[bytes], taken: IO[bytes], patience: float) -> int | None:
        asked = hashlib.sha256(whole(given)).digest(), os.environ.get("PYTHONPATH", "")
        if asked in answers:
            taken.write(answers[asked])
            return 0
        ended = read(given, taken, patience)
        if ended == 0:
            answers[asked] = whole(taken)
        return ended

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child_process, "_run", read_once)
        yield


GROUNDS = {"demo": "demo", "register": "bundled", "figures": "figures", "snapshot": "whole", "lake": "lake"}
"""The rows that a test begins from, by the fixture that lays them down."""


def ground_of(node: pytest.Item) -> str:
    """Return the name of the rows from which a test begins; empty where from none, from several, or if it commits."""
    if commits(node):
        return ""
    names = set(getattr(node, "fixturenames", ()))
    found = {name for fixture, name in GROUNDS.items() if fixture in names}
    return found.pop() if len(found) == 1 else ""


@pytest.fixture(scope="session")
def shared_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """The rows that tests share, taken back before the database goes."""
    ground = Ground(django_db_blocker)
    grounds.append(ground)
    yield ground
    ground.leave()
    grounds.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take back the rows from which this test does not begin, before anything is set up for it."""
    for ground in grounds if item.get_closest_marker("database") else ():
        if ground.name != ground_of(item):
            ground.leave()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Lay down the rows from which a test begins, just before pytest-django opens the test's own transaction."""
    if fixturedef.argname == "_django_db_helper" and (name := ground_of(request.node)):
        request.getfixturevalue("shared_rows").prepare(name)


class Invented(SeriesSource):
    """Answers every query with observations of our own making: rising, some censored, none for one party."""

    def fetch(self, query: SeriesQuery) -> ProviderData:
        at = sum(map(ord, query.code)) % 7
        observations = [
            Observation(area, str(year), f"{10 + at + (year - 2010) * (1 + place % 3)}")
            for place, area in enumerate(query.ref_areas)
            if area != "BRN"
            for year in range(2012, 2020)
            if not (area == "LAO" and year == 2014)
        ]
        observations.append(Observation("BRN", "2018", "<2.5"))
        response = RawResponse(f"invented/{query.code}", query.code.encode(), timezone.now())
        return ProviderData(tuple(observations), (response,), "invented 1")


@pytest.fixture
def figures(db: None, bundled: Pack) -> Document:
    """The bundled pack with invented figures for every feed."""
    laid("figures", partial(with_figures, bundled))
    return Document.objects.get(id="asean-rok-2019")


def with_figures(bundled: Pack) -> None:
    """Import the pack, and fetch the invented figures."""
    import_pack(bundled, by=SYSTEM)
    refresh(Invented(), "invented", by=SYSTEM)


@pytest.fixture(scope="session", autouse=True)
def record_can_be_flushed() -> Iterator[None]:
    """Let Django empty the database after a test that commits: the record refuses it, so its guards step aside."""
    flush = FlushCommand.handle

    def handle(self: FlushCommand, **options: Any) -> None:
        guards.remove(connection)
        try:
            flush(self, **options)
        finally:
            guards.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FlushCommand, "handle", handle)
        yield
