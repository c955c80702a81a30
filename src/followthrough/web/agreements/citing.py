"""How a page is cited: the citation of the library, with what this register says of itself and the day of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from followthrough.publish.citations import FORMS, Citation
from followthrough.web.agreements.models import Pack
from followthrough.web.agreements.sources import SourceRow
from followthrough.web.kit.addresses import on_day
from followthrough.web.kit.downloads import text_answer


def cite(
    request: HttpRequest,
    kind: str,
    key: str,
    title: str,
    path: str,
    about: Mapping[str, str] = MappingProxyType({}),
    *,
    dated: bool = False,
    as_of: str = "",
) -> Citation:
    """Return the citation of what the page at ``path`` shows; ``about`` are further fields of ``Citation``.

    ``dated`` is a page that has an address for every day: then that of today is cited. An edition is of one day itself.
    ``as_of`` is the day that is shown, where that is not today. It is made where it is first looked at: the tables and
    the JSON of a page cite nothing, and ask for no more than they show.
    """
    today = as_of or datetime.now(UTC).date().isoformat()
    url = request.build_absolute_uri(on_day(path, today) if dated and settings.DATED_ADDRESSES else path)

    def made() -> Citation:
        version, licence = _register()
        return Citation(kind, key, title, url, today, version=version, licence=licence, **about)

    return cast("Citation", SimpleLazyObject(made))


def cite_source(request: HttpRequest, kind: str, key: str, title: str, path: str, source: SourceRow) -> Citation:
    """Return the citation of what a source says, or of the source itself."""
    by = source.publisher
    about = {"author": by, "publisher": by, "original": source.url, "published": source.published}
    return cite(request, kind, key, title, path, about)


def cited_answer(one: Citation, ext: str) -> HttpResponse:
    """Answer with the citation as a file of the form that its ending names."""
    content_type, made = FORMS[ext]
    return text_answer(made(one), content_type, f"{one.id.replace('/', '-')}.{ext}")


def _register() -> tuple[str, str]:
    """Return version and licence of what was imported; several packs have one licence where they agree on it."""
    packs = list(Pack.objects.values_list("version", "licence")[:20])
    versions, licences = ({one[at] for one in packs} for at in (0, 1))
    return (versions.pop() if len(packs) == 1 else "", licences.pop() if len(licences) == 1 else "")
