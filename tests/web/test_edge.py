"""What no reader types: every address and every form is sent it, by everybody, and none of it is our failure.

Addresses come from the resolver, fields from the forms that the pages show: a new page or field is asked by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from lxml import html
from pytest_django import DjangoDbBlocker

from followthrough.packs.reading import Pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.assessments.actions import notes, rounds
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.exchange.importing import import_pack
from followthrough.web.workbench.actions import uploads
from held_rows import laid

NUMBER = "9" * 23
WRONG = [
    pytest.param("a\0b", id="a NUL", marks=pytest.mark.postgresql),
    pytest.param("a\x01\x1b\udc80\x85b", id="half a surrogate pair and other controls", marks=pytest.mark.postgresql),
    pytest.param("ä" * 5000, id="more than a column holds", marks=pytest.mark.postgresql),
    pytest.param(NUMBER, id="a number past 64 bits"),
    pytest.param("-٣²'\"%_\\;--", id="other digits, a sign, quotes"),
]
"""SQLite stores all of these but the number, and reads the last in its own way; PostgreSQL refuses more, and is asked
them all.
"""
PARAMETERS = (
    "q", "page", "sort", "kind", "state", "party", "as_of", "rollup", "round", "cell", "vintage", "about", "open",
    "add", "next", "na", "part",
)  # fmt: skip
TEXT = b"""Joint Declaration on Weirs

1. We will mend every weir of the upper valley.

2. We commit to count the otters every spring.
"""


def patterns(resolver: URLResolver | None = None) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each address of the site: its name, a template of it, and the names of its parts."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from () if one.namespace else patterns(one)
            continue
        plain = str(one.pattern).removeprefix("^").removesuffix("$")
        plain = re.sub(r"\(\?:\\\.\(\?P<ext>[^)]*\)\)\?", "", plain)
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)|<\w+:(\w+)>", lambda found: f"{{{found[1] or found[2]}}}", plain)
        yield one.name or "", "/" + plain, re.findall(r"{(\w+)}", plain)


class Site:
    """A register with something under every address, and a visitor and a coder who may do everything."""

    def __init__(self) -> None:
        register = Document.objects.get(pk="asean-rok-2019")
        administrator, stranger = User.objects.create_superuser("administrator"), User.objects.create_user("stranger")
        uploads.take_in(TEXT, "weirs.txt", "weirs-2024", by=SYSTEM)
        grant_role(stranger, Role.ASSESSOR, by=SYSTEM)
        commitment = Commitment.objects.get(pk="asean-rok-2019/4.3b")
        notes.write_note(commitment, "all of it", "some of it", "nothing", by=SYSTEM)
        coders = (administrator.username, stranger.username)
        round_ = rounds.open_round(register, Plan("Round", "g20-2009", (commitment.pk,), ("KOR",), coders), by=SYSTEM)
        self.cell = str(round_.cells.get().pk)
        self.keys = {
            "assessment": round_.pk, "desk": round_.pk, "desk-cell": round_.pk, "result": round_.pk, "claim": "c-001",
            "source": "s-mofa-akcf-en", "activity": "a-006", "indicator": "i-internet-use", "party": "KOR",
            "party-ratings": "KOR", "party-indicators": "KOR",
        }  # fmt: skip
        self.people = [Client(raise_request_exception=False) for _ in range(2)]
        self.people[1].force_login(administrator)
        self.forms = [list(self._forms(person)) for person in self.people]

    def parts(self, name: str, parts: list[str]) -> dict[str, str]:
        """Return what stands for each part of an address where there is something to show."""
        doc = "weirs-2024" if name.startswith("draft") else "asean-rok-2019"
        good = {"doc": doc, "ref": "4.3", "page": "0", "cell": self.cell, "key": self.keys.get(name, "x")}
        return {part: good.get(part, "x") for part in parts}

    def addresses(self, wrong: str) -> Iterator[str]:
        """Yield every address with each of its parts wrong in turn, and with wrong parameters."""
        sent = quote(wrong, errors="surrogatepass", safe="")
        for name, template, parts in patterns():
            good = self.parts(name, parts)
            for part in parts:
                yield template.format(**(good | {part: sent}))
            yield template.format(**good) + "?" + "&".join(f"{name}={sent}" for name in PARAMETERS)

    def _forms(self, person: Client) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield every form that ``person`` is shown, with its fields as a browser would send them."""
        seen = set()
        for name, template, parts in patterns():
            page = person.get(template.format(**self.parts(name, parts)))
            if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
                continue
            for form in html.fromstring(page.content.decode()).iterfind(".//form[@method='post']"):
                address = form.get("action") or page.wsgi_request.path
                fields = {str(one.get("name")): one.get("value") or "" for one in form.iter() if one.get("name")}
                if address != "/sign-out" and (key := (address, tuple(sorted(fields)))) not in seen:
                    seen.add(key)
                    yield address, fields


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, bundled: Pack) -> Iterator[Site]:
    """Something under every address, made once; what a test sends is taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        laid("bundled", partial(import_pack, bundled, by=SYSTEM))
        yield Site()
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG)
def test_no_address_fails(db: None, wrong: str, site: Site) -> None:
    failed = []
    for address in site.addresses(wrong):
        for person in site.people:
            status = person.get(address).status_code
            if status >= 500:
                failed.append((status, address[:200]))
    assert not failed


STORED = [*WRONG[:-1], pytest.param(*WRONG[-1].values, id=WRONG[-1].id, marks=pytest.mark.postgresql)]
"""What SQLite reads in its own way, it reads in addresses; from a form it stores it."""


@pytest.mark.slow
@pytest.mark.parametrize("wrong", STORED)
def test_no_form_fails(db: None, wrong: str, site: Site) -> None:
    failed, sent = [], set()
    for person, forms in zip(site.people, site.forms, strict=True):
        for address, fields in forms:
            for values in _bad(fields, wrong):
                body = urlencode(values, errors="surrogatepass")
                status = person.post(address, body, "application/x-www-form-urlencoded").status_code
                sent.add(address)
                if status >= 500:
                    failed.append((status, address, [name for name in values if values[name] == wrong]))
    assert not failed
    assert {"/agreements/asean-rok-2019/suggest", "/catalogue/weirs-2024/1", "/claims/c-001"} <= sent
    assert any("/desk/" in address for address in sent)


def _bad(fields: dict[str, str], wrong: str) -> Iterator[dict[str, str]]:
    """Yield the fields with all that a person fills in wrong at once, then with one wrong and the rest plausible."""
    open_fields = [name for name in fields if name not in ("csrfmiddlewaretoken", "website")]
    yield {name: wrong if name in open_fields else fields[name] for name in fields}
    for name in open_fields:
        yield {**{one: fields[one] or "plausible" for one in fields}, name: wrong}
