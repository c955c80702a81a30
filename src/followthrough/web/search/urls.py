"""The address of the words that a search treats alike."""

from __future__ import annotations

from django.urls import path

from followthrough.web.search import views

urlpatterns = [path("search/words", views.words, name="search-words")]
