"""Every form of the site that posts, found on its pages: nothing is overwritten unseen, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Commitment, Document, InterpretiveNote, Party, Source
from followthrough.web.assessments.actions import adjudication, ratings, rounds
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.assessments.models import REPLY, Assessment, RatingUnit
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.actions.suggestions import answer as answer_suggestion
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.indicators.models import Target
from followthrough.web.links.models import Link
from followthrough.web.records.kinds import ENTERED
from followthrough.web.workbench.actions import drafts
from followthrough.web.workbench.actions.drafts import Edits
from followthrough.web.workbench.actions.uploads import take_in
from followthrough.web.workbench.models import ProvisionDraft
from web_forms import Form, forms_of

pytestmark = pytest.mark.sqlite

TEXT = b"""Joint Declaration of the River States on Bridges

1. Strengthen cooperation on the maintenance of bridges and establish the River Bridges Fund by 2026.

2. Promote the exchange of engineers, and support the training of young builders.
"""
MAKE_NEW = {"workbench", "correct", "new-claim", "new-activity", "suggest", "new-assessment", "save-view"} | {
    f"new-{noun}" for noun in ENTERED
}
"""Addresses whose forms make something new: there is nothing yet that they could overwrite."""
PREVIEWS = {"change-claims", "change-activities"}
"""Addresses that first show what would change; what they then do carries a token of all they showed."""
OWN_TESTS = {"accounts", "exchange", "followup", "search", "files", "saved_views"}
"""Apps whose forms are sent by their own tests: accounts; spreadsheets and reports, whose pages carry a revision."""
BY_PARAGRAPH = {"draft", "draft-page"}
"""Pages of the workbench: each paragraph carries its revision, so that two people may edit one page."""


@dataclass(slots=True)
class Site:
    """A register with something for every form, and everybody who fills one in."""

    pages: list[tuple[str, str]]
    people: dict[str, User]


@pytest.fixture
def site(db: None) -> Site:
    """One agreement of four commitments with evidence, a draft, suggestions, and rounds in each state."""
    keeper = User.objects.create_superuser("keeper")
    people = {"keeper": keeper, **{name: User.objects.create_user(name) for name in ("coder-a", "coder-b", "focal")}}
    korea = Party.objects.create(id="KOR", name="Korea", short_name="Korea", kind="state")
    public = published()
    for name in ("coder-a", "coder-b"):
        grant_role(people[name], Role.ASSESSOR, by=SYSTEM)
    grant_role(people["focal"], Role.CONTRIBUTOR, by=SYSTEM, party=korea)
    opened, replied = rounds_over(public, people)
    cell, other = opened.cells.first(), replied.cells.first()
    assert cell and other
    part = ProvisionDraft.objects.select_related("provision").get(draft=draft_of(keeper), provision__num="1")
    waiting = Suggestion.objects.create(document=public, text="It is over", at=timezone.now())
    done = Suggestion.objects.create(document=public, text="It began", at=timezone.now())
    answer_suggestion(done, "Entered.", by=keeper)
    hidden = Document.objects.create(id="hid", title="Hidden", short_title="Hidden", kind="statement", public=True)
    from followthrough.web.workbench.actions.visibility import hide

    hide(hidden, "a wrong copy", by=keeper)
    pages = [
        ("keeper", one)
        for one in (
            "/catalogue", "/catalogue/bridges/1", f"/catalogue/bridges/1?open={part.pk}.1",
            f"/catalogue/bridges/1?add={part.pk}", "/catalogue/bridges/details", "/catalogue/bridges/discard",
            "/catalogue/river/site", "/catalogue/hid/site", "/agreements/hid", "/agreements/river",
            "/agreements/river/1", "/agreements/river/claims",
            "/agreements/river/activities", "/agreements/river/claims/new", "/agreements/river/activities/new",
            "/agreements/river/parties", "/agreements/river/records/target/new",
            "/agreements/river/records/document/river", "/agreements/river/records/target/t-1",
            "/agreements/river/suggest", "/agreements/river/suggestions",
            "/suggestions", "/links/run", "/claims/c-001", "/activities/a-001",
            "/agreements/river/assessments/new", "/agreements/river/notes/1a", f"/assessments/{opened.pk}",
            f"/assessments/{replied.pk}", f"/assessments/{replied.pk}/cells/{other.pk}",
        )
    ]  # fmt: skip
    open_cell = opened.cells.filter(ratings__submitted=None).first()
    assert open_cell and waiting
    pages += [("coder-a", f"/assessments/{opened.pk}/desk/{open_cell.pk}")]
    pages += [("focal", f"/assessments/{replied.pk}/cells/{other.pk}")]
    return Site(pages, people)


def published() -> Document:
    """A published agreement with a claim and an activity."""
    document = Document.objects.create(id="river", title="River", short_title="River", kind="statement")
    for at in range(1, 5):
        place = document.provisions.create(
            id=f"river/{at}", eid=f"para_{at}", kind="paragraph", num=str(at), position=at, title="x"
        )
        one = Commitment.objects.create(
            id=f"{place.pk}a", provision=place, position=1, verb="build", kind="action", strength=4
        )
        InterpretiveNote.objects.create(
            id=f"{one.pk}/v1", commitment=one, version=1, full="all", partial="some", none="no", agreed="2026-01-01"
        )
    source = Source.objects.create(
        id="s-1", url="https://a.example/", title="News", publisher="News", publisher_kind="media", language="en"
    )
    claim = Claim.objects.create(
        id="c-001", source=source, kind="output", statement="It was built", stance="neutral", recorded="2026-01-01"
    )
    Claim.objects.create(
        id="c-002", source=source, kind="output", statement="It was not", stance="neutral", recorded="2026-01-01"
    )
    activity = Activity.objects.create(
        id="a-001", title="Building", kind="project", state="submitted", source=source, recorded="2026-01-01"
    )
    target = Target.objects.create(id="t-1", statement="Build", source=source)
    for thing in ({"claim": claim}, {"activity": activity}, {"target": target}):
        Link.objects.create(
            id=f"l-{next(iter(thing))}",
            commitment_id="river/1a",
            role="main",
            rationale="x",
            origin="proposed",
            **thing,
        )
    return document


def draft_of(keeper: User) -> str:
    """A draft on the workbench on which one step was taken, and one was undone."""
    draft = take_in(TEXT, "bridges.txt", "bridges", by=keeper)
    for _ in range(2):
        one = ProvisionDraft.objects.get(draft=draft, provision__num="2")
        typed = {one.pk: {1: {"summary": f"at revision {one.revision}"}}}
        drafts.save(draft, Edits({one.pk: one.revision}, typed), by=keeper)
    drafts.undo(draft, by=keeper)
    return str(draft.pk)


def rounds_over(document: Document, people: dict[str, User]) -> tuple[Assessment, Assessment]:
    """A round with an agreed, a disputed, a settled and an open cell; and one in its reply period."""
    keys = tuple(f"river/{at}a" for at in range(1, 5))
    plan = Plan("Round", "g20-2009", keys, ("KOR",), ("coder-a", "coder-b"))
    opened = rounds.open_round(document, plan, by=people["keeper"])
    agreed, disputed, settled, _ = RatingUnit.objects.select_related("assessment__document", "commitment").filter(
        assessment=opened
    )
    none, unknown = RatingInput("n/a", "It has none."), RatingInput("not verifiable", "Nothing is dated.")
    for cell, other in ((agreed, none), (disputed, unknown), (settled, unknown)):
        ratings.rate(cell, none, by=people["coder-a"])
        ratings.rate(cell, other, by=people["coder-b"])
    adjudication.adjudicate(settled, none, by=people["keeper"])
    replied = rounds.open_round(document, plan, by=people["keeper"])
    for cell in RatingUnit.objects.select_related("assessment__document", "commitment").filter(assessment=replied):
        for name in ("coder-a", "coder-b"):
            ratings.rate(cell, none, by=people[name])
    adjudication.adjudicate_agreed(replied, by=people["keeper"])
    Assessment.objects.filter(pk=replied.pk).update(state=REPLY, reply_until=timezone.localdate())
    return opened, replied


def name_of(form: Form) -> str:
    """The name of the address that a form is sent to."""
    return str(resolve(form.place.partition("?")[0]).url_name)


def every_form(site: Site) -> Iterator[tuple[Client, Form, str]]:
    """Every form of every page with each of its buttons, and somebody who may send it."""
    for who, page in site.pages:
        client = Client()
        client.force_login(site.people[who])
        answer = client.get(page)
        assert answer.status_code == 200, page
        for form in forms_of(answer.content.decode(), page):
            for deed in dict.fromkeys(form.deeds):
                yield client, form, deed


def sent(client: Client, form: Form, deed: str, changes: dict[str, Any]) -> HttpResponse:
    """Send a form as it stands with some of its values changed; nothing of it stays."""
    with transaction.atomic():
        data: dict[str, Any] = {**form.values, **changes, **({"do": deed} if deed else {})}
        answer = client.post(form.place, data)
        transaction.set_rollback(True)
    return answer  # type: ignore[return-value]


def marked(form: Form) -> dict[str, str]:
    """A word of its own for every field that a person may type into."""
    return {
        name: f"https://marker{at}.example/" if name.endswith("url") else f"marker{at}"
        for at, name in enumerate(form.texts)
    }


@pytest.mark.slow
def test_no_form_that_changes_a_record_is_without_a_stamp_and_a_stale_one_is_told(site: Site) -> None:
    seen, faults = set(), []
    for client, form, deed in every_form(site):
        name, kind = name_of(form), deed.partition(".")[0]
        seen.add((name, kind))
        if name in MAKE_NEW | PREVIEWS | BY_PARAGRAPH or form.files:
            continue
        if "stamp" not in form.values:
            faults.append(f"{form.page} {kind}: its form has no stamp")
            continue
        if kind in ("undo", "redo"):
            assert sent(client, form, f"{kind}.9999", {}).status_code == 409
            continue
        typed = marked(form) | ({"others": "c-002"} if kind == "oppose" else {})
        dates = {key: "2026-01-05" for key in typed if key in ("date", "adopted")} | {"days": "10"}
        typed |= {key: value for key, value in dates.items() if key in typed}
        before = AuditEvent.objects.count()
        for stale in ({"stamp": "0" * 16}, {"stamp": ""}):
            link = {"link": [one.pk for one in Link.objects.all()[:1]]} if kind == "untie" else {}
            answer = sent(client, form, deed, typed | stale | link)
            page = answer.content.decode()
            lost = [word for word in typed.values() if word not in page]
            if answer.status_code != 409 or lost or AuditEvent.objects.count() != before:
                faults.append(f"{form.page} {kind or 'the button'}: {answer.status_code}, lost {lost}")
    assert not faults, "\n".join(faults)
    assert len(seen) > 40


@pytest.mark.slow
def test_whatever_was_typed_stands_in_the_answer_that_refuses_it(site: Site) -> None:
    faults = []
    for client, form, deed in every_form(site):
        kind = deed.partition(".")[0]
        if not form.texts:
            continue
        words = marked(form)
        answer = sent(client, form, deed, words)
        for blank in form.texts if answer.status_code == 302 else ():
            words = {**marked(form), blank: ""}
            answer = sent(client, form, deed, words)
            if answer.status_code != 302:
                break
        if answer.status_code == 302:  # nothing that can be typed here is wrong
            continue
        faults += [f"{form.page} {kind}: {fault}" for fault in lost_in(answer, form, words)]
    assert not faults, "\n".join(faults)


def lost_in(answer: HttpResponse, form: Form, words: dict[str, str]) -> Iterator[str]:
    """Say what of ``words`` does not stand in its field in an answer, and what its summary of errors leaves unsaid."""
    html = answer.content.decode()
    if answer.status_code != 422:
        yield f"answers {answer.status_code}"
    elif not str(lxml.html.fromstring(html).findtext(".//title")).startswith("Error: "):
        yield "its title does not say that it is an error"
    again = [one.values for one in forms_of(html, form.page)]
    for name, word in words.items():
        if word and not any(word in value for values in again for value in values.get(name, [])):
            yield f"{name} is lost"
    tree = lxml.html.fromstring(html)
    said = [link for box in tree.iter() if box.get("id") == "problem" for link in box.iter("a")]
    ids = {one.get("id") for one in tree.iter()}
    for link in said:
        target = str(link.get("href")).removeprefix("#")
        labels = [words_of(one) for one in tree.iter("label") if one.get("for") == target]
        if target not in ids:
            yield f"its error leads to #{target}, which is not there"
        elif labels and not any(_begins(words_of(link), label) for label in labels):
            yield f"“{words_of(link)}” does not speak of “{labels[0]}”"


def words_of(one: Any) -> str:
    """The words of an element."""
    return str(one.text_content()).strip()


def _begins(said: str, label: str) -> bool:
    """Whether an error speaks of its field in the words of the label: their first word at least."""
    return re.split(r"\W+", label.casefold())[0] in said.casefold()


@pytest.mark.slow
def test_every_address_that_takes_a_post_is_among_them(site: Site) -> None:
    source = Path(__file__).parents[2] / "src" / "followthrough" / "web"
    views = re.compile(r"@require_(?:POST|http_methods\(\[[^\]]*\"POST\"[^\]]*\]\))\n(?:@\w+\n)*def (\w+)")
    takes = {
        (path.stem, name)
        for path in source.rglob("*views.py")
        if path.parent.name not in OWN_TESTS
        for name in views.findall(path.read_text("utf-8"))
    }
    met = set()
    for _, form, _deed in every_form(site):
        view = resolve(form.place.partition("?")[0]).func
        met.add((view.__module__.rpartition(".")[2], view.__name__))
    assert len(takes) >= 19
    assert takes - met == set()
