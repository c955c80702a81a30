"""A list in the order of a field that its rows in brief do not hold reads that field on either database."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.web.agreements.models import Document

DOC = "/agreements/asean-rok-2019"


@pytest.mark.parametrize("column", ["statement", "value", "grade", "source", "commitments", "recorded"])
def test_evidence(register: Document, client: Client, column: str) -> None:
    rows = client.get(f"{DOC}/claims.json?sort=-{column}&columns=id,{column}&period=all").json()
    assert rows["count"] == rows["of"] > 0
    assert list(rows["claims"][0]) == ["id", column]
    assert client.get(f"{DOC}/claims?sort={column}&q=air").status_code == 200


@pytest.mark.parametrize("column", ["title", "budget", "part_of", "source"])
def test_activities(register: Document, client: Client, column: str) -> None:
    assert client.get(f"{DOC}/activities.json?sort={column}").json()["count"] > 0
    assert client.get("/parties/VNM.json?sort=statement").status_code == 200
