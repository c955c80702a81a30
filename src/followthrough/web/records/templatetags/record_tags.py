"""The way from a page of an agreement to the forms for its records; settings.py registers it as a builtin."""

from __future__ import annotations

from django import template

from followthrough.web.accounts.policy import may
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.kit.addresses import address

register = template.Library()
NOUNS = {
    "targets": "target", "instruments": "instrument", "meetings": "meeting", "money": "fund-figure",
    "indicators": "indicator",
}  # fmt: skip
"""Of which kind the records are that a part of an agreement lists."""


@register.simple_tag(takes_context=True)
def adding(context: template.Context, document: str, here: str = "") -> str:
    """Return where the reader of a part of an agreement adds to it; nothing for who may not."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated or not may(user, Permission.ENTER, Document(pk=document)):
        return ""
    noun = NOUNS.get(here, "")
    return address("records", document) + (f"?of={noun}#held" if noun else "")
