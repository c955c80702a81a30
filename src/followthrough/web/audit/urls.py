"""The address of the record."""

from __future__ import annotations

from django.urls import path

from followthrough.web.audit import views

urlpatterns = [path("audit", views.record_page, name="audit")]
