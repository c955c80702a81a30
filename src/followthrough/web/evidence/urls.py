"""The addresses of claims and sources."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.evidence import bulk_views, claim_views, entry_views, source_list, suggestion_views, views

urlpatterns = [
    path("agreements/<str:doc>/claims/new", entry_views.new_claim, name="new-claim"),
    path("agreements/<str:doc>/suggest", entry_views.suggest, name="suggest"),
    path("agreements/<str:doc>/suggestions", suggestion_views.queue, name="suggestions"),
    path("suggestions", suggestion_views.queue, name="inbox"),
    path("agreements/<str:doc>/claims/change", bulk_views.claims, name="change-claims"),
    re_path(r"^claims/(?P<key>[^/]+?)(?:\.(?P<ext>json|bib|ris|csl\.json))?$", claim_views.claim, name="claim"),
    re_path(r"^agreements/(?P<doc>[^/]+?)/claims(?:\.(?P<ext>json|csv|xlsx|atom))?$", views.claims, name="claims"),
    re_path(r"^agreements/(?P<doc>[^/]+?)/sources(?:\.(?P<ext>json|csv|xlsx))?$", source_list.sources, name="sources"),
    re_path(r"^sources/(?P<key>[^/]+?)(?:\.(?P<ext>json|csv|xlsx|bib|ris|csl\.json))?$", views.source, name="source"),
]
