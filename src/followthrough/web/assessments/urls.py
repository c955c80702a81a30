"""The addresses of rounds of rating and of their results."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.assessments import desk_views, result_views, round_views

urlpatterns = [
    re_path(r"^agreements/(?P<doc>[^/]+?)/ratings(?:\.(?P<ext>json|csv|xlsx))?$", result_views.results, name="ratings"),
    path("agreements/<str:doc>/assessments/new", round_views.new, name="new-assessment"),
    path("agreements/<str:doc>/notes/<str:ref>", round_views.note, name="note"),
    path("assessments/<slug:key>", round_views.manage, name="assessment"),
    path("assessments/<slug:key>/desk", desk_views.desk, name="desk"),
    path("assessments/<slug:key>/desk/<id:cell>", desk_views.cell, name="desk-cell"),
    path("assessments/<slug:key>/cells/<id:cell>", result_views.cell, name="result"),
    path("parties/<str:key>/ratings", result_views.party, name="party-ratings"),
]
