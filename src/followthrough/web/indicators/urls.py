"""The addresses of targets and indicators."""

from __future__ import annotations

from django.urls import re_path

from followthrough.web.indicators import coverage_views, indicator_views, party_views, target_views

FILES = r"(?:\.(?P<ext>json|csv|xlsx))?$"
FEEDS = r"(?:\.(?P<ext>json|csv|xlsx|svg|atom|ics))?$"
DRAWN = r"(?:\.(?P<ext>json|csv|xlsx|svg|bib|ris|csl\.json))?$"

urlpatterns = [
    re_path(rf"^agreements/(?P<doc>[^/]+?)/targets{FEEDS}", target_views.targets, name="targets"),
    re_path(rf"^agreements/(?P<doc>[^/]+?)/indicators{FILES}", coverage_views.coverage, name="indicators"),
    re_path(rf"^indicators/(?P<key>[^/]+?){DRAWN}", indicator_views.indicator, name="indicator"),
    re_path(rf"^parties/(?P<key>[^/]+?)/indicators{FILES}", party_views.party, name="party-indicators"),
]
