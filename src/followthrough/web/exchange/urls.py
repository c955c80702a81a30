"""The addresses of the import of spreadsheets."""

from __future__ import annotations

from django.urls import path

from followthrough.web.exchange import views

urlpatterns = [
    path("import", views.spreadsheets, name="import"),
    path("import/<id:key>", views.spreadsheet, name="spreadsheet"),
    path("import/<id:key>/discard", views.discard, name="discard-spreadsheet"),
]
