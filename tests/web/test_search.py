"""Search: in any script, over everything, followed by its index whatever happens to the writer."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, Instrument
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.models import Claim
from followthrough.web.search import index, matching, query, vocabulary
from followthrough.web.search.asking import asked_for
from followthrough.web.search.index import catch_up
from followthrough.web.search.lexicon import Lexicon
from followthrough.web.search.models import Entry, Upto, Word
from followthrough.web.search.query import search
from followthrough.web.search.tokens import tokens
from followthrough.web.workbench.actions.visibility import hide, show_again

WORDS = {
    "Thai": ("ความตกลงว่าด้วยบริการเดินอากาศ", "บริการ"),
    "Khmer": ("កិច្ចព្រមព្រៀងស្តីពីសេវាអាកាសចរណ៍", "សេវា"),
    "Lao": ("ສັນຍາວ່າດ້ວຍການບໍລິການທາງອາກາດ", "ບໍລິການ"),
    "Burmese": ("လေကြောင်းဝန်ဆောင်မှုသဘောတူညီချက်", "ဝန်ဆောင်မှု"),
    "Korean": ("한아세안항공협정", "협정"),
    "Vietnamese": ("Hiệp định Vận tải Hàng không", "van tai"),
    "Japanese": ("航空業務協定", "業務"),
    "Russian": ("Соглашение о воздушном сообщении", "воздуш"),
}


@pytest.mark.usefixtures("index_forgotten")
@pytest.mark.parametrize("language", WORDS)
def test_a_word_of_any_language(language: str) -> None:
    whole, part = WORDS[language]
    Instrument.objects.create(id="found", name=whole, kind="agreement")
    catch_up()
    assert "found" in [hit.id for group in search(SYSTEM, part).groups for hit in group.hits]
    found = search(SYSTEM, part, only=True)
    assert [(group.name, [hit.id for hit in group.hits]) for group in found.groups] == [("Instruments", ["found"])]
    assert search(SYSTEM, part + part, only=True).groups == []


@pytest.mark.usefixtures("index_forgotten")
def test_pairs_of_letters_are_not_enough() -> None:
    Instrument.objects.create(id="apart", name="협상 상정", kind="agreement")
    assert search(SYSTEM, "협상정").groups == []


@pytest.mark.parametrize(
    ("number", "q", "found"),
    [
        ("4.3", "4.3", True),
        ("4.3a", "4.3", True),
        ("4.3.1", "4.3", True),
        ("4.30", "4.3", False),
        ("14.3", "4.3", False),
        ("4.3a", "no. 4.3a", True),
        ("4.3b", "4.3a", False),
    ],
)
def test_numbers(number: str, q: str, found: bool) -> None:
    held = tokens(" a place", number).split()
    (unit,) = asked_for(q, Lexicon())
    assert all(slot[0] in held for slot in unit.ways[0]) == found


def test_words_are_found_by_their_beginning_and_signs_are_no_query(register: Document) -> None:
    assert search(SYSTEM, "agreem").total and not search(SYSTEM, "greement", only=True).total
    for hostile in ('"', "' OR 1=1", "*", "NEAR(a b)", "a:*|b", "\\", "-", "\x00", "ǂ", "._."):
        assert isinstance(search(SYSTEM, hostile).groups, list)


def test_each_kind_is_found(register: Document) -> None:
    found = {group.name for group in search(SYSTEM, "asean").groups}
    assert {"Commitments", "Paragraphs and sections", "Evidence", "Activities", "Documents", "Instruments"} <= found
    assert {"Targets", "Meetings", "Parties", "Sources"} <= found


def test_what_is_not_published_is_found_by_those_who_may_see_it(draft: Document, editor: User, client: Client) -> None:
    assert client.get("/search.json", {"q": "draft 2030", "only": "1"}).json()["count"] == 0
    assert b'"id": "draft-2030"' not in client.get("/search.json", {"q": "draft 2030"}).content
    client.force_login(editor)
    assert client.get("/search.json", {"q": "draft 2030"}).json()["count"] == 1


def test_the_index_follows_every_commit(
    register: Document, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    catch_up()
    claim = Claim.objects.filter(links__commitment__provision__document=register).first()
    assert claim is not None
    with django_capture_on_commit_callbacks(execute=True):
        Claim.objects.filter(pk=claim.pk).update(statement="A zyzzyva was counted.")
        record("somebody", EventType.CLAIM_CHANGED, "claim", claim.pk)
    assert Entry.objects.filter(words__contains="zyzzyva", record=claim.pk).count() == 1
    Claim.objects.filter(pk=claim.pk).update(withdrawn="It was another insect.")
    record("somebody", EventType.CLAIM_WITHDRAWN, "claim", claim.pk)
    assert search(SYSTEM, "zyzzyva").groups == [], "a writer that died is caught up with by the next reader"


def test_a_draft_that_changes_moves_nothing(register: Document) -> None:
    catch_up()
    kept = list(Entry.objects.values_list("id", flat=True))
    record("somebody", EventType.DRAFT_CHANGED, "document", register.pk)
    catch_up()
    assert list(Entry.objects.values_list("id", flat=True)) == kept
    record("somebody", EventType.CATALOGUE_PUBLISHED, "document", register.pk)
    catch_up()
    again = list(Entry.objects.values_list("record", flat=True).order_by("group", "record"))
    assert len(again) == len(kept) and set(Entry.objects.values_list("id", flat=True)) != set(kept)


def test_the_index_is_made_anew_where_it_is_of_another_register(register: Document) -> None:
    catch_up()
    Entry.objects.all().delete()
    Upto.objects.update(event=10**9)
    assert search(SYSTEM, "air services").total


def test_a_kind_is_counted_up_to_a_limit(register: Document, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {group.name: group.count for group in search(SYSTEM, "asean").groups}
    monkeypatch.setattr(query, "COUNTED", 5)
    found = search(SYSTEM, "asean")
    assert {group.name: (group.count, group.more) for group in found.groups} == {
        name: (min(count, 5), count > 5) for name, count in whole.items()
    }
    page = client.get("/search", {"q": "asean"}).content.decode()
    assert "More than" in page and "Evidence over 5" in page
    assert client.get("/search.json", {"q": "asean"}).json()["more"] is True


def test_what_is_hidden_takes_no_place_among_what_is_counted(
    draft: Document, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        Document.objects.create(
            id=f"shut-{number}", title="A zyzzyva", short_title="Shut", kind="statement", public=False
        )
    Document.objects.create(id="z-open", title="A zyzzyva", short_title="Open", kind="statement", public=True)
    monkeypatch.setattr(query, "COUNTED", 3)
    assert [hit.id for group in search(stranger, "zyzzyva").groups for hit in group.hits] == ["z-open"]
    assert [(group.count, group.more) for group in search(SYSTEM, "zyzzyva").groups] == [(3, True)]


def test_a_beginning_stands_for_the_words_that_begin_so(index_forgotten: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, name in (("one", "Quagga19 fund"), ("two", "Quaggas and others"), ("three", "Of the quagga"), ("4", "XQ")):
        Instrument.objects.create(id=f"found-{key}", name=name, kind="agreement")
    catch_up()

    def ids(q: str) -> set[str]:
        return {hit.id for group in search(SYSTEM, q, only=True).groups for hit in group.hits}

    assert ids("quag") == {"found-one", "found-two", "found-three"}
    assert ids("xq") == {"found-4"} and ids("x") == set(), "two letters or one are a word of their own"
    monkeypatch.setattr(vocabulary, "MOST", 1)
    assert ids("quagga") == {"found-two", "found-three"}, "the word itself, and its plural, stand first"
    held = Word.objects.get(pk="quagga").entries
    record("somebody", EventType.INSTRUMENT_CHANGED, "instrument", "found-three")
    catch_up()
    assert Word.objects.get(pk="quagga").entries == held + 1


def test_a_word_that_the_index_lacks_asks_for_no_entry(register: Document) -> None:
    search(SYSTEM, "asean")
    for q in ("zyzzyvas", "asean zyzzyvas"):
        with CaptureQueriesContext(connection) as asked:
            assert search(SYSTEM, q, only=True).total == 0
        assert not [one["sql"] for one in asked if "search_words" in one["sql"] or "vector" in one["sql"]]
    assert search(SYSTEM, "asean zyzzyvas").some, "what has some of the words is found all the same"


@pytest.mark.parametrize("q", ["aviation", "air services", "asean aviation", "plane"])
def test_words_themselves_stand_first_whether_they_are_looked_up_or_looked_for(
    register: Document, monkeypatch: pytest.MonkeyPatch, q: str
) -> None:
    monkeypatch.setattr(query, "RANKED", 4)

    def found() -> list[list[str]]:
        return [[hit.id for hit in group.hits] for group in search(SYSTEM, q).groups]

    looked_up = found()
    monkeypatch.setattr(matching, "FEW", 0)
    assert looked_up == found() and looked_up


def test_no_word_with_a_sign_is_what_a_typing_error_was_meant_for(index_forgotten: None) -> None:
    Instrument.objects.create(id="found", name="Quagga1 fund", kind="agreement")
    catch_up()
    assert search(SYSTEM, "quagge").instead == "" and search(SYSTEM, "quagga").total == 1


def test_what_is_taken_off_the_site_and_put_back_is_hidden_and_found_at_once(
    register: Document, client: Client
) -> None:
    def found() -> int:
        answer: int = client.get("/search.json", {"q": "aviation"}).json()["count"]
        return answer

    before = found()
    hide(register, "a wrong text", by=SYSTEM)
    assert before > 0 == found()
    assert search(SYSTEM, "aviation").total == before
    show_again(Document.objects.get(pk=register.pk), by=SYSTEM)
    assert found() == before


def _tidied(asked: CaptureQueriesContext) -> int:
    return sum("gin_clean_pending_list" in one["sql"] for one in asked)


def test_the_index_is_tidied_where_something_was_written_alone(register: Document) -> None:
    search(SYSTEM, "aviation")
    record("somebody", EventType.CLAIM_CHECKED, "claim", "of-no-such-claim", {})
    with CaptureQueriesContext(connection) as asked:
        catch_up()
    assert asked.captured_queries and not _tidied(asked)
    record("somebody", EventType.CLAIM_CHECKED, "claim", Claim.objects.values_list("pk", flat=True)[0], {})
    with CaptureQueriesContext(connection) as asked:
        catch_up()
    assert _tidied(asked) == (connection.vendor == "postgresql")


@pytest.mark.postgresql
def test_who_does_not_own_the_index_leaves_it_to_autovacuum(register: Document) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL ROLE pg_read_all_stats")
        index._tidy()
        with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
            cursor.execute("SELECT gin_clean_pending_list('search_words')")
        cursor.execute("RESET ROLE")
