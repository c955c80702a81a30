"""The addresses of what machines read first, at the root of the site as is usual."""

from __future__ import annotations

from django.urls import path

from followthrough.web.answers import views

urlpatterns = [
    path("llms.txt", views.llms, name="llms"),
    path("llms-full.txt", views.llms_full, name="llms-full"),
]
