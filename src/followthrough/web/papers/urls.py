"""The addresses of the papers of an agreement."""

from __future__ import annotations

from django.urls import re_path

from followthrough.web.papers import views

DOC = r"^agreements/(?P<doc>[^/]+?)"

urlpatterns = [
    re_path(rf"{DOC}/papers$", views.papers, name="papers"),
    re_path(rf"{DOC}/papers/(?P<paper>[^/.]+)\.(?P<form>[^/]+)$", views.paper, name="paper"),
]
