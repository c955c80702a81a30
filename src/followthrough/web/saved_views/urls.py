"""The addresses of saved views."""

from __future__ import annotations

from django.urls import path

from followthrough.web.saved_views import views

urlpatterns = [
    path("saved-views", views.saved_views, name="saved-views"),
    path("saved-views/save", views.save, name="save-view"),
]
