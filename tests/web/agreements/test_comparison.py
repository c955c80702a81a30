"""What a second reader found of a file stands on the workbench, on the page of its document and in its JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from followthrough.pipeline import register_bytes
from followthrough.verify import verify
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.actions.official_texts import attach_official_text
from followthrough.web.agreements.comparison import KEPT, LONGEST, kept, told
from followthrough.web.agreements.models import Document
from followthrough.web.workbench.actions.uploads import take_in

TEXT = b"""Joint Declaration of the River States on Bridges

We, the Ministers of the River States,

Hereby agree to:

1. Strengthen cooperation on the maintenance of bridges and establish the River Bridges Fund by 2026.

2. Promote the exchange of engineers, and support the training of young builders.
"""
COPY = TEXT + b"\n"
"""The same words in another file."""


@pytest.fixture
def declaration(register: Document, client: Client) -> Document:
    """The declaration on the workbench, and its editor signed in."""
    owner = User.objects.create_user("owner", password="a long enough test password")  # noqa: S106 - in tests only
    grant_role(owner, Role.EDITOR, by=SYSTEM)
    client.force_login(owner)
    return take_in(TEXT, "river.txt", "river-2024", by=owner).document


def test_a_text_that_was_read_whole_says_so_where_it_is_worked_on_and_in_its_json(
    declaration: Document, client: Client
) -> None:
    page = client.get(reverse("draft-details", args=[declaration.pk])).content.decode()
    words = len(TEXT.split())
    assert "by a second reader (" in page and "nothing lost, nothing invented." in page
    compared = client.get(reverse("document", args=[declaration.pk]) + ".json").json()["official_text"]["comparison"]
    assert compared["source"]["words"] == compared["kept"] == words
    assert compared["ok"]


def test_words_that_were_lost_or_invented_are_told_by_name(declaration: Document, client: Client) -> None:
    reading = register_bytes(COPY, "copy.txt")
    longer = TEXT.replace(b"engineers,", b"engineers and of masons,").replace(b"young builders", b"builders")
    attach_official_text(declaration, replace(reading, verification=verify(longer, reading)), "copy.txt", by=SYSTEM)
    page = client.get(reverse("draft-details", args=[declaration.pk])).content.decode()
    assert "Lost: “of masons" in page and "Invented: “young" in page
    assert "nothing lost, nothing invented." not in page


def test_a_text_that_no_reader_compared_says_nothing(declaration: Document, client: Client) -> None:
    attach_official_text(
        declaration, replace(register_bytes(COPY, "copy.txt"), verification=None), "copy.txt", by=SYSTEM
    )
    assert "by a second reader" not in client.get(reverse("draft-details", args=[declaration.pk])).content.decode()
    assert (kept(None), told({}), told(None)) == ({}, {}, {})


def test_only_the_first_of_many_lost_runs_are_kept_and_all_are_counted() -> None:
    plain = [f"{at}. We agree to mend bridge number {at} of the river within the year." for at in range(1, 41)]
    reading = register_bytes("\n\n".join(plain).encode(), "bridges.txt")
    longer = [one.replace("mend", "mend " + f"lost{at} " * 100) for at, one in enumerate(plain)]
    found = kept(verify("\n\n".join(longer).encode(), reading))
    assert (len(found["missing"]), found["lost"]) == (KEPT, 4_000)
    assert all(len(one["words"]) <= LONGEST + 2 for one in found["missing"])
