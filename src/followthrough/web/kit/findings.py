"""A finding as a page opens with it: its first sentence is the title, what follows is the lead."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

_END = re.compile(r"(?<![A-Z])[.?!](?:</(?:data|strong|a)>)*(?=\s|$)")
"""The end of a sentence with the tags that close on it; a capital with a full stop is an initial."""
_STRONG = re.compile(r"</?strong>")


class Finding(NamedTuple):
    """The first sentence, without its full stop and without emphasis, and the sentences that follow, or nothing."""

    title: SafeString
    lead: SafeString


def finding(said: str) -> Finding:
    """Part a finding, HTML that is safe already, at the end of its first sentence; a tag is never cut."""
    end = _END.search(said)
    first, rest = (said[: end.end()], said[end.end() :].strip()) if end else (said, "")
    if first.count("<strong>") > first.count("</strong>"):
        rest = f"<strong>{rest}"
    title = re.sub(r"\.((?:</(?:data|a)>)*)$", r"\1", _STRONG.sub("", first).strip())
    return Finding(mark_safe(title), mark_safe(rest))  # noqa: S308 - parts of a safe string, its tags whole
