"""IATI activity files: the standard's own snippets, real files, broken and hostile ones, and readings that were cut."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from followthrough.errors import InputRefused
from followthrough.sources.iati import scanning, window
from followthrough.sources.iati.reading import Accepted, Refused, read_activities
from followthrough.sources.iati.schema import activity_schema, errors_of
from support import shared

TODAY = "2026-11-26"
ACTIVITY = """<iati-activity xml:lang="en" default-currency="USD">
<iati-identifier>{id}</iati-identifier>
<reporting-org ref="XX-1" type="10"><narrative>Ministry</narrative></reporting-org>
<title><narrative>{title}</narrative></title>
<description><narrative>Words.</narrative></description>
<participating-org ref="YY" role="1"/>
<activity-status code="2"/>
<activity-date type="2" iso-date="2020-01-01"/>
<sector code="14030"/>
{more}</iati-activity>
"""


def activity(key: str = "XX-1-1", title: str = "Wells", more: str = "") -> str:
    """Return an activity that breaks no rule."""
    return ACTIVITY.format(id=key, title=title, more=more)


def file_of(*parts: str, root: str = '<iati-activities version="2.03">') -> bytes:
    """Return a file of these activities."""
    return f"{root}\n{''.join(parts)}</iati-activities>\n".encode()


def read(folder: Path, data: bytes, **more: Any) -> list[Accepted | Refused]:
    """Read a file with these bytes."""
    path = folder / "a.xml"
    path.write_bytes(data)
    return list(read_activities(path, TODAY, **more))


def accepted(outcomes: list[Accepted | Refused]) -> list[Accepted]:
    """Return those that were accepted."""
    return [one for one in outcomes if isinstance(one, Accepted)]


def refused(outcomes: list[Accepted | Refused]) -> list[Refused]:
    """Return those that were refused."""
    return [one for one in outcomes if isinstance(one, Refused)]


def told(outcomes: list[Accepted | Refused]) -> list[str]:
    """Return all that a reading tells, for comparison."""
    return [repr((one.record, one.remarks, one.after)) if isinstance(one, Accepted) else repr(one) for one in outcomes]


def snippets(which: str) -> Iterator[tuple[str, bytes]]:
    """Yield the standard's snippets that have to pass, or to fail."""
    with zipfile.ZipFile(shared("data/iati") / f"ssot-activity-xml-{which}_2.03.zip") as held:
        for name in held.namelist():
            if name.endswith(".xml"):
                yield name, held.read(name)


