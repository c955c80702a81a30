"""What a search treats alike is changed by an editor in the web, used at once, undone, exported and backed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from followthrough.packs.reading import read_pack
from followthrough.packs.writing import write_pack
from followthrough.register.alike_words import packaged_sets, read_set, write_set, wrong_in
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.backup.tables import LEFT_OUT
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.search.actions import alike_words
from followthrough.web.search.models import AlikeWords
from followthrough.web.search.query import search
from people import person

BOATS = "en: quagga, air services; ko: 콰가"


def found(q: str) -> list[str]:
    return [hit.id for _, hit in search(SYSTEM, q).best]


def test_a_set_is_used_by_the_next_search(register: Document) -> None:
    assert found("quagga") == []
    assert alike_words.add_set(BOATS, by=SYSTEM) == "quagga"
    assert "asean-rok-2019/4.3" in found("quagga") and "asean-rok-2019/4.3" in found("콰가")
    alike_words.change_set("quagga", "en: quagga, cyber", by=SYSTEM)
    assert "asean-rok-2019/2.2" in found("quagga") and found("콰가") == []
    alike_words.remove_set("quagga", by=SYSTEM)
    assert found("quagga") == []
    alike_words.undo_change("quagga", by=SYSTEM)
    assert "asean-rok-2019/2.2" in found("quagga")
    told = AuditEvent.objects.filter(kind="alikewords", target="quagga").order_by("id").values_list("verb", flat=True)
    assert list(told) == ["alikewords.added", *["alikewords.changed"] * 3]


def test_a_packaged_set_is_changed_and_put_back(register: Document) -> None:
    assert "asean-rok-2019/4.3" in found("plane")
    alike_words.remove_set("aviation", by=SYSTEM)
    assert "asean-rok-2019/4.3" not in found("plane")
    alike_words.undo_change("aviation", by=SYSTEM)
    assert "asean-rok-2019/4.3" in found("plane")
    assert AlikeWords.objects.get(pk="aviation").words == write_set(packaged_sets()["aviation"])


@pytest.mark.parametrize(
    "written", ["", "aviation", "ko: 항공, 비행", "en: quagga", "en: a, b; nothing here", "en: " + "ab, " * 900]
)
def test_what_is_no_set_is_refused(register: Document, written: str) -> None:
    with pytest.raises(InvalidEntry):
        alike_words.add_set(written, by=SYSTEM)
    assert not AlikeWords.objects.exists()


def test_nobody_overwrites_unseen_and_only_editors_write(register: Document, stranger: User) -> None:
    with pytest.raises(InvalidEntry, match="heads a set already"):
        alike_words.add_set("en: aviation, boats", by=SYSTEM)
    seen = alike_words.words_stamp("aviation")
    alike_words.change_set("aviation", "en: aviation, boats", by=SYSTEM, seen=seen)
    with pytest.raises(EditConflict):
        alike_words.remove_set("aviation", by=SYSTEM, seen=seen)
    with pytest.raises(InvalidEntry):
        alike_words.undo_change("trade", by=SYSTEM)
    for refused in (
        lambda: alike_words.add_set(BOATS, by=stranger),
        lambda: alike_words.change_set("aviation", BOATS, by=stranger),
        lambda: alike_words.remove_set("aviation", by=stranger),
        lambda: alike_words.undo_change("aviation", by=stranger),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_the_page(register: Document, stranger: User, client: Client) -> None:
    page = client.get("/search/words").content.decode()
    assert "air services" in page and 'lang="ko"' in page and "<form method" not in page
    assert client.post("/search/words", {"search_words.words": BOATS}).status_code == 403
    client.force_login(stranger)
    assert client.post("/search/words", {"search_words.words": BOATS}).status_code == 403
    client.force_login(person("keeper", Role.EDITOR))
    wrong = client.post("/search/words", {"search_words.words": "quagga"})
    assert wrong.status_code == 422 and b"names no language" in wrong.content and b">quagga</textarea>" in wrong.content
    assert client.post("/search/words", {"search_words.words": BOATS}).status_code == 302
    page = client.get("/search/words?set=quagga").content.decode()
    assert "added here" in page and "Undo the last change" in page
    sent = {"set": "quagga", "do": "remove", "stamp": alike_words.words_stamp("quagga")}
    assert client.post("/search/words", sent).status_code == 302
    assert client.post("/search/words", sent).status_code == 409
    assert "not in use" in client.get("/search/words").content.decode()


def test_the_sets_are_exported_imported_and_backed_up(register: Document, tmp_path: Path) -> None:
    alike_words.add_set(BOATS, by=SYSTEM)
    write_pack(register_as_pack(), tmp_path)
    AlikeWords.objects.all().delete()
    import_pack(read_pack(tmp_path), by=SYSTEM)
    assert AlikeWords.objects.get(pk="quagga").words == BOATS
    assert "search.alikewords" not in LEFT_OUT


def test_every_packaged_set_has_a_key_and_is_read_as_it_is_written() -> None:
    assert len(packaged_sets()) > 25
    for key, words in packaged_sets().items():
        assert key and read_set(write_set(words)) == {language: list(held) for language, held in words.items()}
    assert wrong_in("en: a; b c") == "b c" and wrong_in("en: a;") == ""
