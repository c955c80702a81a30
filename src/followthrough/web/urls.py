"""Every address of the tracker."""

from __future__ import annotations

from django.urls import include, path, register_converter

from followthrough.web.edge import IdConverter

register_converter(IdConverter, "id")

handler400 = "followthrough.web.edge.bad_request"
handler403 = "followthrough.web.pages.site_views.forbidden"
handler404 = "followthrough.web.pages.site_views.not_found"
handler500 = "followthrough.web.pages.site_views.failed"

urlpatterns = [
    path("", include("followthrough.web.evidence.urls")),
    path("", include("followthrough.web.activities.urls")),
    path("", include("followthrough.web.indicators.urls")),
    path("", include("followthrough.web.assessments.urls")),
    path("", include("followthrough.web.accounts.urls")),
    path("", include("followthrough.web.workbench.urls")),
    path("", include("followthrough.web.audit.urls")),
    path("", include("followthrough.web.pages.urls")),
]
