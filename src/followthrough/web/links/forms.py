"""What the forms that link a subject send, and what a list offers to do with its links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from followthrough.model.vocabulary import LinkRole
from followthrough.web.accounts.policy import may
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import typed_text
from followthrough.web.links.actions.bulk_changes import BulkCommand
from followthrough.web.links.actions.links import LinkRequest


def link_request(request: HttpRequest, targets: str = "commitments") -> LinkRequest:
    """Return the link that a form describes; ``targets`` is the field with the ids of what is linked to."""
    named = [one.strip() for text in request.POST.getlist(targets) for one in text.replace(";", ",").split(",")]
    role, rationale, share = (typed_text(request, f"links.{name}") for name in ("role", "rationale", "share"))
    return LinkRequest(tuple(one for one in named if one), role, rationale, share)


def list_actions(
    request: HttpRequest,
    document: str,
    stem: str,
    enter: str,
    commands: Iterable[BulkCommand],
    choices: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Return what a list offers to those who enter evidence: a new record, and the change of those that are ticked.

    ``stem`` and ``enter`` are the names of the addresses of the list and of the form for a new record; ``choices`` are
    the values of the fields that commands need, beside the roles.
    """
    offered = request.user.is_authenticated and may(request.user, Permission.ENTER, Document(pk=document))
    if not offered:
        return {"change": ""}
    return {
        "change": address(f"change-{stem}", document),
        "change_form": "links/_change.html",
        "enter": address(enter, document),
        "commands": list(commands),
        "choices": {"role": tuple(LinkRole), **choices},
        "stem": stem,
    }
