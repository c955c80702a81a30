"""The addresses of rounds of rating and of their results."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.assessments import dated_views, desk_views, result_views, round_views

CELL = r"^assessments/(?P<key>[-a-zA-Z0-9_]+)/cells/(?P<cell>[0-9]{1,18})"

urlpatterns = [
    re_path(r"^agreements/(?P<doc>[^/]+?)/ratings(?:\.(?P<ext>json|csv|xlsx))?$", result_views.results, name="ratings"),
    path("agreements/<str:doc>/assessments/new", round_views.new, name="new-assessment"),
    path("agreements/<str:doc>/notes/<str:ref>", round_views.note, name="note"),
    path("assessments/<slug:key>", round_views.manage, name="assessment"),
    path("assessments/<slug:key>/desk", desk_views.desk, name="desk"),
    path("assessments/<slug:key>/desk/<id:cell>", desk_views.cell, name="desk-cell"),
    re_path(rf"{CELL}(?:\.(?P<ext>json|bib|ris|csl\.json))?$", result_views.cell, name="result"),
    re_path(
        rf"{CELL}@(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:\.(?P<ext>json))?$",
        dated_views.result_on,
        name="result-on",
    ),
    path("parties/<str:key>/ratings", result_views.party, name="party-ratings"),
]
