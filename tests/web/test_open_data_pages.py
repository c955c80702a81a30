"""The register as open data on the site: what there is, each file of it, and the texts with their commitments."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from followthrough.packs.folding import digest
from followthrough.packs.tidy import COLUMNS
from followthrough.read import akn
from followthrough.web.agreements.models import Commitment, Document, OfficialText, Provision
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.exchange.open_files import open_register
from support import shared

pytestmark = pytest.mark.sqlite


def test_everything_that_the_page_names_is_there_and_follows_the_register(register: Document) -> None:
    client = Client()
    page = client.get("/data").content.decode()
    files = re.findall(r'href="(/data/files/[^"]+)"', page)
    assert len(files) > 30 and {"/data/files/values.csv", "/data/files/datapackage.json"} <= set(files)
    assert all(client.get(file).status_code == 200 for file in files)
    assert client.get("/data/files/register.db").status_code == client.get("/data/files/..").status_code == 404
    rows = list(csv.reader(io.StringIO(client.get("/data/files/values.csv").content.decode("utf-8-sig"))))
    assert rows[0] == list(COLUMNS) and len(rows) > 3_000
    told = client.get("/data/dictionary").content.decode()
    assert "what each coder gave" in told.lower() and 'id="report_answers"' in told
    made = open_register()
    assert open_register() is made and made.cite in page
    Document.objects.filter(pk=register.pk).update(public=False)
    record("somebody", EventType.DOCUMENT_HIDDEN, "document", register.pk)
    hidden = open_register()
    assert all(register.pk.encode() not in one.content for one in hidden.files.values())


def test_a_text_leaves_with_its_commitments_where_its_words_are_held(register: Document) -> None:
    client, address = Client(), f"/agreements/{register.pk}/text.akn.xml"
    assert client.get(address).status_code == 404
    one = Commitment.objects.filter(provision__document=register).exclude(spans=[]).select_related("provision")[0]
    words = "The parties will " + "x" * max(end for _start, end in one.spans)
    Provision.objects.filter(pk=one.provision_id).update(words=words)
    OfficialText.objects.create(
        document=register, sha256=digest(words), filename="text.txt", attached=timezone.now(), verified=1, expected=25
    )
    body = client.get(address).content
    etree.XMLSchema(etree.parse(str(shared("data/un_akn/schema") / "akomantoso30.xsd"))).assertValid(
        etree.fromstring(body)
    )
    back = akn.read(body, "text.xml")
    others = Commitment.objects.filter(provision=one.provision_id, withdrawn="")
    assert {found.id for found in back.commitments} == set(others.values_list("pk", flat=True))
    found = next(found for found in back.commitments if found.id == one.pk)
    assert [back.document.text[start:end] for start, end in found.spans] == [words[a:b].strip() for a, b in one.spans]
    assert address in client.get("/data").content.decode()
    Document.objects.filter(pk=register.pk).update(public=False)
    assert client.get(address).status_code == 404
