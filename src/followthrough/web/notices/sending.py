"""The sender: takes notices from the outbox one by one, and hands each to the mail server at most once.

A notice is claimed before anything is said to the server, and marked once more just before the dot that ends its
letter: only by that dot a server takes it. A sender that died before the dot sent nothing, and another takes the notice
over; one that died after it left a notice that is ``unsettled``, which nobody sends again unasked (docs/adr/0040).
"""

from __future__ import annotations

import logging
import re
import secrets
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from followthrough.web.notices.kinds import Way
from followthrough.web.notices.letters import letter_of
from followthrough.web.notices.models import Notice
from followthrough.web.notices.outbox import NO_ADDRESS

LEASE = timedelta(minutes=5)
"""After this a claim is taken for that of a sender that died. A slow one loses it, and stops before the dot."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
PATIENCE = timedelta(days=3)
"""How long a server may go on saying "later" about one letter; a server that cannot be reached is waited for."""
UNSETTLED = gettext_noop("its sender was stopped while the mail server took it")
BROKEN = gettext_noop("the connection broke while the mail server took it")

_log = logging.getLogger(__name__)


class Overtaken(Exception):
    """Another sender holds the notice now."""


class ServerAway(Exception):
    """The mail server cannot be reached, or refuses us: no letter is to blame."""


class LaterPlease(Exception):
    """The server did not take this letter now."""


class Refused(Exception):
    """The server will never take this letter."""


class Broken(Exception):
    """The connection broke after the dot: nobody knows."""


@dataclass(slots=True)
class Sent:
    """What a round did: letters sent, put off and refused, and whether the server was away."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    away: str = ""


def send_waiting(most: int = 1000) -> Sent:
    """Send what waits and is due, oldest first, until the server is away or ``most`` letters went."""
    recover()
    done, server = Sent(), _Server()
    mark = secrets.token_hex(8)
    try:
        while done.sent + done.later + done.refused < most and (notice := claim_next(mark)):
            _deliver(notice, server, done)
            if done.away:
                break
    finally:
        server.close()
    return done


def recover() -> None:
    """Settle what senders left that died: what they had not handed over waits again, the rest is ``unsettled``."""
    left = Notice.objects.filter(claimed__lt=timezone.now() - LEASE)
    left.filter(way=Way.CLAIMED).update(way=Way.WAITING, claim="")
    left.filter(way=Way.HANDING).update(way=Way.UNSETTLED, claim="", said=UNSETTLED)


def claim_next(mark: str) -> Notice | None:
    """Claim the oldest notice that waits, for the sender of this mark. Another may be faster: then the one after it."""
    while True:
        now = timezone.now()
        waiting = Notice.objects.filter(way=Way.WAITING, next_try__lte=now)
        key = waiting.order_by("next_try", "pk").values_list("pk", flat=True).first()
        if key is None:
            return None
        claimed = {"way": Way.CLAIMED, "claim": mark, "claimed": now, "tries": F("tries") + 1}
        if Notice.objects.filter(pk=key, way=Way.WAITING).update(**claimed):
            return Notice.objects.select_related("user").get(pk=key)


def _deliver(notice: Notice, server: _Server, done: Sent) -> None:
    if not notice.address:
        _settle(notice, Way.HELD, said=NO_ADDRESS)
        return
    try:
        server.hand_over(notice, lambda: _before_the_dot(notice))
    except Overtaken:
        return
    except ServerAway as error:
        done.away = str(error)
        _put_off(notice, str(error), forever=True)
    except LaterPlease as error:
        done.later += 1
        _put_off(notice, str(error))
    except Refused as error:
        done.refused += 1
        _settle(notice, Way.FAILED, said=str(error))
    except Broken as error:
        done.refused += 1
        _settle(notice, Way.UNSETTLED, said=f"{BROKEN}: {error}")
    else:
        done.sent += 1
        _settle(notice, Way.SENT)


