"""Notices are told once, in two forms, and handed to a real mail server at most once, whatever dies on the way."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from followthrough.web.accounts.actions.notices import choose_notices, send_again, settle_as_sent
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.audit.models import AuditEvent
from followthrough.web.followup.actions.cycles import Dates
from followthrough.web.followup.actions.reminding import remind_parties
from followthrough.web.followup.actions.reviews import accept_report, return_report, review_stamp
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.models import Cycle, Report, Submission
from followthrough.web.followup.reminders import plan
from followthrough.web.kit.errors import EditConflict
from followthrough.web.mail_url import mail_settings
from followthrough.web.notices import clockwork, sending
from followthrough.web.notices.kinds import NoticeKind, Way
from followthrough.web.notices.models import Notice
from followthrough.web.notices.outbox import Reader, Told, put
from made_registers import NAME, empty_register
from mail_server import Letters, mail_server
from reporting_world import GOOD, World, small_world
from serving import PATIENCE, environment, free_port

FACTS = {"party": "Norland", "cycle": "Round", "agreement": "Lake Accord", "count": 1, "open": ["1 Shores"], "more": 0,
         "due": "31 Oct 2099", "late_until": "15 Dec 2099"}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    return small_world()


@pytest.fixture
def letters() -> Iterator[Letters]:
    """A real mail server, and settings that name it."""
    with (
        mail_server() as server,
        override_settings(SENDS_MAIL=True, SITE="https://tracker.example.org", **mail_settings(server.url)),
    ):
        yield server


def told(count: int) -> None:
    """Put notices into the outbox."""
    with transaction.atomic():
        for number in range(count):
            told = Told(f"asked/{number}", NoticeKind.ASKED, f"Letter {number}", "Round", "/cycles/x/reports", FACTS)
            put(told, [Reader(f"p{number}@example.org")])


def ways() -> dict[str, int]:
    return dict(Counter(Notice.objects.values_list("way", flat=True)))


def due_now() -> None:
    """Let all that waits be due, as after the wait."""
    Notice.objects.filter(way=Way.WAITING).update(next_try=timezone.now())


def test_a_cycle_tells_its_people_each_once(world: World, letters: Letters) -> None:
    cycle = world.opened()
    report = world.report(cycle)
    submit(report, GOOD, by=world.focal, seen=0)
    report = world.report(cycle)
    last = report.submissions.get()
    said = {"done": "Which\n\n- jetty?", "": "<b>Bold</b>"}
    return_report(report, said, by=world.editor, seen=review_stamp(report, last))
    assert Counter(Notice.objects.values_list("kind", flat=True)) == {"asked": 3, "returned": 2}
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"focal", "colleague", "other"}
    assert sending.send_waiting().sent == 5
    assert sending.send_waiting().sent == 0
    returned = next(one for one in letters.messages if "returned" in str(one["Subject"]))
    assert returned["Subject"] == "Norland: report on 1 Matter 1 returned with a comment"
    assert returned["Auto-Submitted"] == "auto-generated"
    plain, html = (part.get_payload(decode=True).decode().replace("\r", "") for part in returned.get_payload())  # type: ignore[union-attr]
    link = f"https://tracker.example.org/reports/{report.pk}"
    assert link in plain
    assert f'href="{link}"' in html
    assert "  - Which - jetty?\n" in plain
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert max(map(len, plain.splitlines())) <= 80
    assert "cannot be switched off" in " ".join(plain.split())
    assert len(set(letters.numbers)) == 5


def test_what_is_not_done_is_not_told(world: World, letters: Letters) -> None:
    cycle = world.opened()
    Notice.objects.all().delete()
    report = world.report(cycle)
    submit(report, GOOD, by=world.focal, seen=0)
    with pytest.raises(EditConflict):
        accept_report(world.report(cycle), by=world.editor, seen="old")
    assert not Notice.objects.exists()


DATES = Dates("31 October 2099", "15 December 2099", "Asia/Jakarta", "number")


@pytest.mark.parametrize(
    ("at", "kind", "count"),
    [
        ("2099-10-23 20:00", "", 0), ("2099-10-23 22:30", "", 0), ("2099-10-24 00:30", "before_due", 3),
        ("2099-10-30 18:00", "", 0), ("2099-10-31 00:00", "due", 3), ("2099-10-31 23:00", "overdue", 3),
        ("2099-12-15 17:00", "", 0),
    ],
)  # fmt: skip
def test_the_clock_tells_each_thing_once(world: World, at: str, kind: str, count: int) -> None:
    cycle = world.opened()
    Notice.objects.all().delete()
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    plan(now)
    assert plan(now) == 0
    found = Counter(Notice.objects.values_list("kind", flat=True))
    assert sum(found.values()) == count
    assert set(found) <= {kind} or not kind
    assert cycle.closed is None


def test_who_is_done_is_not_reminded_and_a_moved_date_is_told_anew(world: World) -> None:
    cycle = world.opened()
    Report.objects.filter(party="OST").update(state="accepted")
    Notice.objects.all().delete()
    now = datetime(2099, 10, 31, 1, tzinfo=UTC)
    assert plan(now) == 2
    Cycle.objects.filter(pk=cycle.pk).update(due=cycle.due + timedelta(days=1))
    assert plan(now + timedelta(days=1)) == 2


def test_the_digest_tells_what_happened_the_day_before(world: World, letters: Letters) -> None:
    cycle = world.opened()
    submit(world.report(cycle), GOOD, by=world.focal, seen=0)
    Notice.objects.all().delete()
    Submission.objects.update(sent=datetime(2099, 5, 3, 16, 30, tzinfo=UTC))
    assert plan(datetime(2099, 5, 3, 22, tzinfo=UTC)) == 0
    assert plan(datetime(2099, 5, 4, 1, tzinfo=UTC)) == 1
    assert plan(datetime(2099, 5, 5, 1, tzinfo=UTC)) == 0
    one = Notice.objects.get()
    assert (one.user, one.facts["happened"]) == (world.editor, ["1 report came in, 0 late"])
    sending.send_waiting()
    assert letters.messages[0]["List-Unsubscribe"] == "<https://tracker.example.org/account/notices>"


def test_what_is_switched_off_stands_on_the_page_alone(world: World, letters: Letters) -> None:
    choose_notices(world.focal, ["digest"], by=world.focal)
    with pytest.raises(NotAllowed):
        choose_notices(world.focal, [], by=world.editor)
    world.opened()
    plan(datetime(2099, 10, 31, 1, tzinfo=UTC))
    held = Notice.objects.filter(user=world.focal)
    assert dict(held.values_list("kind", "way")) == {"asked": "waiting", "due": "held"}
    assert AuditEvent.objects.filter(verb="account.notices_changed").count() == 1


def test_a_party_is_reminded_once_a_week(world: World) -> None:
    cycle = world.opened()
    Report.objects.filter(party="OST").update(state="sent")
    done = remind_parties(cycle, ["NOR", "OST", "WES"], by=world.editor)
    assert (done.told, done.lately, done.nobody) == (("Norland",), (), ("Westmark",))
    assert remind_parties(cycle, ["NOR"], by=world.editor).lately == ("Norland",)
    Notice.objects.update(made=timezone.now() - timedelta(days=8))
    Notice.objects.filter(kind="nudged").update(made=timezone.now() - timedelta(days=8))
    with pytest.raises(NotAllowed):
        remind_parties(cycle, ["NOR"], by=world.focal)
    assert AuditEvent.objects.filter(verb="cycle.reminded").count() == 1
    assert Notice.objects.filter(kind="nudged").count() == 2


def test_a_server_that_is_away_is_waited_for(db: None, letters: Letters) -> None:
    told(5)
    with override_settings(EMAIL_PORT=free_port()):
        for _ in range(3):
            assert sending.send_waiting().away
            due_now()
    assert ways() == {"waiting": 5}
    Notice.objects.filter(way=Way.WAITING).update(made=timezone.now() - timedelta(days=9))
    with override_settings(EMAIL_PORT=free_port()):
        assert sending.send_waiting().away
    assert [sending.wait_after(tries).total_seconds() for tries in (1, 2, 3, 60)] == [30, 60, 120, 900]
    due_now()
    assert sending.send_waiting().sent == 5
    assert len(set(letters.numbers)) == 5


def test_what_the_server_says_decides(db: None, letters: Letters) -> None:
    told(5)
    said = {"p0@example.org": "550 No such person", "p1@example.org": "450 Later"}
    letters.at_recipient = said.get
    letters.at_dot = lambda envelope: {"p2@example.org": "554 No", "p3@example.org": "451 Later"}.get(
        envelope.rcpt_tos[0]
    )
    done = sending.send_waiting()
    assert (done.sent, done.later, done.refused) == (1, 2, 2)
    assert ways() == {"failed": 2, "waiting": 2, "sent": 1}
    assert "No such person" in Notice.objects.get(email="p0@example.org").said
    letters.at_recipient = letters.at_dot = lambda _: None
    Notice.objects.filter(way=Way.WAITING).update(made=timezone.now() - timedelta(days=4))
    due_now()
    assert sending.send_waiting().sent == 2
    failed = Notice.objects.filter(way=Way.FAILED).values_list("pk", flat=True)[0]
    send_again(failed, by=SYSTEM)
    with pytest.raises(EditConflict):
        settle_as_sent(failed, by=SYSTEM)
    assert sending.send_waiting().sent == 1


def test_a_slow_sender_that_lost_its_claim_stops_before_the_dot(db: None, letters: Letters) -> None:
    told(1)

    def steal(_: None) -> None:
        """Let another sender take the notice over while the first still speaks."""
        Notice.objects.update(claimed=timezone.now() - sending.LEASE - timedelta(seconds=1))
        sending.recover()
        assert sending.claim_next("other") is not None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "_envelope", lambda smtp, to: steal(envelope(smtp, to)))
        assert sending.send_waiting().sent == 0
    assert letters.held == []
    assert Notice.objects.get().claim == "other"


envelope = sending._envelope


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_sender_that_is_killed_sends_nothing_twice_and_loses_nothing(tmp_path: Path) -> None:
    """Killed before the dot a letter goes out later; while the server takes it, nobody sends it again unasked."""
    folder = empty_register(tmp_path / "data")
    _fill(folder, 90)
    stop, killed = Event(), Event()

    def wait(_: Any = None) -> None:
        """Hold the sender where it is until it is dead."""
        stop.set()
        killed.wait(PATIENCE)

    with mail_server() as server:
        server.at_dot = lambda _: wait() if len(server.held) == 30 and not killed.is_set() else None
        _watch_and_kill(folder, server, stop)
        killed.set()
        _time_passes(folder)
        stop, killed = Event(), Event()
        server.at_recipient = lambda _: wait() if len(server.held) == 60 and not killed.is_set() else None
        _watch_and_kill(folder, server, stop)
        killed.set()
        _time_passes(folder)
        line = [sys.executable, "-m", "followthrough", "notices"]
        more = {"FOLLOWTHROUGH_EMAIL_URL": server.url}
        subprocess.run(line, env=environment(folder, **more), check=True, capture_output=True, timeout=PATIENCE)
        assert len(set(server.numbers)) == len(server.numbers) == 90
    with closing(sqlite3.connect(folder / NAME)) as held:
        ways = dict(held.execute("SELECT way, count(*) FROM notices_notice GROUP BY way").fetchall())
    assert ways == {"sent": 89, "unsettled": 1}


def _fill(folder: Path, count: int) -> None:
    now = datetime.now(UTC).isoformat(sep=" ")
    columns = "key, kind, email, subject, record, link, facts, made, way, next_try, tries, claim, said"
    rows = [
        (f"accepted/{n}", "accepted", f"p{n}@example.org", f"Letter {n}", "Round", "/todo", "{}", now, "waiting", now,
         0, "", "") for n in range(count)
    ]  # fmt: skip
    with closing(sqlite3.connect(folder / NAME)) as held, held:
        held.executemany(f"INSERT INTO notices_notice ({columns}) VALUES ({', '.join('?' * 13)})", rows)  # noqa: S608


def _watch_and_kill(folder: Path, server: Letters, stop: Event) -> None:
    line = [sys.executable, "-m", "followthrough", "notices", "--watch"]
    process = subprocess.Popen(line, env=environment(folder, FOLLOWTHROUGH_EMAIL_URL=server.url))
    assert stop.wait(PATIENCE)
    time.sleep(0.05)
    process.kill()
    process.wait(PATIENCE)


def _time_passes(folder: Path) -> None:
    """Let the claims of the dead be old."""
    with closing(sqlite3.connect(folder / NAME)) as held, held:
        held.execute("UPDATE notices_notice SET claimed = '2020-01-01 00:00:00' WHERE claimed IS NOT NULL")


def test_the_clock_does_its_rounds_until_it_is_stopped(transactional_db: None, letters: Letters) -> None:
    told(2)
    done: list[sending.Sent] = []
    stop = Event()

    def said(one: sending.Sent) -> None:
        done.append(one)
        stop.set()

    connection.close()  # one of an earlier test may be as old as PostgreSQL's may become
    connection.ensure_connection()
    held = connection.connection
    clockwork.keep_working(stop, said)
    assert [one.sent for one in done] == [2]
    assert connection.connection is held
