"""The addresses of the import of spreadsheets, of open data, and of the files that other systems take."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.exchange import data_views, iati_views, sheet_views, views

urlpatterns = [
    re_path(r"^agreements/(?P<doc>[^/]+?)/activities\.iati\.xml$", iati_views.activities, name="activities-iati"),
    path("data", data_views.open_data, name="open-data"),
    path("data/dictionary", data_views.data_dictionary, name="data-dictionary"),
    path("data/files/<str:name>", data_views.data_file, name="data-file"),
    path("agreements/<str:doc>/text.akn.xml", data_views.text, name="marked-text"),
    path("import", views.spreadsheets, name="import"),
    path("import/<id:key>", sheet_views.spreadsheet, name="spreadsheet"),
    path("import/<id:key>/difference", sheet_views.difference, name="spreadsheet-difference"),
    path("import/<id:key>/checked.xlsx", sheet_views.errors, name="spreadsheet-errors"),
    path("import/<id:key>/undo", views.undo, name="undo-import"),
    path("import/<id:key>/discard", views.discard, name="discard-spreadsheet"),
]
