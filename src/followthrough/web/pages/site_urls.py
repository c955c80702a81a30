"""The addresses of the pages that belong to no single agreement."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.pages import dashboard as start_views
from followthrough.web.pages import home, lineage_views
from followthrough.web.pages import site_views as views

urlpatterns = [
    path("", home.home, name="home"),
    path("start", start_views.start, name="start"),
    re_path(r"^lineage(?:\.(?P<ext>json|csv|xlsx))?$", lineage_views.page, name="lineage"),
    re_path(r"^search(?:\.(?P<ext>json))?$", views.search, name="search"),
    re_path(r"^methodology(?:\.(?P<ext>json))?$", views.methodology, name="methodology"),
    path("about", views.about, name="about"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("components", views.components, name="components"),
    path("healthz", views.healthz, name="healthz"),
]
