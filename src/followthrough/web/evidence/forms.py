"""What the forms for evidence have in common: cells as typed, choices, and answers that keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from followthrough.model.vocabulary import ClaimKind, LinkRole, PublisherKind, Stance
from followthrough.web.accounts.policy import may
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import rows as agreement_rows
from followthrough.web.agreements.models import Document, Party
from followthrough.web.audit import stamps
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence.bulk import COMMANDS
from followthrough.web.evidence.entering import BadEntry, Duplicate
from followthrough.web.evidence.revising import WORDS
from followthrough.web.evidence.ties import Tying

SOURCE_FIELDS = ("url", "title", "publisher", "publisher_kind", "published", "language")


def cells(request: HttpRequest, table: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return the cells of a table as they were typed, with one space where there were several."""
    return {name: words(request, f"{table}.{name}") for name in names}


def claim_cells(request: HttpRequest) -> dict[str, str]:
    """Return the cells of a claim as they were typed; a form says yes and no where a pack says true and false."""
    typed = cells(request, "claims", WORDS)
    typed["reproducible"] = {"yes": "true", "": "true", "no": "false"}.get(typed["reproducible"], typed["reproducible"])
    return typed


def seen(request: HttpRequest) -> str:
    """Return the stamp of what the form showed; a form without one has seen nothing."""
    return request.POST.get(stamps.FIELD, "")


def words(request: HttpRequest, name: str) -> str:
    """Return what was typed into one field, with one space where there were several."""
    return " ".join(request.POST.get(name, "").split())


def tying(request: HttpRequest, places: str = "commitments") -> Tying:
    """Return the tie that a form describes."""
    named = [one.strip() for text in request.POST.getlist(places) for one in text.replace(";", ",").split(",")]
    role, rationale, share = (words(request, f"links.{name}") for name in ("role", "rationale", "share"))
    return Tying(tuple(one for one in named if one), role, rationale, share)


def choices(request: HttpRequest, document: str) -> dict[str, Any]:
    """Return what a form for a new thing of ``document`` offers to choose from, and what was chosen."""
    provisions = agreement_rows.provision_rows([document])
    return {
        "typed": request.POST,
        "commitments": agreement_rows.commitment_rows([document], provisions, full=False),
        "chosen": set(request.POST.getlist("commitments") or request.GET.getlist("for")),
        "parties": list(Party.objects.order_by("kind", "name").values_list("id", "name")),
        "named": set(request.POST.getlist("parties")),
        "publisher_kinds": tuple(PublisherKind),
        "roles": tuple(LinkRole),
    }


def offer(request: HttpRequest, document: str, things: str) -> dict[str, Any]:
    """Return what a list offers to those who enter evidence: a new one, and the change of those that are ticked."""
    offered = request.user.is_authenticated and may(request.user, Permission.ENTER, Document(pk=document))
    if not offered:
        return {"change": ""}
    address = f"/agreements/{document}/{things}"
    return {
        "change": f"{address}/change",
        "enter": f"{address}/new",
        "commands": [one for one in COMMANDS.values() if things == "claims" or one.of_ties],
        "choices": {"role": tuple(LinkRole), "kind": tuple(ClaimKind), "stance": tuple(Stance)},
        "things": things,
    }


@dataclass(slots=True)
class Outcome:
    """How a form was taken: done where nothing is wrong, else what the page must say, with its status."""

    problems: dict[str, str] = field(default_factory=dict)
    like: list[str] = field(default_factory=list)
    overtaken: Overtaken | None = None

    @property
    def done(self) -> bool:
        """Whether it was saved."""
        return not (self.problems or self.like or self.overtaken)

    @property
    def status(self) -> int:
        """The status of the answer: 422 for a wrong cell, 409 for a twin or where somebody was faster."""
        return 422 if self.problems else 409 if self.like or self.overtaken else 200

    @property
    def context(self) -> dict[str, Any]:
        """What the page must say."""
        return {"problems": self.problems, "like": self.like, "overtaken": self.overtaken}


def attempt(command: Callable[[], object]) -> Outcome:
    """Do something and say how it went; who may not is left to the caller (``NotAllowed``)."""
    try:
        command()
    except BadEntry as error:
        return Outcome(problems=error.problems)
    except Duplicate as error:
        return Outcome(like=error.like)
    except Overtaken as error:
        return Outcome(overtaken=error)
    return Outcome()
