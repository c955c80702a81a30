"""Every address of the tracker."""

from __future__ import annotations

from django.urls import include, path, register_converter

from followthrough.web.kit.plain_text import IdConverter

register_converter(IdConverter, "id")

handler400 = "followthrough.web.kit.error_pages.bad_request"
handler403 = "followthrough.web.accounts.refusals.forbidden"
handler404 = "followthrough.web.kit.error_pages.not_found"
handler500 = "followthrough.web.kit.error_pages.failed"

urlpatterns = [
    path("", include("followthrough.web.links.urls")),
    path("", include("followthrough.web.files.urls")),
    path("", include("followthrough.web.saved_views.urls")),
    path("", include("followthrough.web.evidence.urls")),
    path("", include("followthrough.web.activities.urls")),
    path("", include("followthrough.web.indicators.urls")),
    path("", include("followthrough.web.assessments.urls")),
    path("", include("followthrough.web.followup.urls")),
    path("", include("followthrough.web.accounts.urls")),
    path("", include("followthrough.web.records.urls")),
    path("", include("followthrough.web.workbench.urls")),
    path("", include("followthrough.web.exchange.urls")),
    path("", include("followthrough.web.search.urls")),
    path("", include("followthrough.web.papers.urls")),
    path("", include("followthrough.web.answers.urls")),
    path("", include("followthrough.web.api.urls")),
    path("", include("followthrough.web.pages.urls")),
]
