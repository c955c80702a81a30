"""Claims revised, ties made and unmade, activities entered, many changed at once: as owner, teammate and stranger."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from followthrough.packs.reading import read_pack
from followthrough.packs.writing import write_pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.actions.activities import ActivityEntry, enter_activity
from followthrough.web.activities.models import Activity, ActivityParty
from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.actions import claims, conflicts, corrections
from followthrough.web.evidence.actions.bulk_changes import CLAIMS
from followthrough.web.evidence.models import Claim, ClaimParty, Conflict, ConflictSide
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.kit.errors import EditConflict, InvalidEntry, PossibleDuplicate
from followthrough.web.links.actions import bulk_changes
from followthrough.web.links.actions import links as link_actions
from followthrough.web.links.actions.bulk_changes import Change
from followthrough.web.links.actions.links import LinkRequest
from followthrough.web.links.models import Link
from followthrough.web.search.index import catch_up
from web_forms import stamped

DOC = "/agreements/asean-rok-2019"
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
TIE = LinkRequest(("asean-rok-2019/4.3b",), "contributory", "It speaks of the talks.")
SOURCE = {
    "url": "https://fund.example/training", "title": "Training for customs officers", "publisher": "The fund",
    "publisher_kind": "fund", "published": "2025-03-01", "language": "en",
}  # fmt: skip
ACTIVITY = {
    "title": "Training of customs officers", "statement": "", "kind": "training", "state": "running", "status": "",
    "start": "2026-01", "end": "2026-12", "budget": "250000", "currency": "USD", "fund": "", "parent": "",
    "lead_body": "The fund",
}  # fmt: skip
ENTRY = ActivityEntry(SOURCE, ACTIVITY, replace(TIE, share="60"), ("KOR",))


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


def counts() -> tuple[int, ...]:
    """Count what an action could have written."""
    models: tuple[Any, ...] = (Claim, Link, Activity, Conflict, AuditEvent)
    return tuple(model._default_manager.count() for model in models)


def links_of(claim: str) -> list[str]:
    return list(Link.objects.filter(claim=claim).values_list("pk", flat=True))


def test_a_correction_is_a_new_claim_and_the_old_one_stays(register: Document, owner: User) -> None:
    old = Claim.objects.get(pk="c-031")
    places = set(Link.objects.filter(claim=old).values_list("commitment_id", "role", "rationale"))
    made = corrections.correct("c-031", {"value": "104", "date": "2019"}, "The page was read wrongly.", by=owner)
    old.refresh_from_db()
    assert (made.value, made.date, made.statement) == (Decimal(104), "2019", old.statement)
    assert (made.source, made.checked, made.withdrawn) == (old.source, False, "")
    assert (old.value, old.withdrawn) == (Decimal(103), f"corrected as {made.pk}: The page was read wrongly.")
    assert set(Link.objects.filter(claim=made).values_list("commitment_id", "role", "rationale")) == places
    assert ClaimParty.objects.filter(claim=made, party="KOR").exists()
    side = ConflictSide.objects.get(claim=made)
    assert (side.value, side.conflict_id) == (Decimal(104), "akcf-cumulative-2018")
    assert not ConflictSide.objects.filter(claim=old).exists()


@pytest.mark.parametrize(
    ("cells", "reason", "field"),
    [
        ({"value": "12 million"}, "wrong", "claims.value"),
        ({"date": "2019-13"}, "wrong", "claims.date"),
        ({"kind": "rumour"}, "wrong", "claims.kind"),
        ({"statement": ""}, "wrong", "claims.statement"),
        ({"date": "2019"}, " ", "reason"),
        ({"value": "103"}, "nothing differs", "claims.statement"),
    ],
)
def test_a_correction_is_checked_as_an_import(
    register: Document, owner: User, cells: dict[str, str], reason: str, field: str
) -> None:
    before = counts()
    with pytest.raises(InvalidEntry) as refused:
        corrections.correct("c-031", cells, reason, by=owner)
    assert list(refused.value.problems) == [field]
    assert counts() == before


def test_a_reason_that_speaks_of_a_correction_makes_none(register: Document, owner: User, client: Client) -> None:
    claims.withdraw(["c-031"], "corrected as c-036: or so somebody types", by=owner)
    told = client.get("/claims/c-031.json").json()
    assert (told["withdrawn"], told["corrected_as"]) == ("corrected as c-036: or so somebody types", None)
    assert client.get("/claims/c-036.json").json()["corrects"] == []
    made = corrections.correct("c-036", {"date": "2023"}, "Only the year is printed.", by=owner)
    assert client.get("/claims/c-036.json").json()["corrected_as"] == made.pk
    assert client.get(f"/claims/{made.pk}.json").json()["corrects"] == ["c-036"]


def test_who_comes_second_is_told(register: Document, owner: User, client: Client) -> None:
    claims.withdraw(["c-031"], "The page is gone.", by=owner)
    with pytest.raises(EditConflict, match="The page is gone"):
        corrections.correct("c-031", {"value": "104"}, "late", by=owner)
    client.force_login(owner)
    late = client.post("/claims/c-031", {"do": "withdraw", "reason": "late too"})
    assert late.status_code == 409
    assert "The page is gone" in late.content.decode()


def test_a_withdrawn_claim_stays_at_its_address_and_moves_no_figure(
    register: Document, owner: User, client: Client
) -> None:
    listed = client.get(f"{DOC}/claims.json").json()["of"]
    client.force_login(owner)
    assert stamped(client, "/claims/c-031", {"do": "withdraw", "reason": ""}).status_code == 422
    assert stamped(client, "/claims/c-031", {"do": "withdraw", "reason": "Read wrongly."}).status_code == 302
    client.logout()
    assert client.get(f"{DOC}/claims.json").json()["of"] == listed - 1
    page = client.get("/claims/c-031").content.decode()
    assert "Read wrongly." in page
    assert '<h2 id="revise">' not in page
    assert client.get("/claims/c-031.json").json()["withdrawn"] == "Read wrongly."
    catch_up()  # what a commit does
    assert "/claims/c-031" not in client.get("/search.json?q=c-031").content.decode()


def test_nobody_is_the_second_reader_of_his_own_words(register: Document, owner: User, coordinator: User) -> None:
    made = corrections.correct("c-031", {"value": "104"}, "Read wrongly.", by=owner)
    with pytest.raises(InvalidEntry, match="somebody else compares it"):
        claims.check([made.pk], "", by=owner)
    assert claims.check([made.pk], "the page says so", by=coordinator) == 1
    made.refresh_from_db()
    assert (made.checked, made.check_note) == (True, "the page says so")


def test_claims_are_set_against_each_other(register: Document, owner: User, client: Client) -> None:
    for keys, field in (([], "others"), (["c-036"], "others"), (["c-036", "c-999"], "others")):
        with pytest.raises(InvalidEntry) as refused:
            conflicts.mark_conflicting(keys, "Which year?", "", by=owner)
        assert list(refused.value.problems) == [field]
    client.force_login(owner)
    form = {
        "do": "oppose",
        "conflicts.topic": "Which year it began",
        "others": "c-037; c-038",
        "conflicts.note": "three",
    }
    assert stamped(client, "/claims/c-036", form).status_code == 302
    (conflict,) = Conflict.objects.filter(topic="Which year it began")
    assert list(conflict.sides.values_list("claim_id", flat=True)) == ["c-036", "c-037", "c-038"]
    assert "Which year it began" in client.get("/claims/c-037").content.decode()


def test_ties_are_made_and_unmade_with_their_reasons(register: Document, owner: User, client: Client) -> None:
    (made,) = link_actions.link("claim", "c-031", TIE, by=owner)
    assert (made.role, made.origin, made.confirmed_by) == ("contributory", "person", "owner")
    with pytest.raises(InvalidEntry, match=r"is linked to asean-rok-2019/4\.3b already"):
        link_actions.link("claim", "c-031", TIE, by=owner)
    assert "c-031" in client.get(f"{DOC}/4.3").content.decode()
    with pytest.raises(InvalidEntry, match="say why"):
        link_actions.unlink([made.pk], " ", by=owner)
    assert link_actions.unlink([made.pk], "It speaks of another fund.", by=owner) == 1
    assert Link.everything.get(pk=made.pk).withdrawn == "It speaks of another fund."
    assert 'id="c-031"' not in client.get(f"{DOC}/4.3").content.decode()
    assert link_actions.link("claim", "c-031", TIE, by=owner)[0].pk != made.pk
    with pytest.raises(EditConflict):
        link_actions.unlink([made.pk], "once more", by=owner)


def test_a_role_is_changed_by_another_tie(register: Document, owner: User) -> None:
    (key,) = links_of("c-031")
    assert link_actions.change_role([key], "context", by=owner) == 0
    assert link_actions.change_role([key], "main", by=owner) == 1
    (now,) = Link.objects.filter(claim="c-031")
    assert (now.role, now.rationale) == ("main", Link.everything.get(pk=key).rationale)
    assert Link.everything.get(pk=key).withdrawn == "its role is main now"


def test_the_role_of_a_link_to_an_indicator_is_changed(register: Document, owner: User) -> None:
    one = Link.objects.exclude(indicator=None)[0]
    other = "main" if one.role != "main" else "context"
    assert link_actions.change_role([one.pk], other, by=owner) == 1
    now = Link.objects.get(indicator=one.indicator_id, commitment=one.commitment_id, provision=one.provision_id)
    assert (now.role, now.rationale) == (other, one.rationale)


@pytest.mark.parametrize(
    ("tying", "field"),
    [
        (replace(TIE, targets=()), "places"),
        (replace(TIE, targets=("asean-rok-2019/9.9z",)), "places"),
        (replace(TIE, role="boss"), "links.role"),
        (replace(TIE, rationale=""), "links.rationale"),
        (replace(TIE, share="50"), "links.share"),
    ],
)
def test_a_wrong_tie_is_named(register: Document, owner: User, tying: LinkRequest, field: str) -> None:
    before = counts()
    with pytest.raises(InvalidEntry) as refused:
        link_actions.link("claim", "c-031", tying, by=owner)
    assert list(refused.value.problems) == [field]
    assert counts() == before


def test_an_activity_is_entered_and_its_money_is_counted_once(register: Document, owner: User, client: Client) -> None:
    made = enter_activity(register, ENTRY, by=owner)
    assert (made.budget, made.currency, made.source.publisher) == (Decimal(250000), "USD", "The fund")
    assert ActivityParty.objects.filter(activity=made, party="KOR").exists()
    more = LinkRequest(("asean-rok-2019/1.4a",), "main", "It is paid by the fund.", "50")
    with pytest.raises(InvalidEntry, match=r"to 110 per cent; 40 per cent are left"):
        link_actions.link("activity", made.pk, more, by=owner)
    client.force_login(owner)
    form = {"do": "tie", "places": more.targets[0], "links.role": "main", "links.rationale": "x", "links.share": "50"}
    assert stamped(client, f"/activities/{made.pk}", form).status_code == 422
    assert stamped(client, f"/activities/{made.pk}", form | {"links.share": "40"}).status_code == 302
    first, second = Link.objects.filter(activity=made).order_by("share").values_list("pk", flat=True)
    assert (
        stamped(
            client, f"/activities/{made.pk}", {"do": "untie", "link": [first], "reason": "paid elsewhere"}
        ).status_code
        == 302
    )
    link_actions.link("activity", made.pk, replace(more, share="40", targets=("asean-rok-2019/6.4b",)), by=owner)
    with pytest.raises(DatabaseError, match="exceed 100 per cent"), transaction.atomic():
        Link.objects.filter(pk=second).update(share=Decimal("60.5"))
    with pytest.raises(DatabaseError, match="exceed 100 per cent"), transaction.atomic():
        Link.everything.filter(pk=first).update(withdrawn="")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"title": ""}, "activities.title"),
        ({"state": "asleep"}, "activities.state"),
        ({"end": "2025-12"}, "activities.end"),
        ({"budget": "-5"}, "activities.budget"),
        ({"currency": ""}, "activities.budget"),
        ({"currency": "EURO"}, "activities.currency"),
        ({"fund": "no-fund"}, "activities.fund"),
        ({"parent": "a-999"}, "activities.parent"),
    ],
)
def test_an_activity_is_checked_as_an_import(
    register: Document, owner: User, cells: dict[str, str], field: str
) -> None:
    before = counts()
    with pytest.raises(InvalidEntry) as refused:
        enter_activity(register, replace(ENTRY, activity=ACTIVITY | cells), by=owner)
    assert list(refused.value.problems) == [field]
    assert counts() == before


def test_the_form_of_an_activity_points_out_a_twin(register: Document, owner: User, client: Client) -> None:
    client.force_login(owner)
    form = {f"sources.{name}": value for name, value in SOURCE.items()}
    form |= {f"activities.{name}": value for name, value in ACTIVITY.items()}
    form |= {
        "links.role": "main",
        "links.rationale": "It trains them.",
        "links.share": "60",
        "commitments": TIE.targets[0],
    }
    assert client.get(f"{DOC}/activities/new").status_code == 200
    made = client.post(f"{DOC}/activities/new", form)
    assert made.status_code == 302
    assert "Training of customs officers" in client.get(made.headers["Location"]).content.decode()
    twin = client.post(f"{DOC}/activities/new", form)
    assert twin.status_code == 409
    assert "has this title" in twin.content.decode()
    with pytest.raises(PossibleDuplicate):
        enter_activity(register, ENTRY, by=owner)
    assert client.post(f"{DOC}/activities/new", form | {"anyway": "yes"}).status_code == 302


def change(client: Client, things: str, form: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Ask for a preview; return it, and the form that it would send."""
    seen = client.post(f"{DOC}/{things}/change", form)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', seen.content.decode())
    token = dict(hidden).get("token", "")
    return seen, form | {"token": token}


