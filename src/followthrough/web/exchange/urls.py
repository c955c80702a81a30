"""The addresses of the import of spreadsheets."""

from __future__ import annotations

from django.urls import path

from followthrough.web.exchange import sheet_views, views

urlpatterns = [
    path("import", views.spreadsheets, name="import"),
    path("import/<id:key>", sheet_views.spreadsheet, name="spreadsheet"),
    path("import/<id:key>/difference", sheet_views.difference, name="spreadsheet-difference"),
    path("import/<id:key>/checked.xlsx", sheet_views.errors, name="spreadsheet-errors"),
    path("import/<id:key>/undo", views.undo, name="undo-import"),
    path("import/<id:key>/discard", views.discard, name="discard-spreadsheet"),
]
