"""The address that confirms links."""

from __future__ import annotations

from django.urls import path

from followthrough.web.links import views

urlpatterns = [path("links/confirm", views.confirm, name="confirm")]
"""Where the buttons of pages with links lead to."""
