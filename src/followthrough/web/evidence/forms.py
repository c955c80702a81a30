"""What the forms for claims send."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from followthrough.model.vocabulary import Stance
from followthrough.web.agreements.entry_forms import source_cells
from followthrough.web.evidence.actions.claims import CLAIM_CELLS, Entry
from followthrough.web.kit.forms import typed_cells
from followthrough.web.links.forms import link_request


def claim_cells(request: HttpRequest) -> dict[str, str]:
    """Return the cells of a claim as they were typed; a form says yes and no where a pack says true and false."""
    typed = typed_cells(request, "claims", CLAIM_CELLS)
    typed["reproducible"] = {"yes": "true", "": "true", "no": "false"}.get(typed["reproducible"], typed["reproducible"])
    return typed


def counted_again() -> list[tuple[str, str]]:
    """Return the answers to whether the list under a figure is published, with their words."""
    return [("yes", _("yes, or it has no figure")), ("no", _("no: the figure cannot be reproduced"))]


def stances() -> list[tuple[str, str]]:
    """Return the stances of an evidence item, in full words."""
    words = {
        Stance.NEUTRAL: _("neutral: neither for nor against"),
        Stance.FAVOURABLE: _("supports: evidence for what was undertaken"),
        Stance.UNFAVOURABLE: _("adverse: evidence against what was undertaken"),
        Stance.COMPARISON: _("a comparison with others"),
    }
    return [(str(stance), said) for stance, said in words.items()]


def entry(request: HttpRequest) -> Entry:
    """Return the new claim that a form describes."""
    link = link_request(request)
    return Entry(
        source_cells(request),
        claim_cells(request),
        link.targets,
        link.rationale,
        link.role,
        tuple(request.POST.getlist("parties")),
        bool(request.POST.get("anyway")),
    )
