"""Evidence entered, confirmed and suggested: as owner, teammate and stranger, with the importer's own checks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from django.test import Client

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.actions import claims, suggestions
from followthrough.web.evidence.actions.claims import Entry
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.kit.errors import InvalidEntry, PossibleDuplicate
from followthrough.web.limits.limiter import take
from followthrough.web.links.actions import links as link_actions
from followthrough.web.links.models import Link
from followthrough.web.links.stamps import stamp_of
from web_forms import stamped

DOC = "/agreements/asean-rok-2019"
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
ENTRY = Entry(
    {
        "url": "https://news.example/air-talks", "title": "Air talks end", "publisher": "Harbour News",
        "publisher_kind": "media", "published": "2025-10-01", "language": "en",
    },
    {
        "kind": "agreement", "date": "2026-09-30", "statement": "The two sides closed their air services talks.",
        "value": "", "unit": "", "stance": "neutral", "quote": "", "notes": "",
    },
    ("asean-rok-2019/4.3b",),
    "It says that the talks which the commitment names are over.",
    "main",
)  # fmt: skip


def _form() -> dict[str, str]:
    """What the form of a new claim sends."""
    form = {f"sources.{name}": value for name, value in ENTRY.source.items()}
    form |= {f"claims.{name}": value for name, value in ENTRY.claim.items()}
    return form | {"commitments": ENTRY.commitments[0], "links.rationale": ENTRY.rationale, "links.role": "main"}


@pytest.fixture
def owner(register: Document) -> User:
    """An editor of the whole register."""
    user = User.objects.create_user("owner", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM)
    return user


@pytest.fixture
def coordinator(register: Document) -> User:
    """Enters evidence and confirms nothing."""
    user = User.objects.create_user("coordinator", password=PASSWORD)
    grant_role(user, Role.COORDINATOR, by=SYSTEM, document=register)
    return user


def test_a_claim_is_entered_with_its_source_its_ties_and_their_events(register: Document, owner: User) -> None:
    before = AuditEvent.objects.count()
    claim = claims.enter_claim(register, ENTRY, by=owner)
    assert (claim.source.publisher, claim.source.url) == ("Harbour News", "https://news.example/air-talks")
    (link,) = Link.objects.filter(claim=claim)
    assert (link.commitment_id, link.origin, link.confirmed_by) == ("asean-rok-2019/4.3b", "person", "owner")
    assert AuditEvent.objects.count() == before + 3
    again = claims.enter_claim(register, replace(ENTRY, claim={**ENTRY.claim, "statement": "Other words."}), by=owner)
    assert again.source == claim.source
    assert again.pk != claim.pk


def test_who_may_enter_but_not_confirm_leaves_a_proposal(register: Document, coordinator: User) -> None:
    claim = claims.enter_claim(register, ENTRY, by=coordinator)
    (link,) = Link.objects.filter(claim=claim)
    assert (link.confirmed, link.confirmed_by) == ("", "")
    with pytest.raises(NotAllowed, match="may not confirm"):
        link_actions.confirm([link.pk], by=coordinator)


def test_strangers_enter_confirm_and_answer_nothing(register: Document, stranger: User, client: Client) -> None:
    counts = (Claim.objects.count(), Source.objects.count(), AuditEvent.objects.count())
    with pytest.raises(NotAllowed):
        claims.enter_claim(register, ENTRY, by=stranger)
    with pytest.raises(NotAllowed):
        link_actions.confirm([Link.objects.values_list("pk", flat=True)[0]], by=stranger)
    assert client.get(f"{DOC}/claims/new").status_code == 302
    assert client.post("/links/confirm", {"link": "x"}).status_code == 302
    client.force_login(stranger)
    assert client.get(f"{DOC}/claims/new").status_code == 403
    assert client.get(f"{DOC}/suggestions").status_code == 403
    key = Link.objects.values_list("pk", flat=True)[0]
    assert client.post("/links/confirm", {"link": key}).status_code == 403
    assert (Claim.objects.count(), Source.objects.count(), AuditEvent.objects.count()) == counts


@pytest.mark.parametrize(
    ("part", "field", "value", "says"),
    [
        ("source", "url", "javascript:alert(1)", "sources.url"),
        ("source", "published", "1 October", "sources.published"),
        ("source", "publisher_kind", "blog", "sources.publisher_kind"),
        ("source", "title", "", "sources.title"),
        ("claim", "date", "2026-13", "claims.date"),
        ("claim", "value", "12 million", "claims.value"),
        ("claim", "kind", "rumour", "claims.kind"),
        ("claim", "statement", "x" * 1001, "claims.statement"),
    ],
)
def test_the_checks_are_those_of_the_importer(
    register: Document, owner: User, part: str, field: str, value: str, says: str
) -> None:
    cells: dict[str, Any] = {part: {**getattr(ENTRY, part), field: value}}
    with pytest.raises(InvalidEntry) as refused:
        claims.enter_claim(register, replace(ENTRY, **cells), by=owner)
    assert list(refused.value.problems) == [says]
    assert not Source.objects.filter(publisher="Harbour News").exists()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("claims.date", "2015-16", "Date of the event: “2015-16” is more than one year: write 2015"),
        ("claims.date", "2567", "Date of the event: 2567 may be of the Buddhist era: write 2024"),
        ("claims.date", "3024", "Date of the event: the year 3024 is far from today"),
        ("sources.published", "2099-01-01", "Published on: “2099-01-01” is still to come"),
    ],
)
def test_a_date_that_cannot_be_meant_is_questioned_in_the_words_of_its_label(
    register: Document, owner: User, client: Client, field: str, typed: str, says: str
) -> None:
    client.force_login(owner)
    answer = client.post(f"{DOC}/claims/new", _form() | {field: typed})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Claim.objects.filter(entered_by="owner").exists()


def test_a_claim_must_be_tied_to_this_agreement(register: Document, owner: User) -> None:
    for commitments in ((), ("asean-rok-2019/9.9z",), ("asean-rok-poa-2005/line-1a",)):
        with pytest.raises(InvalidEntry) as refused:
            claims.enter_claim(register, replace(ENTRY, commitments=commitments), by=owner)
        assert "commitments" in refused.value.problems


def test_what_may_be_here_already_is_pointed_out_before_it_is_saved(register: Document, owner: User) -> None:
    claims.enter_claim(register, ENTRY, by=owner)
    with pytest.raises(PossibleDuplicate, match="same source says"):
        claims.enter_claim(register, ENTRY, by=owner)
    elsewhere = replace(ENTRY, source={**ENTRY.source, "url": "https://mirror.example/air"})
    with pytest.raises(PossibleDuplicate, match="under another address"):
        claims.enter_claim(register, elsewhere, by=owner)
    assert Claim.objects.filter(source__publisher="Harbour News").count() == 1
    claims.enter_claim(register, replace(ENTRY, anyway=True), by=owner)
    assert Claim.objects.filter(source__publisher="Harbour News").count() == 2


def test_the_form_keeps_what_was_typed_and_leads_to_the_claim(register: Document, owner: User, client: Client) -> None:
    client.force_login(owner)
    form = _form()
    wrong = client.post(f"{DOC}/claims/new", form | {"claims.date": "soon"})
    assert wrong.status_code == 422
    assert "Harbour News" in wrong.content.decode()
    right = client.post(f"{DOC}/claims/new", form)
    assert right.status_code == 302
    assert "closed their air services talks" in client.get(right.headers["Location"]).content.decode()
    assert client.post(f"{DOC}/claims/new", form).status_code == 409
    assert "confirmed on" in client.get(f"{DOC}/4.3").content.decode()


def test_the_form_has_steps_of_seven_fields_and_lists_that_are_ticked(
    register: Document, owner: User, client: Client
) -> None:
    client.force_login(owner)
    for kind in ("claims", "activities"):
        page: Any = lxml.html.fromstring(client.get(f"{DOC}/{kind}/new?for=asean-rok-2019/4.3b").content)
        steps = page.xpath("//form/fieldset[contains(@class, 'step')]")
        assert len(steps) == 4
        for step in steps:
            fields = set(step.xpath(".//*[self::input or self::select or self::textarea]/@name"))
            assert len(fields - {"source.words"}) <= 7, step.get("id")
        assert not page.xpath("//select[@multiple]")
        assert page.xpath("//input[@name='commitments'][@checked]/@value") == ["asean-rok-2019/4.3b"]
        groups = page.xpath("//details[@id='commitments']/div/fieldset/legend/text()")
        assert len(groups) == 6
        assert page.xpath("//label[@for='sources.url']/span/text()") == ["(needed)"]


def test_a_source_that_is_here_already_is_found_and_used_again(register: Document, owner: User, client: Client) -> None:
    client.force_login(owner)
    held = Source.objects.exclude(published="").order_by("pk")[0]
    form = {f"claims.{name}": value for name, value in ENTRY.claim.items()}
    form |= {"commitments": ENTRY.commitments[0], "links.rationale": ENTRY.rationale, "links.role": "main"}
    asked = form | {"source.words": held.url, "find": "yes"}
    page = client.post(f"{DOC}/claims/new", asked)
    assert page.status_code == 200
    assert f'value="{held.pk}"' in page.content.decode()
    assert "closed their air services talks" in page.content.decode()
    before = Source.objects.count()
    assert client.post(f"{DOC}/claims/new", form | {"source": held.pk}).status_code == 302
    form["claims.statement"] = "They met again."
    assert client.post(f"{DOC}/claims/new", form | {"sources.url": held.url}).status_code == 302
    assert Source.objects.count() == before
    assert Claim.objects.filter(source=held, entered_by="owner").count() == 2


def test_confirming_moves_the_confirmed_ladder_and_can_be_taken_back(
    register: Document, owner: User, client: Client
) -> None:
    client.force_login(owner)
    links = list(
        Link.objects.filter(commitment__provision="asean-rok-2019/1.2", claim__isnull=False).values_list(
            "pk", flat=True
        )
    )
    here = f"{DOC}/1.2"
    seen = stamp_of(Link.objects.filter(pk__in=links))
    answer = client.post("/links/confirm", {"link": links, "next": f"{here}#evidence", "stamp": seen})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{here}#evidence")
    assert Link.objects.exclude(confirmed="").count() == len(links)
    assert AuditEvent.objects.filter(verb="link.confirmed").count() == len(links)
    found = client.get(f"{DOC}.json?basis=confirmed").json()["coverage"]
    assert found["places"]["1.2"] == "output delivered"
    assert link_actions.confirm(links, by=owner) == 0
    assert link_actions.confirm(links, by=owner, back=True) == len(links)
    seen = stamp_of(Link.objects.filter(pk=links[0]))
    outside = client.post("/links/confirm", {"link": links[:1], "next": "https://elsewhere.example/", "stamp": seen})
    assert outside.headers["Location"] == "/agreements"


def test_a_suggestion_goes_to_the_queue_and_nowhere_else(register: Document, owner: User, client: Client) -> None:
    claims = Claim.objects.count()
    sent = client.post(f"{DOC}/suggest", {"place": "4.3", "text": "The talks are <over>.", "url": "https://a.example/"})
    assert sent.status_code == 302
    assert Claim.objects.count() == claims
    assert "&lt;over&gt;" not in client.get(f"{DOC}/4.3").content.decode()
    (one,) = Suggestion.objects.all()
    client.force_login(owner)
    assert "The talks are &lt;over&gt;." in client.get(f"{DOC}/suggestions").content.decode()
    assert client.post(f"{DOC}/suggestions", {"suggestion": one.pk, "answer": " "}).status_code == 422
    assert (
        stamped(client, f"{DOC}/suggestions", {"suggestion": one.pk, "answer": "Entered as a claim."}).status_code
        == 302
    )
    one.refresh_from_db()
    assert (one.answer, one.answered_by) == ("Entered as a claim.", "owner")
    assert client.post(f"{DOC}/suggestions", {"suggestion": "x", "answer": "y"}).status_code == 404


def test_the_box_refuses_nothing_said_and_robots(register: Document, client: Client) -> None:
    assert client.post(f"{DOC}/suggest", {"text": " "}).status_code == 422
    assert client.post(f"{DOC}/suggest", {"text": "x", "url": "javascript:alert(1)"}).status_code == 422
    assert client.post(f"{DOC}/suggest", {"text": "buy", "website": "https://spam.example"}).status_code == 302
    assert Suggestion.objects.count() == 0


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_flood_of_suggestions_from_one_address_stops_no_other(register: Document, client: Client) -> None:
    flood = [client.post(f"{DOC}/suggest", {"text": f"{n}"}, REMOTE_ADDR="198.51.100.7") for n in range(500)]
    assert [answer.status_code for answer in flood] == [302] * 20 + [429] * 480
    assert 1 <= int(flood[-1]["Retry-After"]) <= 3600
    page = flood[-1].content.decode()
    assert "This was tried more than 20 times; try again in" in page
    assert ">499</textarea>" in page  # what was typed stays
    assert client.post(f"{DOC}/suggest", {"text": "a reader"}, REMOTE_ADDR="198.51.100.8").status_code == 302
    assert Suggestion.objects.count() == 21


def test_suggestions_to_one_agreement_are_bounded_whoever_sends_them(register: Document, client: Client) -> None:
    other = Document.objects.exclude(pk=register.pk).filter(public=True).first()
    assert other is not None
    for _ in range(200):
        take(suggestions.BY_DOCUMENT, register.pk)
    assert client.post(f"{DOC}/suggest", {"text": "one"}).status_code == 429
    assert client.post(f"/agreements/{other.pk}/suggest", {"text": "one"}).status_code == 302


def test_many_suggestions_are_answered_at_once(register: Document, owner: User, client: Client) -> None:
    for n in range(3):
        client.post(f"{DOC}/suggest", {"text": f"spam {n}"})
    first, second, third = Suggestion.objects.order_by("pk").values_list("pk", flat=True)
    client.force_login(owner)
    page = " ".join(client.get(f"{DOC}/suggestions").content.decode().split())
    assert f'form="many" value="{first}"' in page
    assert client.post(f"{DOC}/suggestions", {"suggestion": [first, 999999], "answer": "No."}).status_code == 404
    assert client.post(f"{DOC}/suggestions", {"suggestion": [], "answer": "No."}).status_code == 404
    assert Suggestion.objects.filter(answered=None).count() == 3
    both = {"suggestion": [first, third], "answer": "No.", "stamp": suggestions.answer_stamp(Suggestion())}
    assert client.post(f"{DOC}/suggestions", both).status_code == 302
    assert list(Suggestion.objects.filter(answered=None).values_list("pk", flat=True)) == [second]
    assert AuditEvent.objects.filter(verb="suggestion.answered").count() == 2
