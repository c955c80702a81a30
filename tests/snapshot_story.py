"""Fills a register by its own forms, as the people of every role would: part of ``snapshot.py``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from snapshot_pages import write_answer, written
from snapshot_register import OVER_ONE, TEXT, Pack
from web_forms import forms_of


class Teller:
    """Fills in forms, and keeps every answer."""

    def __init__(self, out: Path, reseed: Callable[[str], None]) -> None:
        self.out, self.reseed, self.number = out, reseed, 0

    def send(self, who: str, page: str, do: str, filled: Mapping[str, Any], *, status: int = 302) -> str:
        """Fill in the form of a page that has a button ``do``, send it, and return where the answer leads.

        ``filled`` replaces what the page filled in. Raises where the answer has another status.
        """
        client = Client()
        if who:
            client.force_login(get_user_model().objects.get(username=who))
        self.number += 1
        self.reseed(f"{self.number} {who} {page} {do}")
        shown = client.get(page)
        forms = forms_of(shown.content.decode(), page)
        buttons = [one for one in forms if not do or ("do", do) in one.buttons]
        if not buttons:
            raise RuntimeError(f"{who} {page}: no form with {do or 'such fields'} ({shown.status_code})")
        form = max(buttons, key=lambda one: len(set(filled) & {*one.values, *one.texts, *one.files}))
        sent: dict[str, Any] = {**form.values, **filled}
        if do:
            sent["do"] = do
        answer = client.post(form.action.partition("#")[0] or page, sent)
        write_answer(self.out, f"{self.number:02} {who or 'nobody'} {do or 'sends'} {page}", written(answer))
        if answer.status_code != status:
            raise RuntimeError(f"{who} {page} {do}: {answer.status_code} {_refused(answer.content.decode())}")
        return answer.get("Location", "")


def _refused(html: str) -> str:
    return " ".join(re.findall(r'<p class="wrong[^>]*>(.*?)</p>', html) or re.findall(r"<main.*?</main>", html, re.S))[
        :3000
    ]


def tell(pack: Pack, out: Path, reseed: Callable[[str], None]) -> None:
    """Have everybody do what they do."""
    teller = Teller(out, reseed)
    _accounts(teller, pack)
    _suggestions(teller, pack)
    _evidence(teller, pack)
    _activities(teller, pack)
    _drafts(teller)
    _round(teller, pack)


def _accounts(teller: Teller, pack: Pack) -> None:
    for number, (name, role) in enumerate(OVER_ONE.items()):
        person = teller.send("superuser", "/people/new", "", {"username": name, "name": name.title(), "email": ""})
        party = pack.parties[number] if role == "contributor" else ""
        teller.send("superuser", person, "grant", {"role": role, "document": pack.document, "party": party})


def _suggestions(teller: Teller, pack: Pack) -> None:
    page = f"/agreements/{pack.document}"
    for text in ("A ferry was bought in 2024.", "The second number is wrong."):
        filled = {"place": pack.refs[0], "text": text, "url": "https://example.org/ferry", "contact": ""}
        teller.send("", f"{page}/suggest", "", filled)
    teller.send("editor", f"{page}/suggestions", "", {"answer": "Thank you: it is entered."})


def _source(word: str) -> dict[str, Any]:
    return {
        "sources.url": f"https://example.org/{word}", "sources.title": f"A page about {word}",
        "sources.publisher": "River Herald", "sources.publisher_kind": "media", "sources.date": "2024-05",
    }  # fmt: skip


def _evidence(teller: Teller, pack: Pack) -> None:
    first, second, third = (f"/claims/{key}" for key in pack.claims)
    link = {"commitments": [f"{pack.document}/{pack.refs[0]}"], "links.role": "main",
            "links.rationale": "It says so.", "parties": [pack.parties[0]]}  # fmt: skip
    claim = {"claims.statement": "A new ferry began to run.", "claims.kind": "output", "claims.date": "2024-05"}
    made = teller.send("editor", f"/agreements/{pack.document}/claims/new", "", {**_source("ferry"), **claim, **link})
    teller.send("editor", made, "correct", {"claims.statement": "Two new ferries began to run.", "reason": "A slip."})
    teller.send("editor", second, "check", {"note": "The page says so."})
    oppose = {"conflicts.topic": "How many there are", "others": pack.claims[0], "conflicts.note": "They differ."}
    teller.send("editor", third, "oppose", oppose)
    teller.send("editor", second, "withdraw", {"reason": "It is about another lake."})
    more = {"places": f"{pack.document}/{pack.refs[1]}", "links.role": "context", "links.rationale": "Around it."}
    teller.send("one-editor", first, "tie", more)
    teller.send("editor", third, "withdraw", {"reason": ""}, status=422)


def _activities(teller: Teller, pack: Pack) -> None:
    filled = {
        **_source("works"), "activities.title": "A third works", "activities.statement": "It is being built.",
        "activities.kind": "project", "activities.state": "running", "activities.start": "2024-01",
        "commitments": [f"{pack.document}/{pack.refs[0]}"], "links.role": "main", "links.rationale": "It is a part.",
        "parties": [pack.parties[1]],
    }  # fmt: skip
    made = teller.send("editor", f"/agreements/{pack.document}/activities/new", "", filled)
    teller.send("editor", made, "move", {"state": "implemented", "note": "It was opened."})


def _drafts(teller: Teller) -> None:
    for name, change in (("river-open", ""), ("river-shut", "x"), ("river-out", "xx")):
        file = SimpleUploadedFile(f"{name}.txt", (TEXT + change).encode(), "text/plain")
        draft = teller.send("editor", "/catalogue", "", {"file": file, "address": name, "anyway": "yes"})
        if name == "river-open":
            details = teller.send("editor", draft, "accept-page", {})
            teller.send("editor", details, "publish", {})
        elif name == "river-shut":
            teller.send("editor", draft, "save", {})
        else:
            teller.send("editor", f"/catalogue/{name}/discard", "discard", {"reason": "It was read twice."})


def _round(teller: Teller, pack: Pack) -> None:
    page = f"/agreements/{pack.document}"
    for ref in pack.refs:
        filled = {"full": "It runs.", "partial": "It is being built.", "none": "Nothing is recorded."}
        teller.send("coordinator", f"{page}/notes/{ref}", "", filled)
    plan: dict[str, Any] = {"title": "A round that is open", "scale": "g20-2009"}
    plan["commitments"] = [f"{pack.document}/{ref}" for ref in pack.refs]
    plan |= {"parties": list(pack.parties), "coders": ["assessor", "coder"]}
    opened = teller.send("coordinator", f"{page}/assessments/new", "", plan)
    _rated(teller, opened, ("assessor", "coder"))


def _rated(teller: Teller, opened: str, coders: Sequence[str]) -> None:
    """Let both rate the first cell, apart from each other, and settle it."""
    for who, value in zip(coders, ("full", "partial"), strict=True):
        client = Client()
        client.force_login(get_user_model().objects.get(username=who))
        cells = re.findall(rf'href="({opened}/desk/\d+)"', client.get(f"{opened}/desk").content.decode())
        shown = client.get(cells[0]).content.decode()
        claims = re.findall(r'name="claims" value="([^"]+)"', shown)[:1]
        filled = {"value": value, "why": f"The first says so, thinks {who}.", "claims": claims, "sure": "sure"}
        teller.send(who, cells[0], "submit", filled)
    teller.send("coordinator", opened, "settle", {"value": "partial", "why": "It is not in force."})
