"""The addresses of the pages that read the whole register; a file has the address of its page, and an ending."""

from __future__ import annotations

from django.urls import path, re_path

from followthrough.web.kit.security_headers import EMBED
from followthrough.web.pages import (
    agreement_views,
    commitment_list_views,
    dated_views,
    document_list_views,
    embed_views,
    home,
    instrument_views,
    lineage_views,
    money_views,
    party_views,
    provision_views,
    site_views,
    todo_views,
)

FILES = r"(?:\.(?P<ext>json|csv|xlsx))?$"
CITED = r"(?:\.(?P<ext>json|csv|xlsx|bib|ris|csl\.json))?$"
FEEDS = r"(?:\.(?P<ext>json|csv|xlsx|atom|ics))?$"
DRAWN = r"(?:\.(?P<ext>json|csv|xlsx|svg))?$"
SVG = r"(?:\.(?P<ext>svg))?$"
DOC = r"^agreements/(?P<doc>[^/]+?)"

urlpatterns = [
    path("", home.home, name="home"),
    path("todo", todo_views.todo, name="todo"),
    re_path(rf"^lineage{FILES}", lineage_views.page, name="lineage"),
    re_path(r"^search(?:\.(?P<ext>json))?$", site_views.search, name="search"),
    re_path(r"^methodology(?:\.(?P<ext>json))?$", site_views.methodology, name="methodology"),
    path("about", site_views.about, name="about"),
    path("accessibility", site_views.accessibility, name="accessibility"),
    path("components", site_views.components, name="components"),
    path("healthz", site_views.healthz, name="healthz"),
    re_path(r"^agreements(?:\.(?P<ext>json|csv|xlsx|atom))?$", document_list_views.documents, name="documents"),
    re_path(rf"{DOC}{CITED}", agreement_views.document, name="document"),
    re_path(rf"{DOC}/commitments{FEEDS}", commitment_list_views.commitments, name="commitments"),
    re_path(rf"{DOC}/instruments{FILES}", instrument_views.instruments, name="instruments"),
    re_path(rf"{DOC}/money{DRAWN}", money_views.money, name="money"),
    re_path(rf"^parties{FILES}", party_views.parties, name="parties"),
    re_path(rf"^parties/(?P<key>[^/]+?){CITED}", party_views.party, name="party"),
    re_path(
        rf"{DOC}/(?P<ref>[^/@]+)@(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:\.(?P<ext>json))?$",
        dated_views.place_on,
        name="place-on",
    ),
    re_path(rf"^{EMBED}agreements/(?P<doc>[^/]+?)/coverage{SVG}", embed_views.coverage, name="embed-coverage"),
    re_path(rf"^{EMBED}agreements/(?P<doc>[^/]+?)/money/(?P<fund>[^/]+?){SVG}", embed_views.money, name="embed-money"),
    re_path(
        rf"^{EMBED}agreements/(?P<doc>[^/]+?)/targets/(?P<series>[^/]+?){SVG}",
        embed_views.targets,
        name="embed-targets",
    ),
    re_path(
        rf"^{EMBED}agreements/(?P<doc>[^/]+?)/(?P<ref>[^/]+?)/(?P<kind>[^/]+?){SVG}",
        embed_views.place,
        name="embed-place",
    ),
    re_path(rf"^{EMBED}indicators/(?P<key>[^/]+?){SVG}", embed_views.indicator, name="embed-indicator"),
    # Whatever else stands below an agreement is a place in it: this comes last of all addresses.
    re_path(rf"{DOC}/(?P<ref>[^/]+?){CITED}", provision_views.place, name="place"),
]
