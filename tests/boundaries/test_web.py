"""Rules of the register and of the site: a case on each side of each."""

from __future__ import annotations

import csv
import io
import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from followthrough.model.vocabulary import LinkSubject
from followthrough.packs.reading import PackRefused, read_pack
from followthrough.register import editing
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.list_state import PAGE, State, page_of
from followthrough.web.limits.limiter import Limit, TooMany, take
from followthrough.web.links.actions.links import subject_of
from followthrough.web.links.models import Link
from followthrough.web.workbench.actions import drafts, publications
from followthrough.web.workbench.actions.drafts import Edits
from followthrough.web.workbench.actions.uploads import take_in
from followthrough.web.workbench.models import Draft, ProvisionDraft

pytestmark = pytest.mark.sqlite

BUNDLED = Path(str(files("followthrough.packs") / "asean_rok_2019"))
WEIRS = b"""Joint Declaration on Weirs

1. We will mend every weir of the upper valley.

2. We commit to count the otters every spring.
"""


@pytest.mark.parametrize("sides", [0, 1, 2])
def test_a_conflict_has_two_sides_or_more(sides: int, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "pack"))
    with (folder / "conflicts.csv").open("a", encoding="utf-8") as file:
        names = next(csv.reader((folder / "conflicts.csv").read_text("utf-8-sig").splitlines()))
        csv.writer(file, lineterminator="\n").writerow(
            [{"id": "alone", "topic": "Who"}.get(name, "") for name in names]
        )
    path = folder / "conflict_sides.csv"
    held = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    with path.open("a", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(held[0]), lineterminator="\n")
        writer.writerows([row | {"conflict": "alone", "id": f"alone-{at}"} for at, row in enumerate(held[:sides])])
    if sides == 2:
        read_pack(folder)
        return
    with pytest.raises(PackRefused, match=f"has {('no', 'one')[sides]} side"):
        read_pack(folder)


@pytest.mark.parametrize("kind", list(LinkSubject))
def test_a_link_knows_what_it_links(kind: str) -> None:
    assert subject_of(Link(**{f"{kind}_id": "x-1"})) == (kind, "x-1")


@pytest.mark.django_db
def test_silent_paragraph_years_are_those_since_adoption_without_evidence(register: Document, client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/agreements/asean-rok-2019.csv").content.decode("utf-8-sig"))))
    years = [name for name in rows[0] if re.fullmatch(r"\D+ \d{4}", name)]
    silent = sum(row[name] == "0" for row in rows for name in years)
    page = re.sub(r"<[^>]*>", "", client.get("/agreements/asean-rok-2019").content.decode())
    assert f"{silent} of {len(rows) * len(years)} paragraph-years from that of the adoption on are silent" in page
    assert 0 < silent < len(rows) * len(years)
    outside = [name for name in rows[0] if re.match(r"\D+ (?:before|no date)$", name)]
    assert len(outside) == 2
    assert any(row[name] == "0" for row in rows for name in outside)  # a figure that counted them would be another


def _save(draft: Draft, reason: str, by: User) -> None:
    """Accept what waits and reject what stands in paragraph 2, and publish."""
    parts = {one.provision.num: one for one in ProvisionDraft.objects.filter(draft=draft).select_related("provision")}
    changes = {parts["1"].pk: lambda items, _: editing.accept_rest(items)}
    changes[parts["2"].pk] = lambda items, _: editing.decide(items, 1, "rejected", reason)
    drafts.save(draft, Edits({one.pk: one.revision for one in parts.values()}, changes=changes), by=by)
    publications.publish(draft, by=by)


@pytest.mark.django_db
def test_why_a_commitment_was_withdrawn_is_never_overwritten(register: Document) -> None:
    owner = User.objects.create_user("owner")
    grant_role(owner, Role.EDITOR, by=SYSTEM)
    draft = take_in(WEIRS, "weirs.txt", "weirs-2024", by=owner)
    parts = list(ProvisionDraft.objects.filter(draft=draft))
    accept = {one.pk: lambda items, _: editing.accept_rest(items) for one in parts}
    drafts.save(draft, Edits({one.pk: one.revision for one in parts}, changes=accept), by=owner)
    publications.publish(draft, by=owner)
    for reason in ("otters count themselves", "another reason"):
        _save(draft, reason, owner)
        assert Commitment.objects.get(pk="weirs-2024/2a").withdrawn == "otters count themselves"
    assert AuditEvent.objects.filter(verb="commitment.withdrawn", target="weirs-2024/2a").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_limit_is_the_number_it_says() -> None:
    limit = Limit("boundary", 3, 3600)
    for _ in range(3):
        take(limit, "x")
    take(limit, "y")
    with pytest.raises(TooMany, match="more than 3 times"):
        take(limit, "x")


@pytest.mark.parametrize(
    ("asked", "number", "rows", "problems"),
    [("1", 1, 50, 0), ("3", 3, 20, 0), ("4", 3, 20, 1), ("0", 1, 50, 1), ("x", 1, 50, 1)],
)
def test_past_either_end_of_a_list_stands_its_nearest_page(asked: str, number: int, rows: int, problems: int) -> None:
    state = State(QueryDict(f"page={asked}"))
    page = page_of(range(2 * PAGE + 20), state)
    assert (page.number, len(page.rows), len(state.problems)) == (number, rows, problems)