def test_every_snippet_that_has_to_pass_is_accepted_and_every_other_one_refused_with_the_reason(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    for which in ("pass", "fail"):
        for name, data in snippets(which):
            try:
                found = read(tmp_path, data)
            except InputRefused as error:
                assert "version" in str(error), name
                found = []
            taken, left = accepted(found), refused(found)
            assert bool(taken) is (which == "pass"), name
            assert all(one.reason for one in left), name
            counts[which] += 1
    assert counts == {"pass": 215, "fail": 323}


def test_a_reason_names_what_the_name_of_the_snippet_says() -> None:
    schema, theirs = (
        activity_schema(),
        etree.XMLSchema(etree.parse(shared("data/iati") / "schemas_2.03/iati-activities-schema.xsd")),
    )
    for name, data in snippets("fail"):
        root = etree.fromstring(data)
        assert not schema.validate(root) and not theirs.validate(root), name
        assert [one.message for one in errors_of(schema)] == [one.message for one in errors_of(theirs)], name


@pytest.mark.parametrize(
    ("name", "activities", "transactions", "taken"),
    [
        ("beis", 9, 50, 9), ("canada", 1, 0, 0), ("ec-intpa", 1, 6, 1), ("fcdo", 1, 14, 1), ("usaid", 1, 152, 1),
        ("usaid-humanitarian", 1, 9, 1), ("worldbank", 1, 7, 1),
    ],
)  # fmt: skip
def test_real_files_are_read_whole(name: str, activities: int, transactions: int, taken: int) -> None:
    path = shared("data/iati") / "real_activities" / f"{name}-activity.xml"
    found = list(read_activities(path, TODAY))
    assert len(found) == activities == len(etree.parse(path).findall("iati-activity"))
    assert len(accepted(found)) == taken
    assert sum(len(one.record.transactions) for one in accepted(found)) == transactions
    root = etree.parse(path).getroot()
    for one in accepted(found):
        element = next(x for x in root if (x.findtext("iati-identifier") or "").strip() == one.identifier)
        said = [(value.text, value.get("currency")) for value in element.iterfind("transaction/value")]
        assert [str(x.money.amount) for x in one.record.transactions] == [str(text).strip() for text, _ in said]


@pytest.mark.parametrize(
    ("name", "activities", "transactions", "left"), [("CD", 205, 815, 6), ("big_value", 198, 255, 0)]
)
def test_files_of_1x_are_converted_where_it_is_certain(
    tmp_path: Path, name: str, activities: int, transactions: int, left: int
) -> None:
    data = gzip.decompress((shared("data/iati") / "real_activities_v1" / f"{name}.xml.gz").read_bytes())
    found = read(tmp_path, data)
    assert len(found) == activities
    assert len(refused(found)) == left
    assert all("category" in one.reason for one in refused(found))
    assert sum(len(one.record.transactions) for one in accepted(found)) == transactions
    assert all("was reported in IATI 1.0" in one.remarks[0] for one in accepted(found))
    first = accepted(found)[0].record
    assert {one.type for one in first.dates} <= {"1", "2", "3", "4"}
    assert {one.role for one in first.participating} <= {"1", "2", "3", "4"}


def test_a_code_of_1x_that_has_no_sure_equivalent_refuses_its_activity_by_name(tmp_path: Path) -> None:
    data = (
        b'<iati-activities version="1.03"><iati-activity><iati-identifier>X-1</iati-identifier>'
        b'<reporting-org ref="X" type="10">M</reporting-org><title>T</title>'
        b'<participating-org role="Donor">D</participating-org></iati-activity></iati-activities>'
    )
    (only,) = refused(read(tmp_path, data))
    assert only.identifier == "X-1"
    assert "IATI 1.03" in only.reason and "“Donor”" in only.reason


def _oracle(root: etree._Element) -> set[str]:
    """Return the rules that an activity breaks, by the rulesets of the standard as published."""
    rules = json.loads((shared("data/iati") / "rulesets/ruleset_for_tests.json").read_text(encoding="utf-8"))
    broken = set()
    for selector, kinds in rules.items():
        found: Any = root.xpath(selector)
        for element in found:
            for kind, held in kinds.items():
                broken |= {kind for case in held["cases"] if not _keeps(element, kind, case)}
    return broken


def _keeps(element: Any, kind: str, case: dict[str, Any]) -> bool:
    def all_of(path: str) -> list[str]:
        found = element.xpath(path.removeprefix("/"))
        return [one if isinstance(one, str) else "".join(one.itertext()) for one in found]

    if kind == "atleast_one":
        return any(element.xpath(path) for path in case["paths"])
    if kind == "regex_matches":
        return all(not one or re.fullmatch(case["regex"], one) for path in case["paths"] for one in all_of(path))
    if kind == "sum":
        given = [float(one) for path in case["paths"] for one in all_of(path)]
        return not given or abs(sum(given) - case["sum"]) < 1e-6
    less, more = ([TODAY] if case[side] == "NOW" else all_of(case[side]) for side in ("less", "more"))
    return not less or not more or less[0] <= more[0]


def test_remarks_are_those_of_the_published_rulesets(tmp_path: Path) -> None:
    files = [data for _, data in snippets("pass")]
    files += [path.read_bytes() for path in (shared("data/iati") / "real_activities").glob("*.xml")]
    broken = 0
    for data in files:
        for one in accepted(read(tmp_path, data)):
            root = etree.Element("iati-activities")
            root.append(one.element)
            expected = _oracle(root)
            assert bool(one.remarks) is bool(expected), (one.remarks, expected)
            broken += bool(expected)
    assert broken > 100


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('<recipient-country code="VN" percentage="60"/><recipient-country code="LA" percentage="30"/>', "90 per cent"),
        ('<activity-date type="4" iso-date="2019-01-01"/>', "actual end 2019-01-01 is before"),
        ('<activity-date type="4" iso-date="2030-01-01"/>', "actual end 2030-01-01 lies ahead"),
        ('<participating-org role="4"/>', "without reference and name"),
        ('<participating-org role="4" ref="A|B"/>', "“A|B” of a participating organisation"),
        ('<budget><period-start iso-date="2021-01-01"/><period-end iso-date="2020-01-01"/>'
         '<value value-date="2020-01-01">1</value></budget>', "a budget ends on 2020-01-01"),
        ('<transaction><transaction-type code="3"/><transaction-date iso-date="2031-01-01"/>'
         '<value value-date="2020-01-01">1</value></transaction>', "2031-01-01 of a transaction lies ahead"),
        ('<transaction><transaction-type code="3"/><transaction-date iso-date="2021-01-01"/>'
         '<value value-date="2031-01-01">1</value></transaction>', "2031-01-01 of a value of a transaction"),
    ],
)  # fmt: skip
def test_each_rule_is_remarked(tmp_path: Path, more: str, said: str) -> None:
    order = (
        "participating-org",
        "activity-status",
        "activity-date",
        "recipient-country",
        "sector",
        "budget",
        "transaction",
    )
    element = etree.fromstring(activity())
    element.extend(etree.fromstring(f"<x>{more}</x>"))
    element[:] = sorted(element, key=lambda one: order.index(one.tag) if one.tag in order else -1)
    (only,) = accepted(read(tmp_path, file_of(etree.tostring(element, encoding="unicode"))))
    assert len(only.remarks) == 1
    assert said in only.remarks[0]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "offset 0"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', "offset 22"),
        (b'<!-- x --><!DOCTYPE y SYSTEM "http://x.example/y.dtd">', "offset 10"),
    ],
)
def test_document_types_and_entities_are_refused_with_their_offset(tmp_path: Path, head: bytes, said: str) -> None:
    data = head + file_of(activity(title="&e;"))
    with pytest.raises(InputRefused, match="document type or an entity") as raised:
        read(tmp_path, data)
    assert said in str(raised.value)


