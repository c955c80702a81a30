"""A published rating as it stood on a day: an address that is cited, and stays."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.web.assessments.models import PUBLISHED
from followthrough.web.assessments.policy import visible_cells
from followthrough.web.assessments.result_views import cited_rating, rating_json
from followthrough.web.assessments.rows import cells_of
from followthrough.web.assessments.values import marked, scale_of
from followthrough.web.kit.addresses import address, on_day
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.wording import day as in_words
from followthrough.web.records.on_a_day import day_of, kept


@require_safe
def result_on(request: HttpRequest, key: str, cell: str, day: str, ext: str = "") -> HttpResponse:
    """Show what was published of a rating by the end of a day: later ratings and replies are left out."""
    about = ("assessment__document", "commitment", "party")
    held = visible_cells(request.user).select_related(*about).filter(pk=cell, assessment=key).first()
    if held is None or held.assessment.state != PUBLISHED:
        raise Http404(_("There is no such rating, or it is not published."))
    then = day_of(day)
    published = held.assessment.published
    if published is None or published.date() > then:
        raise Http404(_("On %(day)s this rating was not published yet.") % {"day": in_words(day)})
    whole = cells_of(held.assessment, held.pk)[0]
    row = replace(
        whole,
        verdicts=[one for one in whole.verdicts if one.at.date() <= then],
        replies=[one for one in whole.replies if one.at.date() <= then],
    )
    live = address("result", key, cell)
    if ext:
        shown = {"id": held.pk, "round": key, "as_of": day, "live": request.build_absolute_uri(live)}
        return kept(json_answer(shown | rating_json(row)), request, then, live)
    scale = scale_of(held.assessment.scale)
    context = {
        "round": held.assessment, "cell": held, "row": row, "day": then, "live": live, "commitment": held.commitment,
        "verdicts": [(one, marked(scale, one.value)) for one in reversed(row.verdicts)],
        "cite": cited_rating(request, held, as_of=day), "address": on_day(live, day),
    }  # fmt: skip
    return kept(render(request, "assessments/result_on.html", context), request, then, live)
