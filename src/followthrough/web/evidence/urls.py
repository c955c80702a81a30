"""The addresses of claims and sources."""

from __future__ import annotations

from django.urls import re_path

from followthrough.web.evidence import views

urlpatterns = [
    re_path(r"^agreements/(?P<doc>[^/]+?)/claims(?:\.(?P<ext>json|csv|xlsx))?$", views.claims, name="claims"),
    re_path(r"^sources/(?P<key>[^/]+?)(?:\.(?P<ext>json|csv|xlsx))?$", views.source, name="source"),
]