def test_an_entity_without_a_document_type_refuses_its_activity_alone(tmp_path: Path) -> None:
    found = read(tmp_path, file_of(activity("A", "&e;"), activity("B")))
    assert [one.identifier for one in refused(found)] == ["A"]
    assert [one.identifier for one in accepted(found)] == ["B"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (file_of(activity(), root='<iati-activities version="2.03" xmlns="http://x.example/iati">'), "namespace http://x"),
        (b'<iati-organisations version="2.03"/>', "organisation file"),
        (b"<html><body/></html>", "begins with <html>"),
        (b"Dear colleagues", "is no XML"),
        (b"", "is no XML"),
        (file_of(activity(), root='<iati-activities version="3.01">'), "version 3.01"),
        (file_of(activity()).decode().encode("utf-16"), "UTF-16"),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + file_of(activity()), "UTF-7"),
        (b'<iati-activities version="2.03"></iati-activities>', "holds no activity"),
        (b'<iati-activities version="2.03" x:y="1">' + activity().encode() + b"</iati-activities>", "no XML"),
    ],
)  # fmt: skip
def test_what_is_no_activity_file_is_refused_by_name(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=re.escape(said)):
        read(tmp_path, data)


def test_broken_xml_in_the_middle_costs_one_activity(tmp_path: Path) -> None:
    data = file_of(
        activity("A"), activity("B").replace("</title>", ""), activity("C").replace("</iati-activity>", ""),
        "<!-- " + activity("D") + " -->", activity("E", "<![CDATA[</iati-activity>]]>"), "lost words",
        activity("F").replace("Words.", "\x01"), activity("A"), activity("G"),
    )  # fmt: skip
    found = read(tmp_path, data)
    assert [one.identifier for one in accepted(found)] == ["A", "E", "G"]
    reasons = {one.identifier: one.reason for one in refused(found)}
    assert "line 21 is no well-formed XML: Opening and ending tag mismatch: title and iati-activity" in reasons["B"]
    assert "not closed" in reasons["C"]
    assert "words stand between" in reasons[""]
    assert "invalid Char" in reasons["F"]
    assert "came before" in reasons["A"]
    first = next(one for one in refused(found) if one.identifier == "B")
    assert data[first.offset :].startswith(b"<iati-activity")
    assert data[: first.offset].count(b"\n") + 1 == first.line
    assert str(first.as_error()).startswith(f"a.xml, line 12, offset {first.offset}, activity B: ")


