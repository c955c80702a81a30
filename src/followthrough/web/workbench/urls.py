"""The addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from followthrough.web.workbench import views

urlpatterns = [
    path("catalogue", views.workbench, name="workbench"),
    path("catalogue/<str:doc>", views.draft, name="draft"),
    path("catalogue/<str:doc>/details", views.details, name="draft-details"),
    path("catalogue/<str:doc>/site", views.visibility, name="visibility"),
    path("catalogue/<str:doc>/discard", views.discard, name="discard"),
    path("catalogue/<str:doc>/corrections.csv", views.corrections, name="corrections"),
    path("catalogue/<str:doc>/correct", views.correct, name="correct"),
    path("catalogue/<str:doc>/<id:page>", views.draft, name="draft-page"),
]