def test_many_are_changed_only_as_they_were_shown(register: Document, owner: User, client: Client) -> None:
    client.force_login(owner)
    for subjects in ("claims", "activities"):
        assert f'action="{DOC}/{subjects}/change"' in client.get(f"{DOC}/{subjects}").content.decode()
    before = counts()
    seen, again = change(client, "claims", {"do": "confirm", "chosen": ["c-031", "c-036"]})
    assert "2 of 2 would change" in " ".join(seen.content.decode().split())
    assert counts() == before
    assert client.post(f"{DOC}/claims/change", again).status_code == 302
    assert not Link.objects.filter(claim__in=["c-031", "c-036"], confirmed="").exists()
    seen, again = change(client, "claims", {"do": "withdraw", "chosen": ["c-031", "c-036"], "reason": "gone"})
    corrections.correct("c-036", {"date": "2023"}, "only the year is printed", by=owner)
    late = client.post(f"{DOC}/claims/change", again)
    assert late.status_code == 409
    assert Claim.objects.get(pk="c-031").withdrawn == ""


@pytest.mark.parametrize(
    ("do", "values", "reason"),
    [
        ("confirm", {}, ""),
        ("role", {"role": "context"}, ""),
        ("tie", {"place": "6.4b", "role": "context"}, "They speak of it too."),
        ("untie", {}, "They speak of another agreement."),
        ("check", {}, ""),
        ("kind", {"kind": "outcome"}, "A reader sorted them anew."),
        ("stance", {"stance": "comparison"}, "A reader sorted them anew."),
        ("withdraw", {}, "The pages are gone."),
    ],
)
def test_each_change_of_many_says_and_does_the_same(
    register: Document, owner: User, client: Client, do: str, values: dict[str, str], reason: str
) -> None:
    client.force_login(owner)
    keys = list(Claim.objects.filter(links__isnull=False, kind="policy").values_list("pk", flat=True).distinct()[:6])
    form = {"do": do, "chosen": keys, "reason": reason, **values}
    seen, again = change(client, "claims", form)
    assert seen.status_code == 200, seen.content.decode()
    done = client.post(f"{DOC}/claims/change", again)
    assert done.status_code == 302
    standing = [key for key in keys if not Claim.objects.get(pk=key).withdrawn and links_of(key)]
    if standing:
        look = bulk_changes.preview(
            register, CLAIMS, standing, Change(do, {"place": "asean-rok-2019/6.4b", **values}, reason), by=owner
        ) if do != "tie" else None  # fmt: skip
        assert look is None or look.changed == 0
    if do == "tie":
        assert Link.objects.filter(claim__in=keys, commitment="asean-rok-2019/6.4b").count() == len(keys)


