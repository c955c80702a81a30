"""The addresses of the API, of the page about it, and of the tokens that it takes."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from followthrough.web.api import page_views, token_views
from followthrough.web.api.v1 import api, openapi

urlpatterns = [
    path("account/tokens", token_views.own_tokens, name="account-tokens"),
    path("tokens", token_views.everybodys, name="tokens"),
    path("api/v1/", page_views.page, name="api-page"),
    path("api/v1/openapi.json", require_safe(openapi), name="api-openapi"),
    *(
        path(f"api/v1/{one.pattern}", one.callback, name=one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
]
