"""The guards of the test run itself: loopback network only, and markers that set themselves."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::1"])
def test_another_machine_is_refused(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as own, pytest.raises(RuntimeError, match="loopback network only"):
        own.connect((address, 80))
    with socket.socket(family) as own, pytest.raises(RuntimeError, match="loopback network only"):
        own.connect_ex((address, 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="loopback network only"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_this_machine_is_reached() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(server.getsockname(), timeout=5).close()
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_a_test_without_a_database_is_not_marked(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database") is None
    assert request.node.get_closest_marker("browser") is None


@pytest.mark.django_db
def test_a_test_with_a_database_is_marked(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database") is not None
