"""The addresses of the import of spreadsheets, and of the files that other systems take."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.exchange import iati_views, sheet_views, views

urlpatterns = [
    re_path(r"^agreements/(?P<doc>[^/]+?)/activities\.iati\.xml$", iati_views.activities, name="activities-iati"),
    path("import", views.spreadsheets, name="import"),
    path("import/<id:key>", sheet_views.spreadsheet, name="spreadsheet"),
    path("import/<id:key>/difference", sheet_views.difference, name="spreadsheet-difference"),
    path("import/<id:key>/checked.xlsx", sheet_views.errors, name="spreadsheet-errors"),
    path("import/<id:key>/undo", views.undo, name="undo-import"),
    path("import/<id:key>/discard", views.discard, name="discard-spreadsheet"),
]
