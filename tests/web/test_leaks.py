"""What nobody may see, nobody sees: every address, in every form, as everybody, with an agreement nobody published.

The addresses are those of the resolver, the texts those of the models' fields (``two_agreements``): what is new is
asked too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from followthrough.web.accounts.models import User
from followthrough.web.accounts.record_registry import references_to
from followthrough.web.agreements.models import Document, Provision, Source
from followthrough.web.evidence.models import Claim
from followthrough.web.files.models import SourceFile
from register_addresses import Address, addresses
from two_agreements import BLIND, OFFICE, SHUT, Both, register_models

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MAY_READ = {"coordinator", "editor", "administrator", "superuser"}
"""Who reads the agreement that is not published; two of them by a role over it alone."""
DESKS = {"desk", "desk-cell", "todo"}
"""Where its coders read what they are asked to rate, and nothing else of it."""
FILES = {"file", "file-download"}
LINKED = {"confirm-link", "confirm-link-excel", "confirm-link-workbook", "confirm-link-marked"}
"""What whoever has a signed link reads: the name of its cycle, and of the register what everybody may."""
OFFICES = {"reports-excel", "workbook", "marked-workbook"}
"""Workbooks of a party's office, with its drafts."""
REPORTS = {
    "cycle",
    "own-reports",
    "answer-together",
    "report",
    "published-report",
    "todo",
    "own-record",
    "record-excel",
    *FILES,
    *OFFICES,
}
"""Where those who speak for a party read what a cycle asks of it."""
SEARCHED = {"search", "documents", "claims", "activities", "party", "source", "commitments"}
"""Lists that are asked for the hidden word too."""


def body(answer: HttpResponseBase) -> str:
    """Return everything that an answer says: its text, the inside of a workbook, and where it leads to."""
    raw = b"".join(answer) if answer.streaming else getattr(answer, "content", b"")
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            raw = b"".join(book.read(name) for name in book.namelist())
    return raw.decode(errors="replace") + answer.get("Location", "") + answer.get("Content-Disposition", "")


def told(client: Client, address: Address, query: str = "") -> tuple[int, str]:
    """Ask for an address; return the status, and what is said without the words of the question itself."""
    answer = client.get(address.path + query)
    said = _without_question(body(answer), address)
    return answer.status_code, re.sub(rf"{SHUT}(?![\w-])", "", said) if query else said


def _without_question(said: str, address: Address) -> str:
    for word in sorted((address.path, *(one for one in address.values if len(one) > 3)), key=len, reverse=True):
        said = said.replace(word, "")
    return said


def signed_in(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def questions(both: Both) -> Iterator[tuple[Address, str]]:
    """Return every address of both agreements; lists also with a search for the hidden word."""
    for address in dict.fromkeys([*addresses(both.shut), *addresses(both.open)]):
        yield address, ""
    for address in addresses(both.open):
        if address.name in SEARCHED and address.path.endswith((".json", "search")):
            yield address, f"?q={SHUT}"


def test_every_source_of_a_record_is_known_to_the_doors() -> None:
    """A file shows nothing of the source that it hangs on: it is seen with it."""
    naming = {field.model for model in apps.get_models() for field in model._meta.concrete_fields
              if field.related_model is Source and field.model._meta.app_label != "admin"}  # fmt: skip
    assert naming - {SourceFile} == {reference.model for reference in references_to("source")}


EVERYBODY = (
    "signed out", "plain", "focal", "other focal", "coder a", "coder b", "coordinator", "editor", "other editor",
    "administrator", "superuser",
)  # fmt: skip
ON_BOTH = {"signed out", "plain", "coordinator", "editor", "superuser"}
"""Whose pages send a database statements that no other test sends; those of all others are the same (ADR 0073)."""
asked_as = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in ON_BOTH else pytest.mark.sqlite) for name in EVERYBODY]
)
Told = list[tuple[Address, str, set[str]]]
_swept: dict[tuple[int, str], Told] = {}


def sweep(both: Both, name: str) -> Told:
    """Ask for everything as somebody, once; return the words that each address should not lightly tell."""
    if (id(both), name) not in _swept:
        client, found = signed_in(dict(both.roles())[name]), []
        for address, query in questions(both):
            status, said = told(client, address, query)
            assert status < 500, f"{name} {address.path}{query}"
            found.append((address, query, set(re.findall(rf"(?:{SHUT}|{BLIND}|{OFFICE})[\w-]*", said))))
        _swept[id(both), name] = found
    return _swept[id(both), name]


def test_everybody_is_asked(both: Both) -> None:
    assert [name for name, _ in both.roles()] == list(EVERYBODY)


