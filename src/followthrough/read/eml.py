"""Reader of e-mail: the text of the message, then each attachment that is a text, one after the other."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from followthrough.errors import InputRefused
from followthrough.model.document import Notice
from followthrough.read import txt
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.inner import Inner
from followthrough.read.joined import joined
from followthrough.read.lines import Source

MOST_PARTS = 200
_HEADER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,200}){2,}"
)
_TELLING = re.compile(rb"^(?:mime-version|received|message-id|return-path|content-type|subject):", re.I | re.M)
_OUTLOOK = b"\x78\x9f\x3e\x22"  # TNEF, which Outlook sends to those who cannot read it


def recognises(data: bytes) -> bool:
    """Return whether ``data`` begins with the header of an e-mail."""
    head = _HEADER.match(data[: 1 << 16].replace(b"\r\n", b"\n"))
    return bool(head) and len({found.lower() for found in _TELLING.findall(head.group())}) >= 2 if head else False


def source(data: bytes, name: str, inner: Inner) -> Source:
    """Return the text of the e-mail ``data`` and of its attachments as lines; ``inner`` reads an attachment.

    The subject is the title and the day of sending the date. Raises ``InputRefused`` for one without words.
    """
    refuse_size(name, len(data))
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        found, notices = _parts(message, name, inner)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise InputRefused(name_of(name), "the e-mail is broken", "save its text or its attachment") from error
    if not found:
        raise InputRefused(name_of(name), "the e-mail holds no words", "save its attachment and give that")
    whole = joined(found, {} if len(found) > 1 else _facts(message))
    return Source(whole.text, whole.lines, whole.metadata, whole.guessed, whole.set_aside, (*whole.notices, *notices))


def _facts(message: EmailMessage) -> dict[str, str]:
    """Return the day on which the message was sent; its subject is no title where the text has one."""
    try:
        return {"date": parsedate_to_datetime(str(message["date"])).date().isoformat()}
    except (TypeError, ValueError):
        return {}


def _parts(message: EmailMessage, name: str, inner: Inner) -> tuple[list[Source], list[Notice]]:
    found, notices = list[Source](), list[Notice]()
    body = message.get_body(("plain", "html"))
    if body is not None:
        words = body.get_content()
        plain = body.get_content_type() == "text/plain"
        if words.strip():
            found.append(txt.source(words.replace("\r\n", "\n")) if plain else _page(words, name))
    attached = list(message.iter_attachments())
    for part in attached[:MOST_PARTS]:
        called = _called(part)
        try:
            found.append(inner.read(_content(part), called))
            notices.append(Notice("attachment", f"the attachment {called!r} stands behind the text of the message"))
        except InputRefused as refused:
            notices.append(Notice("attachment", f"the attachment {called!r} was not read: {refused.what}"))
    if len(attached) > MOST_PARTS:
        notices.append(Notice("attachment", f"{len(attached) - MOST_PARTS:,} more attachments were not read"))
    return found, notices


def _page(words: str, name: str) -> Source:
    """Return a message in HTML, already decoded as its header states, whatever its own head says."""
    from followthrough.read import html

    return html.source(words.encode("utf-8-sig", "replace"), name)


def _called(part: EmailMessage) -> str:
    """Return what an attachment is called: a message by its subject."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload(0)
        subject = str(inside.get("subject", "")) if isinstance(inside, EmailMessage) else ""
        return subject or "a forwarded message"
    return part.get_filename() or part.get_content_type()


def _content(part: EmailMessage) -> bytes:
    """Return the bytes of an attachment; a text in UTF-8, whatever its header states."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_payload(0)
        return inside.as_bytes() if isinstance(inside, EmailMessage) else b""
    if part.get_content_maintype() == "text" and part.get_content_charset():
        return str(part.get_content()).encode("utf-8", "replace")
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    if data.startswith(_OUTLOOK):
        what = "it is in Outlook's own format"
        raise InputRefused(_called(part), what, "have the message sent as plain text or HTML")
    return data