def test_every_match_of_a_filter_can_be_changed(register: Document, owner: User, client: Client) -> None:
    client.force_login(owner)
    query = "kind=output"
    held = client.get(f"{DOC}/claims.json?{query}").json()["count"]
    assert 0 < held < Claim.objects.count()
    seen, _ = change(client, "claims", {"do": "confirm", "every": "yes", "query": query})
    assert f"of {held} would change" in " ".join(seen.content.decode().split())
    seen, _ = change(client, "activities", {"do": "role", "role": "context", "every": "yes", "query": "kind=training"})
    assert seen.status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"do": "confirm"},
        {"do": "nothing", "chosen": "c-031"},
        {"do": "untie", "chosen": "c-031"},
        {"do": "role", "role": "boss", "chosen": "c-031"},
        {"do": "tie", "place": "9.9z", "role": "main", "reason": "x", "chosen": "c-031"},
        {"do": "kind", "kind": "rumour", "reason": "x", "chosen": "c-031"},
        {"do": "confirm", "chosen": [f"c-{n:03}" for n in range(501)]},
    ],
)
def test_a_change_of_many_that_cannot_be(register: Document, owner: User, client: Client, form: dict[str, Any]) -> None:
    client.force_login(owner)
    before = counts()
    assert client.post(f"{DOC}/claims/change", form).status_code == 422
    assert counts() == before