@asked_as
def test_nobody_reads_what_the_policy_does_not_grant(both: Both, name: str) -> None:
    leaks, seen = list[str](), set[str]()
    for address, query, words in sweep(both, name):
        hidden = {word for word in words if word.startswith(SHUT)}
        seen |= hidden
        own_desk = address.name in (DESKS if name.startswith("coder") else REPORTS if "focal" in name else ())
        if hidden and name not in MAY_READ and not own_desk and address.name not in LINKED:
            leaks.append(f"{address.path}{query}: {sorted(both.shut.words.get(one, one) for one in hidden)[:4]}")
    assert not leaks, f"{name} reads on {len(leaks)} pages, such as {leaks[:8]}"
    if name in MAY_READ:
        shown = {both.shut.words[word].partition(".")[0] for word in seen & set(both.shut.words)}
        silent = {model.__name__ for model in register_models()} - shown
        assert silent <= SILENT | (EDITED if name == "coordinator" else set()), f"{name} sees nothing of {silent}"


SILENT = {
    "RatingUnit",
    "SavedDraft",
    "Workbook",
    "Report",
    "Assignment",
    "DocumentParty",
    "ClaimParty",
    "ActivityParty",
    "Citation",
    "Rating",
    "PartyEvent",
    "Observation",
    "Figure",
    "SentFile",
    "PaperWords",
}
"""Models without a text of their own that a page prints: ids of others, dates, figures, drafts of an office, and words
of papers, which stand in papers alone where they name a text that there is."""
EDITED = {"Draft", "ProvisionDraft", "Step"}
"""What stands on the workbench, where a coordinator has no business."""


@pytest.mark.sqlite
@asked_as
def test_existence_is_not_told(both: Both, name: str) -> None:
    client = signed_in(dict(both.roles())[name])
    for address in addresses(both.shut):
        absent = address.absent()
        desk = address.name in (DESKS if name.startswith("coder") else REPORTS if "focal" in name else ())
        desk = desk or (name.startswith("coder") and address.name == "assessment")  # theirs to rate, not to run
        file = address.path.endswith((".csv", ".xlsx", ".bib", ".ris"))  # the same view as their page and its JSON
        if name in MAY_READ or desk or file or not any(SHUT in value for value in address.values):
            continue
        for ask in (client.get, client.post):
            with transaction.atomic():
                real, none = ask(address.path), ask(absent.path)
                transaction.set_rollback(True)
            statuses = (real.status_code, none.status_code)
            assert statuses[0] == statuses[1], f"{name} {address.path}: {statuses}"
            assert _plain(real, address) == _plain(none, absent), f"{name} {address.path}"


def _plain(answer: HttpResponseBase, address: Address) -> str:
    said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body(answer))
    return _without_question(said, address)


@asked_as
def test_a_draft_of_a_report_is_its_office_s_alone(both: Both, name: str) -> None:
    pages = {address.name for address, _, words in sweep(both, name) if any(word.startswith(OFFICE) for word in words)}
    assert pages == ({"report", "file", *OFFICES} if name == "focal" else set())


@asked_as
def test_a_value_is_its_coder_s_alone_until_all_are_in(both: Both, name: str) -> None:
    pages = [address.path for address, _, words in sweep(both, name) if any(word.startswith(BLIND) for word in words)]
    if name == "coder a":
        assert pages and all("/desk/" in page for page in pages)
    else:
        assert not pages, f"{name} reads it on {pages}"


def test_what_a_signed_in_person_is_shown_is_kept_in_no_cache(both: Both) -> None:
    path = f"/agreements/{both.shut.ids(Document)[0]}"
    for end in ("", ".json", "/claims.csv"):
        kept = signed_in(both.people["editor"]).get(path + end)["Cache-Control"]
        assert {"private", "no-store"} <= {word.strip() for word in kept.split(",")}
    assert "no-store" not in signed_in(None).get("/agreements").get("Cache-Control", "")


@pytest.mark.parametrize("name", ["signed out", "plain", "coder a", "other editor"])
@pytest.mark.parametrize("do", ["tie", "oppose", "correct", "withdraw", "check"])
def test_a_form_tells_no_more_of_a_hidden_place_than_of_none(both: Both, name: str, do: str) -> None:
    client, path = signed_in(dict(both.roles())[name]), f"/claims/{both.open.ids(Claim)[0]}"
    for hidden, field in ((both.shut.ids(Provision)[0], "places"), (both.shut.ids(Claim)[0], "others")):
        answers = []
        for asked in (hidden, hidden.replace(SHUT, "nothing")):
            sent = {"do": do, field: asked, "links.role": "main", "links.rationale": "x", "topic": "x", "reason": "x"}
            with transaction.atomic():
                answer = client.post(path, sent)
                transaction.set_rollback(True)
            answers.append((answer.status_code, body(answer).count(asked)))
        assert answers[0] == answers[1], f"{name} {do}: {answers}"
        if name != "other editor":
            assert answers[0][0] == 403, "the permission is asked before anything is read"
