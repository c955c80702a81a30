"""The addresses that confirm links."""

from __future__ import annotations

from django.urls import path

from followthrough.web.links import run_views, views

urlpatterns = [
    path("links/confirm", views.confirm, name="confirm"),  # where the buttons of pages with links lead to
    path("links/run", run_views.run, name="link-run"),
]
