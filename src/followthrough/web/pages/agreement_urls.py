"""The addresses of agreements and what stands in them; a file has the address of its page, and an ending."""

from __future__ import annotations

from django.urls import re_path

from followthrough.web.pages import agreement_views as views
from followthrough.web.pages import instrument_and_party_views as standing_views

DOC = r"(?P<doc>[^/]+?)"
REF = r"(?P<ref>[^/]+?)"

urlpatterns = [
    re_path(r"^agreements(?:\.(?P<ext>json|csv|xlsx))?$", views.documents, name="documents"),
    re_path(rf"^agreements/{DOC}(?:\.(?P<ext>json|csv|xlsx))?$", views.document, name="document"),
    re_path(rf"^agreements/{DOC}/commitments(?:\.(?P<ext>json|csv|xlsx))?$", views.commitments, name="commitments"),
    re_path(
        rf"^agreements/{DOC}/instruments(?:\.(?P<ext>json|csv|xlsx))?$", standing_views.instruments, name="instruments"
    ),
    re_path(r"^parties(?:\.(?P<ext>json|csv|xlsx))?$", standing_views.parties, name="parties"),
    re_path(r"^parties/(?P<key>[^/]+?)(?:\.(?P<ext>json|csv|xlsx))?$", standing_views.party, name="party"),
    re_path(rf"^agreements/{DOC}/{REF}(?:\.(?P<ext>json|bib|ris))?$", views.place, name="place"),
]
