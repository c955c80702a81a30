"""The words of an e-mail: of its text, and of each attachment by the second reader of the attachment's format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from followthrough.verify.html_words import html_words
from followthrough.verify.plain_words import decoded
from followthrough.verify.source_words import SourceWords, bounded

if TYPE_CHECKING:
    from email.message import Message

_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,200}){2,200}")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HOLDERS = (b"PK", b"%PDF", b"\xff\xfe", b"\xfe\xff")
"""How a file begins that holds a text among bytes that are no letters."""
Attached = Callable[[bytes], SourceWords]


def is_mail(data: bytes) -> bool:
    """Tell whether ``data`` begins with the header of an e-mail."""
    head = _HEADER.match(data[: 1 << 16].replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf"))
    said = head.group().lower() if head else b""
    return (
        sum(name in said for name in (b"mime-version:", b"received:", b"message-id:", b"content-type:", b"subject:"))
        > 1
    )


def mail_words(data: bytes, attached: Attached) -> SourceWords:
    """Return the words of an e-mail; ``attached`` reads an attachment, and gives no words for one that is no text."""
    import email.policy  # few files are letters, and the import takes longer than most texts

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    return SourceWords("email", bounded(_pieces(message, attached)), counts=True)


def _pieces(part: Message, attached: Attached) -> Iterator[str]:
    if part.is_multipart():
        below = [one for one in part.get_payload() if not isinstance(one, str)]
        if part.get_content_type() == "multipart/alternative":
            below = [one for one in below if one.get_content_type() == "text/plain"][:1] or below[-1:]
        for one in below:
            yield from _pieces(one, attached)
        return
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    if part.get_content_type() == "text/html" and not part.get_filename():
        yield from html_words(content).pieces
    elif part.get_content_type() == "text/plain" and not part.get_filename():
        yield decoded(content, part.get_content_charset() or "")
    elif not _BINARY.search(content[:4096]) or content.startswith(_HOLDERS):
        yield from attached(content).pieces