def _before_the_dot(notice: Notice) -> None:
    """Mark that the server is about to take the letter. Raises ``Overtaken`` where the claim is lost."""
    held = Notice.objects.filter(pk=notice.pk, way=Way.CLAIMED, claim=notice.claim)
    if not held.update(way=Way.HANDING):
        raise Overtaken


def _settle(notice: Notice, way: Way, *, said: str = "") -> None:
    now = timezone.now()
    held = Notice.objects.filter(pk=notice.pk, claim=notice.claim, way__in=(Way.CLAIMED, Way.HANDING))
    held.update(way=way, claim="", said=said[:300], sent=now if way is Way.SENT else None)
    if said:
        _log.warning("notice %s: %s", notice.pk, said)


def _put_off(notice: Notice, said: str, *, forever: bool = False) -> None:
    """Let a notice wait, longer each time; after three days of it a letter is given up."""
    now = timezone.now()
    if not forever and now - notice.made > PATIENCE:
        _settle(notice, Way.FAILED, said=said)
        return
    held = Notice.objects.filter(pk=notice.pk, claim=notice.claim)
    held.update(way=Way.WAITING, claim="", next_try=now + wait_after(notice.tries), said=said[:300])
    _log.warning("notice %s waits: %s", notice.pk, said)


def wait_after(tries: int) -> timedelta:
    """Return how long a notice waits after so many tries."""
    return min(FIRST_WAIT * (1 << min(max(tries - 1, 0), 10)), LONGEST_WAIT)


class _Server:
    """One connection to the mail server, opened when the first letter needs it."""

    def __init__(self) -> None:
        self.backend = EmailBackend()

    def hand_over(self, notice: Notice, before_the_dot: Callable[[], None]) -> None:
        """Hand one letter over; a letter that fails closes the connection, so that the next begins anew."""
        body = _lines(letter_of(notice).message().as_bytes())
        smtp = self._open()
        try:
            _envelope(smtp, notice.address)
            smtp.send(body)
            before_the_dot()
        except (OSError, smtplib.SMTPException) as error:
            self.close(broken=True)
            raise LaterPlease(_words(error)) from error
        except Exception:
            self.close(broken=True)
            raise
        _dot(smtp, self)

    def _open(self) -> smtplib.SMTP:
        try:
            self.backend.open()
            connection = self.backend.connection
        except (OSError, smtplib.SMTPException) as error:
            self.close(broken=True)
            raise ServerAway(_words(error)) from error
        if connection is None:
            raise ServerAway("SMTP")
        return connection

    def close(self, *, broken: bool = False) -> None:
        """Close the connection; one that is ``broken`` without a word, which also ends a letter that has no dot yet."""
        if broken and self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None
        self.backend.close()


def _envelope(smtp: smtplib.SMTP, address: str) -> None:
    """Say who writes to whom, up to where the letter begins."""
    smtp.ehlo_or_helo_if_needed()
    for code, said in (
        smtp.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        smtp.rcpt(address),
        smtp.docmd("DATA"),
    ):
        _judge(code, said)


def _dot(smtp: smtplib.SMTP, server: _Server) -> None:
    """End the letter, and hear what the server says of it."""
    try:
        smtp.send(b".\r\n")
        code, said = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        server.close(broken=True)
        raise Broken(_words(error)) from error
    try:
        _judge(code, said)
    except (LaterPlease, Refused):
        server.close(broken=True)
        raise


def _judge(code: int, said: bytes) -> None:
    if code >= 500:
        raise Refused(_reply(code, said))
    if code >= 400 or code < 200:
        raise LaterPlease(_reply(code, said))


def _lines(message: bytes) -> bytes:
    """Return a message as it is sent: lines that end as the protocol wants, a dot at the head of one doubled."""
    whole = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    return re.sub(rb"(?m)^\.", b"..", whole if whole.endswith(b"\r\n") else whole + b"\r\n")


def _reply(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _reply(error.smtp_code, said if isinstance(said, bytes) else said.encode())
    return str(error) or type(error).__name__