def test_strangers_revise_nothing(register: Document, stranger: User, client: Client) -> None:
    before, (key,) = counts(), links_of("c-031")
    deeds: list[Any] = [
        lambda: corrections.correct("c-031", {"value": "1"}, "x", by=stranger),
        lambda: claims.withdraw(["c-031"], "x", by=stranger),
        lambda: claims.check(["c-031"], "", by=stranger),
        lambda: conflicts.mark_conflicting(["c-031", "c-036"], "x", "", by=stranger),
        lambda: link_actions.link("claim", "c-031", TIE, by=stranger),
        lambda: link_actions.unlink([key], "x", by=stranger),
        lambda: link_actions.change_role([key], "main", by=stranger),
        lambda: enter_activity(register, ENTRY, by=stranger),
        lambda: bulk_changes.preview(register, CLAIMS, ["c-031"], Change("confirm", {}), by=stranger),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    for person in (None, stranger):
        if person is not None:
            client.force_login(person)
        page = client.get(f"{DOC}/claims").content.decode() + client.get("/claims/c-031").content.decode()
        assert "Change many at once" not in page
        assert "Correct it" not in page
        assert client.post("/claims/c-031", {"do": "withdraw", "reason": "x"}).status_code == 403
        assert client.post(f"{DOC}/claims/change", {"do": "confirm"}).status_code == (403 if person else 302)
        assert client.post(f"{DOC}/activities/change", {"do": "confirm"}).status_code == (403 if person else 302)
        assert client.get(f"{DOC}/activities/new").status_code == (403 if person else 302)
    assert counts() == before


def test_a_coordinator_enters_and_leaves_the_confirmation_to_others(register: Document, coordinator: User) -> None:
    (tied,) = link_actions.link("claim", "c-031", TIE, by=coordinator)
    assert (tied.confirmed, tied.confirmed_by) == ("", "")
    with pytest.raises(NotAllowed):
        bulk_changes.apply(
            register, CLAIMS, ["c-031"], change_ := Change("confirm", {}),
            bulk_changes.preview(register, CLAIMS, ["c-031"], change_, by=coordinator).token, by=coordinator,
        )  # fmt: skip


def test_a_claim_of_a_draft_is_for_its_team(register: Document, draft: Document, client: Client, editor: User) -> None:
    from followthrough.web.agreements.models import Provision

    home = Provision.objects.create(
        id="draft-2030/1", document=draft, eid="para_1", kind="paragraph", num="1", position=1, title="A garden"
    )
    Link.objects.filter(claim="c-036").update(withdrawn="moved")
    Link.objects.create(id="l-draft", provision=home, claim_id="c-036", role="main", rationale="x", origin="person")
    assert client.get("/claims/c-036").status_code == 404
    client.force_login(editor)
    assert client.get("/claims/c-036").status_code == 200


def test_what_was_withdrawn_is_exported_and_comes_back_the_same(register: Document, owner: User, tmp_path: Any) -> None:
    (key,) = links_of("c-031")
    link_actions.change_role([key], "main", by=owner)
    claims.withdraw(["c-036"], "The page is gone.", by=owner)
    write_pack(register_as_pack(), tmp_path / "one")
    pack = read_pack(tmp_path / "one")
    assert not import_pack(pack, by=SYSTEM).changes
    write_pack(pack, tmp_path / "two")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
