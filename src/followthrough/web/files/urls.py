"""The addresses of files and of what is attached to a source."""

from __future__ import annotations

from django.urls import path

from followthrough.web.files import views

urlpatterns = [
    path("files/<id:key>", views.file, name="file"),
    path("files/<id:key>/download", views.download, name="file-download"),
    path("sources/<str:key>/files", views.source_files, name="source-files"),
]
