"""What a form for a new claim or activity of an agreement offers to choose from, and the checks of what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from followthrough.model.vocabulary import PublisherKind
from followthrough.web.agreements import rows
from followthrough.web.agreements.models import Party

SOURCE_FIELDS = ("url", "title", "publisher", "publisher_kind", "published", "language")


def entry_choices(request: HttpRequest, document: str) -> dict[str, Any]:
    """Return what a form for a new record of ``document`` offers to choose from, and what was chosen."""
    commitments = rows.commitment_rows([document], rows.provision_rows([document]), full=False)
    return {
        "typed": request.POST,
        "commitments": [(one.id, f"{one.ref} {one.said}") for one in commitments],
        "chosen": set(request.POST.getlist("commitments") or request.GET.getlist("for")),
        "parties": list(Party.objects.order_by("kind", "name").values_list("id", "name")),
        "named": set(request.POST.getlist("parties")),
        "publisher_kinds": tuple(PublisherKind),
    }


def known_parties(ids: Sequence[str], problems: dict[str, str]) -> list[str]:
    """Return the ids of parties, once each; one that the register does not have goes to ``problems``."""
    known = set(Party.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if missing := [one for one in ids if one not in known]:
        problems["parties"] = _("the register holds no party %(missing)s") % {"missing": ", ".join(missing)}
    return sorted(known)
