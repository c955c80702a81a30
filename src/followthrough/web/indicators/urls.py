"""The addresses of targets."""

from __future__ import annotations

from django.urls import re_path

from followthrough.web.indicators import views

urlpatterns = [
    re_path(r"^agreements/(?P<doc>[^/]+?)/targets(?:\.(?P<ext>json|csv|xlsx))?$", views.targets, name="targets"),
]