def test_a_file_that_was_cut_says_so(tmp_path: Path) -> None:
    whole = file_of(activity("A"), activity("B"))
    found = read(tmp_path, whole[:-40])
    assert [type(one) for one in found] == [Accepted, Refused]
    assert "in the middle of this activity" in refused(found)[0].reason
    found = read(tmp_path, whole[:-20])
    assert "before </iati-activities>" in refused(found)[-1].reason
    assert "behind </iati-activities>" in refused(read(tmp_path, whole + b"<more/>"))[0].reason


def test_an_activity_without_an_end_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "LONGEST_ACTIVITY", 1 << 16)
    monkeypatch.setattr(window, "CHUNK", 1 << 12)
    endless = activity("B", "x" * (1 << 18))
    found = read(tmp_path, file_of(activity("A"), endless, activity("C")))
    assert [one.identifier for one in accepted(found)] == ["A", "C"]
    assert "longer than" in refused(found)[0].reason


def test_a_reading_that_was_cut_anywhere_goes_on_as_if_it_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "CHUNK", 97)
    data = file_of(*[activity(f"A{n % 7}", f"<!-- {n} --> T{n}") + ("junk" if n % 5 == 4 else "") for n in range(12)])
    whole = read(tmp_path, data)
    assert len(whole) > 12
    for at, one in enumerate(whole[:-1]):
        assert told(whole[: at + 1]) + told(read(tmp_path, data, start=one.after)) == told(whole), at


def test_a_latin_1_file_and_a_prefixed_datastore_are_read(tmp_path: Path) -> None:
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + file_of(activity(title="Coopération")).decode().encode(
        "latin-1"
    )
    assert accepted(read(tmp_path, data))[0].record.title == "Coopération"
    stored = '<iati-activity xmlns:d="https://d.example/ns" d:version="2.03" xml:lang'
    data = file_of(activity().replace("<iati-activity xml:lang", stored), root="<iati-activities>")
    assert accepted(read(tmp_path, data))[0].version == "2.03"
    assert "version" in refused(read(tmp_path, file_of(activity(), root="<iati-activities>")))[0].reason


PIECES = st.sampled_from(
    [activity("A"), activity("B"), "<iati-activity>", "</iati-activity>", "<!--", "-->", "<![CDATA[", "]]>", "<?x",
     "?>", "<",
     "<x:y xmlns:x='z'/>", "<a>", "&amp;", "&e;", " ", "text", "<iati-activity/>", "</iati-activities>", "'", '"']
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=9), st.integers(0, 8))
def test_anything_is_read_or_refused_and_never_silently(tmp_path: Path, pieces: list[str], at: int) -> None:
    data = file_of(*pieces)
    try:
        found = read(tmp_path, data)
    except InputRefused:
        return
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        assert refused(found)
    else:
        assert sum(getattr(one, "activity", True) for one in found) == len(root.findall("iati-activity"))
    if at < len(found):
        assert told(found[: at + 1]) + told(read(tmp_path, data, start=found[at].after)) == told(found)
