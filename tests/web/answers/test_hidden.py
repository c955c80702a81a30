"""Nothing that is hidden is told to a machine: every tool is asked about an agreement that nobody published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.test import Client

from followthrough.errors import InputRefused
from followthrough.web.agreements.models import Document, Provision
from followthrough.web.answers.tools import TOOLS, ask
from two_agreements import BLIND, OFFICE, OPEN, SHUT, Both

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HIDDEN = re.compile(rf"(?:{SHUT}|{BLIND}|{OFFICE})[\w-]+")


def asked(both: Both) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every tool with what it can be asked about the open agreement; with the hidden word where it takes any."""
    ref = both.open.ids(Provision)[0].partition("/")[2]
    for name, tool in TOOLS.items():
        fields = tool.takes.model_fields
        given: dict[str, Any] = {"agreement": both.open.one(Document).pk} if "agreement" in fields else {}
        given |= {"place": ref} if name == "place" else {"words": OPEN} if name == "search" else {}
        yield name, given
        if "words" in fields:
            yield name, given | {"words": SHUT}


def test_no_tool_tells_what_is_hidden(both: Both) -> None:
    told, shown = list[str](), 0
    for name, given in asked(both):
        answer = json.dumps(asdict(ask(name, given)), ensure_ascii=False)
        told += [f"{name}: {word}" for word in HIDDEN.findall(answer)]
        shown += len(set(re.findall(rf"{OPEN}[\w-]+", answer)))
    assert not told
    assert shown > 40, "what is public is told"


def test_an_agreement_that_is_not_public_is_none(both: Both) -> None:
    closed = both.shut.one(Document).pk
    for name, tool in TOOLS.items():
        if "agreement" in tool.takes.model_fields:
            needed = {"place": "1"} if name == "place" else {}
            with pytest.raises(InputRefused, match="or it is not public"):
                ask(name, {**needed, "agreement": closed})


def test_no_text_for_machines_tells_what_is_hidden(both: Both) -> None:
    for path in ("/llms.txt", "/llms-full.txt"):
        for person in (None, both.people["editor"]):
            client = Client()
            if person:
                client.force_login(person)
            text = client.get(path).content.decode()
            assert not HIDDEN.findall(text), "a file that is public tells everybody the same"
            assert OPEN in text
