"""Activities of IATI files in the register: suggested links, money counted once, cut and resumed; and the export."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from lxml import etree

from followthrough.cli.iati import import_iati
from followthrough.errors import ManyRefused
from followthrough.sources.iati.reading import Accepted, read_activities
from followthrough.sources.iati.writing import write_activities
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.activities.models import Activity, ActivityEvent, ActivityParty
from followthrough.web.agreements.models import Document, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.actions import iati_files
from followthrough.web.exchange.iati_export import export_activities, publisher_of
from followthrough.web.exchange.iati_importing import iati_file, import_file
from followthrough.web.links.models import Link
from support import shared

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
TODAY = "2026-11-26"
DOC = "asean-rok-2019"


def activity(key: str, publisher: str = "KR-GOV-1", more: str = "", **parts: str) -> str:
    """Return an activity in Viet Nam that its publisher tags with energy."""
    return f"""<iati-activity xml:lang="en" default-currency="USD"><iati-identifier>{key}</iati-identifier>
<reporting-org ref="{publisher}" type="10"><narrative>Publisher {publisher}</narrative></reporting-org>
<title><narrative>{parts.get("title", "Solar roofs")}</narrative></title>
<description><narrative>Words.</narrative></description>
<participating-org ref="XX-2" role="4"><narrative>Solar Works</narrative></participating-org>{parts.get("other", "")}
<activity-status code="{parts.get("status", "2")}"/><activity-date type="2" iso-date="2020-03-01"/>
<recipient-country code="VN"/><sector code="23230"/><tag vocabulary="2" code="9"/>
<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<value value-date="2020-01-01">{parts.get("budget", "1000")}</value></budget>{more}</iati-activity>
"""


def related(kind: str, ref: str) -> str:
    """Return a relation to another activity."""
    return f'<related-activity type="{kind}" ref="{ref}"/>'


def brought(folder: Path, *activities: str, url: str = "", by: Any = SYSTEM) -> list[iati_files.Imported]:
    """Import a file of these activities."""
    path = folder / "a.xml"
    path.write_text(f'<iati-activities version="2.03">\n{"".join(activities)}</iati-activities>\n', encoding="utf-8")
    return list(import_file(path, iati_file(path, url, TODAY), by=by))


def state() -> list[Any]:
    """Return what an import may write, for comparison."""
    return [list(model.objects.order_by("pk").values()) for model in (Source, Activity, ActivityParty, Link)]


def test_an_activity_comes_with_partners_money_and_suggested_links(register: Document, tmp_path: Path) -> None:
    before = AuditEvent.objects.count()
    (made,) = brought(tmp_path, activity("KR-GOV-1-1"), url="https://x.example/kr.xml")
    one = Activity.objects.get(pk="iati-KR-GOV-1-1")
    assert (one.title, one.state, one.status, one.start) == ("Solar roofs", "running", "implementation", "2020-03-01")
    assert (one.budget, one.currency, one.lead_body, one.checked) == (Decimal(1000), "USD", "Solar Works", False)
    assert "Reported to IATI by Publisher KR-GOV-1 as KR-GOV-1-1." in one.statement
    assert "Money as reported: USD 1,000 in 1 budget." in one.statement
    assert (one.source.url, one.source.publisher) == ("https://x.example/kr.xml#KR-GOV-1-1", "Publisher KR-GOV-1")
    assert [each.party_id for each in one.parties.all()] == ["VNM"]
    links = list(Link.objects.filter(activity=one))
    assert links
    assert {(each.origin, each.confirmed, each.confirmed_by, each.share) for each in links} == {
        ("proposed", "", "", None)
    }
    assert all({"SDG 7", "SDG 9"} & set(each.commitment.goals) for each in links if each.commitment)
    assert "its publisher tags it SDG 9" in " ".join(each.rationale for each in links)
    rows = len(made.changes)
    assert AuditEvent.objects.count() == before + rows + 1
    assert {each.verb for each in made.changes} == {"added"}


def test_importing_again_changes_nothing_and_what_people_decided_stays(register: Document, tmp_path: Path) -> None:
    brought(tmp_path, activity("A-1"), activity("A-2"))
    key, gone = "iati-A-1", "iati-A-2"
    refused = Link.objects.filter(activity=key)[0]
    Link.objects.filter(pk=refused.pk).update(withdrawn="refused")
    Activity.objects.filter(pk=key).update(kind="training", checked=True, state="approved")
    ActivityEvent.objects.create(id="e", activity_id=key, event="approved", date="2020-01-01")
    Activity.objects.filter(pk=gone).update(withdrawn="not ours")
    before = state()
    (made,) = brought(tmp_path, activity("A-1"), activity("A-2", title="Another"))
    assert made.changes == ()
    assert state() == before
    (made,) = brought(tmp_path, activity("A-1", title="Solar roofs, second phase"))
    assert [(one.table, one.verb, list(one.fields)) for one in made.changes] == [("activities", "changed", ["title"])]


def test_the_same_activity_of_several_publishers_is_one_whole(register: Document, tmp_path: Path) -> None:
    made = brought(
        tmp_path, activity("A-1"), activity("A-1b", "B"), activity("P-1", more=related("1", "W-1")),
        activity("C-7", "C", other='<other-identifier type="A3" ref="A-1"/>'),
        activity("D-7", "D", more=related("5", "C-7")), activity("W-1"),
        activity("E-1", more="<transaction><transaction-type code='1'/><transaction-date iso-date='2020-01-01'/>"
                 "<value value-date='2020-01-01'>5</value><provider-org provider-activity-id='W-1'/></transaction>"),
    )  # fmt: skip
    (second,) = brought(tmp_path, activity("A-1", "OTHER", budget="999"))
    wholes = dict(Activity.objects.filter(pk__startswith="iati-").values_list("pk", "parent"))
    (beside,) = [key for key in wholes if key.startswith("iati-A-1-by-OTHER")]
    assert wholes == {
        "iati-A-1": None, "iati-A-1b": None, beside: "iati-A-1", "iati-C-7": "iati-A-1", "iati-D-7": "iati-C-7",
        "iati-P-1": "iati-W-1", "iati-W-1": None, "iati-E-1": "iati-W-1",
    }  # fmt: skip
    assert (
        "the same activity is reported by another publisher as iati-A-1; its money is counted there" in second.told[0]
    )
    assert Activity.objects.get(pk="iati-A-1").budget == Decimal(1000)
    assert Activity.objects.get(pk=beside).budget == Decimal(999)
    assert len(made) == 2  # the whole of P-1 comes behind it
    (again,) = brought(tmp_path, activity("A-1", "OTHER", budget="999"))
    assert again.changes == ()


def test_circles_of_wholes_are_not_entered(register: Document, tmp_path: Path) -> None:
    brought(tmp_path, activity("A", more=related("1", "B")), activity("B", more=related("1", "A")))
    assert sorted(Activity.objects.filter(pk__in=["iati-A", "iati-B"]).values_list("pk", "parent")) == [
        ("iati-A", None), ("iati-B", "iati-A"),
    ]  # fmt: skip


def test_an_import_that_was_cut_goes_on_and_comes_to_the_same(
    register: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("followthrough.web.exchange.iati_importing.PORTION", 2)
    activities = [activity(f"A-{n}", more=related("1", f"A-{n + 1}") if n % 3 == 0 else "") for n in range(7)]
    with transaction.atomic():
        whole = [one.changes for one in brought(tmp_path, *activities)]
        expected = state()
        transaction.set_rollback(True)
    assert len(whole) == 8
    for cut in (1, 3, 4, 6):
        with transaction.atomic():
            path = tmp_path / "a.xml"
            going = import_file(path, iati_file(path, "", TODAY), by=SYSTEM)
            done = [next(going).changes for _ in range(cut)]
            del going  # cut: nothing more is asked of it
            done += [one.changes for one in brought(tmp_path, *activities)]
            assert (done, state()) == (whole, expected), cut
            transaction.set_rollback(True)


def test_what_has_no_identifier_and_who_may_not_are_refused(register: Document, tmp_path: Path) -> None:
    (made,) = brought(tmp_path, activity(""))
    assert "no identifier" in made.refused[0].reason
    with pytest.raises(NotAllowed):
        brought(tmp_path, activity("A"), by=User.objects.create_user("visitor"))
    assert not Activity.objects.filter(pk__startswith="iati-").exists()


def test_money_that_is_no_figure_and_long_words_are_told(register: Document, tmp_path: Path) -> None:
    long = activity("A" * 90 + "/7", title="T" * 400, budget="1" * 30)
    (made,) = brought(tmp_path, long)
    (one,) = Activity.objects.filter(pk__startswith="iati-")
    assert (len(one.title), one.title[-1], one.budget, one.currency) == (300, "…", None, "")
    assert "cannot be kept as a figure" in made.told[0]


def test_real_files_are_imported_with_equal_counts(register: Document, capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"beis": 9, "fcdo": 1, "usaid": 1, "worldbank": 1, "ec-intpa": 1, "usaid-humanitarian": 1}
    for name in counts:
        import_iati(shared("data/iati") / "real_activities" / f"{name}-activity.xml", "", dry_run=False, strict=False)
    assert Activity.objects.filter(pk__startswith="iati-").count() == sum(counts.values())
    import_iati(shared("data/iati") / "real_activities/beis-activity.xml", "", dry_run=True, strict=True)
    assert "activities              0 added      0 changed      9 unchanged" in capsys.readouterr().out
    with pytest.raises(ManyRefused):
        import_iati(shared("data/iati") / "real_activities/canada-activity.xml", "", dry_run=False, strict=False)
    assert "activity CA-3-D002451001" in capsys.readouterr().err


def test_a_dry_run_shows_the_rows_and_changes_nothing(
    register: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, events = state(), AuditEvent.objects.count()
    path = tmp_path / "a.xml"
    path.write_text(f'<iati-activities version="2.03">{activity("A-1")}{activity("")}</iati-activities>')
    import_iati(path, "", dry_run=True, strict=False)
    said = capsys.readouterr()
    assert "added    activities         iati-A-1" in said.out
    assert "an activity without an identifier: has no identifier" in said.err
    assert (state(), AuditEvent.objects.count()) == (before, events)


def exported(by: Any = None) -> bytes:
    """Return the export of all that somebody may see."""
    out = BytesIO()
    found = export_activities(by or AnonymousUser(), TODAY, publisher_of("XX-1", "Register"))
    write_activities(found.records, out, "2026-11-26T00:00:00Z")
    return out.getvalue()


def test_the_export_breaks_no_rule_and_comes_back_byte_for_byte(register: Document, tmp_path: Path) -> None:
    path = tmp_path / "out.xml"
    path.write_bytes(exported())
    schema = etree.XMLSchema(etree.parse(shared("data/iati") / "schemas_2.03/iati-activities-schema.xsd"))
    assert schema.validate(etree.parse(path))
    found = list(read_activities(path, TODAY))
    assert all(isinstance(one, Accepted) and one.remarks == () for one in found)
    held = Activity.objects.filter(withdrawn="").exclude(start="").count()
    assert len(found) == held > 100
    made = list(import_file(path, iati_file(path, "", TODAY), by=SYSTEM))
    assert not any(one.changes for one in made)
    Link.everything.filter(activity__isnull=False).delete()
    for model in (ActivityEvent, ActivityParty):
        model.objects.all().delete()
    Activity.objects.update(parent=None, replaced_by=None)
    Activity.objects.all().delete()
    list(import_file(path, iati_file(path, "", TODAY), by=SYSTEM))
    assert Activity.objects.count() == held
    tags = b"    <tag"
    lines = [line for line in path.read_bytes().splitlines() if tags not in line and b"<tag " not in line]
    assert exported().splitlines() == lines


def test_the_export_leaves_out_what_others_report_and_says_why(register: Document, tmp_path: Path) -> None:
    brought(tmp_path, activity("A-1"))
    found = export_activities(AnonymousUser(), TODAY, publisher_of("XX-1", "Register"))
    assert "its publisher reports it" in found.left_out["iati-A-1"]
    assert "no start" in " ".join(found.left_out.values())


@pytest.fixture
def download(register: Document, client: Client) -> Iterator[Any]:
    """Give the download of the activities of the agreement."""
    yield client.get(f"/agreements/{DOC}/activities.iati.xml")


def test_the_list_of_activities_offers_the_file(download: Any, client: Client, tmp_path: Path) -> None:
    assert download.headers["Content-Type"] == "application/xml; charset=utf-8"
    path = tmp_path / "web.xml"
    path.write_bytes(download.content)
    assert all(isinstance(one, Accepted) and one.remarks == () for one in read_activities(path, TODAY))
    page = client.get(f"/agreements/{DOC}/activities").content.decode()
    assert f'href="/agreements/{DOC}/activities.iati.xml"' in page
    assert client.get("/agreements/nothing/activities.iati.xml").status_code == 404


def test_the_file_holds_what_the_filters_of_the_list_leave(register: Document, client: Client, tmp_path: Path) -> None:
    at, query = f"/agreements/{DOC}/activities", "state=completed&q=digital"
    listed = {one["id"] for one in client.get(f"{at}.json?{query}").json()["activities"]}
    path = tmp_path / "some.xml"
    path.write_bytes(client.get(f"{at}.iati.xml?{query}").content)
    given = {one.record.own["id"] for one in read_activities(path, TODAY) if isinstance(one, Accepted)}
    started = Activity.objects.filter(pk__in=listed).exclude(start="")
    assert given == set(started.values_list("pk", flat=True)) != set()
    assert f'href="{at}.iati.xml?' in client.get(f"{at}?{query}").content.decode()
