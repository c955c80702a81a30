"""How often is too often: counted once for all workers, by addresses that are told apart and not kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import HttpRequest
from django.test import override_settings

from followthrough.web.limits import limiter
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit, TooMany, check, forget, span, take
from followthrough.web.limits.models import Count

THREE = Limit("test", 3, 600)
NOON = datetime(2026, 3, 1, 12, 1, tzinfo=UTC).timestamp()


@pytest.mark.django_db
def test_the_fourth_of_three_waits_until_the_span_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "clock", lambda: NOON)
    for _ in range(3):
        check(THREE, "a")
        take(THREE, "a")
    with pytest.raises(TooMany, match="more than 3 times; try again in 9 minutes") as refused:
        take(THREE, "a")
    assert refused.value.wait == 540
    with pytest.raises(TooMany):
        check(THREE, "a")
    take(THREE, "b")
    take(Limit("another", 3, 600), "a")
    monkeypatch.setattr(limiter, "clock", lambda: NOON + 540)
    take(THREE, "a")


@pytest.mark.django_db
def test_what_succeeded_is_forgotten_and_what_has_ended_is_cleared_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "clock", lambda: NOON)
    for _ in range(3):
        take(THREE, "a")
    forget(THREE, "a")
    take(THREE, "a")
    take(THREE, "b")
    assert Count.objects.count() == 2
    monkeypatch.setattr(limiter, "clock", lambda: NOON + 3600)
    take(THREE, "c")
    assert Count.objects.count() == 1


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    take(THREE, "198.51.100.7")
    (one,) = Count.objects.values_list("key", flat=True)
    assert len(one) == 64
    assert "198" not in str(Count.objects.values_list("count", "until"))
    with override_settings(SECRET_KEY="k" * 64):
        take(THREE, "198.51.100.7")
    assert Count.objects.count() == 2


def asked(address: str, forwarded: str = "") -> str:
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": address, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    return client_of(request)


def test_an_address_is_that_of_the_client_and_not_what_the_client_says() -> None:
    assert asked("198.51.100.7", "203.0.113.1") == "198.51.100.7"
    assert asked("") == asked("no address") == "unknown"
    with override_settings(BEHIND_PROXY=True):
        assert asked("127.0.0.1", "203.0.113.1, 198.51.100.7") == "198.51.100.7"
        assert asked("127.0.0.1", "203.0.113.1") == "203.0.113.1"
        assert asked("127.0.0.1") == "127.0.0.1"


def test_one_household_is_one_address() -> None:
    assert asked("2001:db8:1:2::3") == asked("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert asked("2001:db8:1:3::3") != asked("2001:db8:1:2::3")
    assert asked("::ffff:198.51.100.7") == "198.51.100.7"


def test_a_wait_in_words() -> None:
    assert [span(1), span(89), span(91), span(3600)] == ["1 second", "89 seconds", "2 minutes", "60 minutes"]
