"""What holds for every test: loopback network only, a data folder of its own, markers that set themselves."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from made_registers import copy_database
from support import commits

# Wall-clock time says nothing on a machine that does other work too; the tests of the ``budget`` marker measure CPU.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

pytest_plugins = ["register_fixtures", "two_agreements"]

NAMES = {"", "localhost", "127.0.0.1", "::1"}
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "django_db_setup",
    "live_server",
}


class NetworkRefusedError(RuntimeError):
    """A test tried to leave this machine."""


def is_loopback(host: object) -> bool:
    """Tell whether ``host`` is this machine."""
    text = host.decode() if isinstance(host, bytes) else str(host or "")
    if text in NAMES or text == socket.gethostname():
        return True
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def refuse(host: object) -> None:
    """Raise where ``host`` is another machine."""
    if not is_loopback(host):
        raise NetworkRefusedError(f"tests use the loopback network only, and this one asked for {host!r}")


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Refuse every connection and name lookup that would leave this machine."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(own: socket.socket, address: Any) -> None:
        if own.family in (socket.AF_INET, socket.AF_INET6):
            refuse(address[0])

    def guarded_connect(own: socket.socket, address: Any) -> None:
        check(own, address)
        connect(own, address)

    def guarded_connect_ex(own: socket.socket, address: Any) -> int:
        check(own, address)
        return connect_ex(own, address)

    def guarded_getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        refuse(host)
        return getaddrinfo(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_data_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give commands that tests start a data folder of their own, never that of the person at the keyboard."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLLOWTHROUGH_DATA_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, own_data_directory: Path) -> None:
    """Keep the test database in the tests' own folder; called before it is made."""
    from django.conf import settings

    for database in settings.DATABASES.values():
        name = database.get("TEST", {}).get("NAME")
        if database["ENGINE"].endswith("sqlite3") and name and ":" not in str(name):
            copy = own_data_directory / Path(name).name
            copy_database("empty", copy)
            database["TEST"]["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the migrated copy that lies there; on PostgreSQL the test database is made anew."""
    from django.db import connection

    return connection.vendor == "sqlite"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that `make test` selects on PostgreSQL."""
    gc.disable()  # until all tests are collected: their thousands of objects stay
    config.addinivalue_line("markers", "database: touches the database; set from the fixtures a test uses")
    from django.conf import settings

    settings.SECOND_FACTOR = False  # its own tests turn it on; all others sign in with a password alone
    os.environ.setdefault("FOLLOWTHROUGH_SECOND_FACTOR", "false")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for garbage, and search less often."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what touches the database, and everything in tests/browser, before markers are selected on; then order.

    pytest-django puts tests in a row by what they do to the database. In each such row the longest begin, so that no
    worker waits at the end for another's; but where neighbours share rows they stay neighbours.
    """
    browser = Path(__file__).parent / "browser"
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if browser in item.path.parents:
            item.add_marker("browser")
    yield
    rows = groupby(list(items), key=lambda item: (item.get_closest_marker("database") is not None, commits(item)))
    items[:] = [item for kind, row in rows for item in (row if kind == SHARES_ROWS else sorted(row, key=turn))]


SHARES_ROWS = (True, False)
"""Of tests that touch the database and take back what they did."""


def turn(item: pytest.Item) -> int:
    """Return when a test's turn comes in its row: what is marked ``long`` first, then what is ``slow``."""
    return next((at for at, name in enumerate(("long", "slow")) if item.get_closest_marker(name)), 2)
