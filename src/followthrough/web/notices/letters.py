"""Letters: what a notice says, in plain text and in HTML, both from one template of its kind."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from followthrough.web.kit.addresses import address
from followthrough.web.notices.kinds import SWITCHABLE, NoticeKind
from followthrough.web.notices.models import Notice

WIDTH = 72
FOOT = "-- "

late_links: dict[str, Callable[[Notice], str]] = {}
"""For kinds whose link is a secret that no table keeps: makes the path when the letter is written."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: a paragraph, the items of a list, or the words of its one link."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def letter_of(notice: Notice) -> EmailMultiAlternatives:
    """Return the letter of a notice, in both forms. Its number depends on the notice alone, however often it is made.

    Who gets the same letter twice, since a server lost count, has a program that knows the number.
    """
    site = settings.SITE.rstrip("/")
    path = late_links[notice.kind](notice) if notice.kind in late_links else notice.link
    body, foot = blocks_of(notice)
    context = {
        "subject": notice.subject, "blocks": body, "foot": foot, "link": f"{site}{path}",
        "stop": f"{site}{address('account-notices')}" if notice.kind in SWITCHABLE else "",
    }  # fmt: skip
    headers = {
        "Message-ID": message_id(notice), "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All",
    } | ({"List-Unsubscribe": f"<{context['stop']}>"} if context["stop"] else {})  # fmt: skip
    letter = EmailMultiAlternatives(
        notice.subject, _plain(context), _sender(), [notice.address], headers=headers,
        reply_to=[settings.CONTACT] if "@" in settings.CONTACT and " " not in settings.CONTACT else None,
    )  # fmt: skip
    letter.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return letter


def blocks_of(notice: Notice) -> tuple[list[Block], list[str]]:
    """Return the parts of a letter, and the lines of its foot."""
    written = render_to_string(
        f"notices/{NoticeKind(notice.kind)}.txt", _clean(notice.facts) | {"record": notice.record}
    )
    body, _, foot = written.partition(f"\n{FOOT}\n")
    parts = [part for part in re.split(r"\n[ \t]*\n", body) if part.strip()]
    return [_block(part) for part in parts], [" ".join(foot.split())] if foot.strip() else []


def message_id(notice: Notice) -> str:
    """Return the number of the letter of a notice."""
    host = urlsplit(settings.SITE).hostname or "localhost"
    return f"<{notice.kind}-{hashlib.sha256(notice.key.encode()).hexdigest()[:24]}@{host}>"


def _block(part: str) -> Block:
    lines = [" ".join(line.split()) for line in part.strip().splitlines() if line.strip()]
    if all(line.startswith("- ") for line in lines):
        return Block("list", items=tuple(line[2:] for line in lines))
    if lines[0].startswith("> "):
        return Block("link", lines[0][2:])
    return Block("text", " ".join(lines))


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts on one line each: what somebody typed makes no part of a letter of its own."""
    return {name: _line(value) for name, value in facts.items()}


def _line(value: Any) -> Any:
    if isinstance(value, list):
        return [_line(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _plain(context: Mapping[str, Any]) -> str:
    lines: list[str] = []
    for block in context["blocks"]:
        if block.kind == "list":
            lines += [_wrapped(one, "  - ", "    ") for one in block.items]
        elif block.kind == "link":
            lines += [f"{block.text}:", context["link"]]
        else:
            lines.append(_wrapped(block.text))
        lines.append("")
    lines += [FOOT, *(_wrapped(one) for one in context["foot"])]
    return "\n".join(lines + ([context["stop"]] if context["stop"] else [])) + "\n"


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _sender() -> str:
    ours = settings.DEFAULT_FROM_EMAIL
    return ours if "<" in ours else formataddr(("Followthrough", ours))
