"""The addresses of activities and meetings."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.activities import bulk_views, detail_views, entry_views, views

DOC = r"^agreements/(?P<doc>[^/]+?)"
FEEDS = r"(?:\.(?P<ext>json|csv|xlsx|atom|ics))?$"

urlpatterns = [
    path("agreements/<str:doc>/activities/change", bulk_views.activities, name="change-activities"),
    re_path(
        r"^activities/(?P<key>[^/]+?)(?:\.(?P<ext>json|bib|ris|csl\.json))?$", detail_views.activity, name="activity"
    ),
    re_path(rf"{DOC}/activities/new$", entry_views.new_activity, name="new-activity"),
    re_path(rf"{DOC}/activities{FEEDS}", views.activities, name="activities"),
    re_path(rf"{DOC}/meetings{FEEDS}", views.meetings, name="meetings"),
]
