"""The page of an activity, and its way through the project cycle: as owner, teammate and stranger."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.actions.project_cycle import Step, take_step
from followthrough.web.activities.detail import stages
from followthrough.web.activities.models import Activity, ActivityEvent
from followthrough.web.agreements.models import Document, Provision
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.links.models import Link
from web_forms import stamp_for, stamped

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def activity(register: Document) -> Activity:
    """A project that was submitted, under paragraph 4.3."""
    made = Activity.objects.create(
        id="a-new", title="Air talks support", kind="project", state="submitted", recorded="2026-11-01",
        source_id="s-mofa-summit12", budget="250000", currency="USD",
    )  # fmt: skip
    for letter, share in (("a", "40"), ("b", "35.5")):
        Link.objects.create(
            id=f"l-new-{letter}", commitment_id=f"asean-rok-2019/4.3{letter}", activity=made, role="main",
            share=share, rationale="It pays for the talks.", origin="person",
        )  # fmt: skip
    return made


@pytest.fixture
def coordinator(register: Document) -> User:
    """Enters evidence for the agreement."""
    user = User.objects.create_user("coordinator", password=PASSWORD)
    grant_role(user, Role.COORDINATOR, by=SYSTEM, document=register)
    return user


def go(activity: Activity, by: User, state: str, date: str = "2026-01-05", note: str = "", event: str = "") -> None:
    activity.refresh_from_db()
    take_step(activity.pk, Step(state, event, date, note), by=by)


def test_the_whole_way_and_what_its_dates_lead_to(activity: Activity, coordinator: User, client: Client) -> None:
    go(activity, coordinator, "", "2025-01-10", event="concept_note")
    for state, date in (
        ("checked", "2025-02-01"), ("endorsed", "2025-03-01"), ("approved", "2025-04-01"), ("running", "2025-06-15"),
        ("implemented", "2026-08-20"),
    ):  # fmt: skip
        go(activity, coordinator, state, date)
    found = client.get("/activities/a-new.json").json()
    assert found["computed"] == {
        "commenced": "2025-06-15", "report_due": "2026-10-19", "overdue": True, "completed": None,
        "months_to_first_disbursement": 5,
    }  # fmt: skip
    assert "report overdue since" in client.get("/activities/a-new").content.decode()
    go(activity, coordinator, "reported", "2026-10-30")
    with pytest.raises(InvalidEntry, match="balance returned"):
        go(activity, coordinator, "completed")
    go(activity, coordinator, "", "2026-11-02", event="balance_returned")
    go(activity, coordinator, "completed", "2026-11-20")
    found = client.get("/activities/a-new.json").json()
    assert (found["state"], found["computed"]["completed"], found["computed"]["overdue"]) == (
        "completed", "2026-11-20", False,
    )  # fmt: skip
    moved = AuditEvent.objects.filter(kind="activity", target="a-new", verb="activity.moved")
    assert moved.count() == 7 and AuditEvent.objects.filter(verb="activity.dated", target="a-new").count() == 2


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (Step("completed", "", "2026-01-01"), "comes no completed"),
        (Step("returned", "", "2026-01-01"), "say why"),
        (Step("checked", "", ""), "say when"),
        (Step("checked", "", "2026-13-01"), "no day of the calendar"),
        (Step("checked", "", "2031-01-01"), "cannot lie ahead"),
        (Step("", "a party", "2026-01-01"), "choose the step"),
        (Step("", "", "2026-01-01"), "choose the step"),
    ],
)
def test_a_step_that_the_cycle_does_not_allow(activity: Activity, coordinator: User, step: Step, problem: str) -> None:
    events = AuditEvent.objects.count()
    with pytest.raises(InvalidEntry, match=problem):
        take_step(activity.pk, step, by=coordinator)
    activity.refresh_from_db()
    assert activity.state == "submitted" and AuditEvent.objects.count() == events
    assert not ActivityEvent.objects.filter(activity=activity).exists()


def test_returned_and_submitted_again_keeps_both_dates(activity: Activity, coordinator: User) -> None:
    go(activity, coordinator, "returned", "2025-02-01", "the budget was missing")
    go(activity, coordinator, "submitted", "2025-03-01")
    go(activity, coordinator, "returned", "2025-04-01", "the partner was missing")
    go(activity, coordinator, "submitted", "2025-05-01")
    dated = ActivityEvent.objects.filter(activity=activity).order_by("date").values_list("event", "date")
    assert list(dated) == [
        ("returned", "2025-02-01"), ("full_proposal", "2025-03-01"), ("returned", "2025-04-01"),
        ("full_proposal", "2025-05-01"),
    ]  # fmt: skip


def test_two_people_at_once_are_told(activity: Activity, coordinator: User, client: Client) -> None:
    client.force_login(coordinator)
    typed = {"do": "move", "state": "returned", "date": "2026-02-01", "note": "mine"}
    seen = stamp_for(client, "/activities/a-new", typed)
    go(activity, coordinator, "checked")
    answer = client.post("/activities/a-new", typed | seen)
    page = answer.content.decode()
    assert answer.status_code == 409 and "changed since you opened the page" in page
    assert "checked" in page and 'value="mine"' in page and "Changed last by coordinator" in page
    activity.refresh_from_db()
    assert activity.state == "checked"
    with pytest.raises(EditConflict):
        take_step(activity.pk, Step("assessed", "", "2026-01-05"), by=coordinator, seen=seen["stamp"])


@pytest.mark.parametrize("who", ["public", "stranger", "editor", "coordinator"])
def test_who_may_move_it(
    activity: Activity, who: str, stranger: User, editor: User, coordinator: User, client: Client
) -> None:
    people = {"stranger": stranger, "editor": editor, "coordinator": coordinator}
    if who in people:
        client.force_login(people[who])
    page = client.get("/activities/a-new").content.decode()
    answer = stamped(client, "/activities/a-new", {"do": "move", "state": "checked", "date": "5 January 2026"})
    activity.refresh_from_db()
    allowed = who == "coordinator"
    assert ("Move it on" in page) is allowed
    assert (answer.status_code, activity.state) == ((302, "checked") if allowed else (403, "submitted"))
    if who in people and not allowed:
        with pytest.raises(NotAllowed):
            take_step("a-new", Step("checked", "", "2026-01-05"), by=people[who])


def test_the_page_says_what_is_not_known(register: Document, activity: Activity, client: Client) -> None:
    page = " ".join(client.get("/activities/a-new").content.decode().split())
    assert "75.5 % of its money is linked to commitments" in page
    assert page.count("not known</i>") >= 4
    assert client.get("/activities/none-such").status_code == 404
    for key in Activity.objects.values_list("id", flat=True)[:20]:
        assert client.get(f"/activities/{key}").status_code == 200, key


def test_what_serves_only_a_draft_is_not_shown(
    draft: Document, activity: Activity, editor: User, client: Client
) -> None:
    place = Provision.objects.create(
        id="draft-2030/1", document=draft, eid="para_1", kind="paragraph", position=1, title="x"
    )
    Link.objects.filter(activity=activity).delete()
    Link.objects.create(id="l-d", provision=place, activity=activity, role="main", rationale="x", origin="person")
    assert client.get("/activities/a-new").status_code == 404
    client.force_login(editor)
    assert client.get("/activities/a-new").status_code == 200


def test_stages_show_what_was_passed_over() -> None:
    looks = {one.state: one.look for one in stages("running", {"approved": "2025-04-01"})}
    assert (looks["proposed"], looks["approved"], looks["running"], looks["reported"]) == (
        "passed over", "done", "now", "ahead",
    )  # fmt: skip
    assert {one.look for one in stages("cancelled", {})} == {"ahead"}
