"""Records as an IATI 2.03 activity file: what ``reading`` reads back as the same records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from followthrough.sources.iati.records import (
    OURS,
    Budget,
    Code,
    IatiActivity,
    Money,
    Narrative,
    Organisation,
    Transaction,
)

VERSION = "2.03"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_activities(records: Iterable[IatiActivity], out: BinaryIO, generated: str) -> None:
    """Write a file, activity by activity; ``generated`` is the moment that it states, such as 2026-11-26T08:00:00Z."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("iati-activities", version=VERSION, **{"generated-datetime": generated}):
            for one in records:
                element = _activity(one)
                etree.indent(element)
                element.tail = "\n"
                file.write(element)


def _activity(one: IatiActivity) -> etree._Element:
    stated = {_LANG: one.language, "last-updated-datetime": one.updated, "hierarchy": one.hierarchy}
    stated |= {f"{{{OURS}}}{name}": value for name, value in one.own.items()}
    made = etree.Element("iati-activity", _given(stated), nsmap={"register": OURS})
    made.extend(_about(one))
    made.extend(_codes("recipient-country", one.countries, vocabulary=False))
    made.extend(_codes("recipient-region", one.regions))
    made.extend(_codes("sector", one.sectors))
    made.extend(_codes("tag", one.tags))
    made.extend(_budget("budget", each, status=each.status) for each in one.budgets)
    made.extend(_budget("planned-disbursement", each) for each in one.planned)
    made.extend(_transaction(each) for each in one.transactions)
    for link in one.documents:
        inside = [_told("title", [Narrative("", link.title)]), *(_x("category", code=code) for code in link.categories)]
        made.append(_x("document-link", *inside, url=link.url, format=link.format))
    made.extend(_x("related-activity", ref=each.ref, type=each.type) for each in one.related)
    return made


def _about(one: IatiActivity) -> Iterator[etree._Element]:
    identifier = _x("iati-identifier")
    identifier.text = one.identifier
    yield identifier
    secondary = {"secondary-reporter": "1"} if one.secondary else {}
    yield _organisation("reporting-org", one.reporting, **secondary)
    yield _told("title", one.titles, one.language)
    yield _told("description", one.descriptions, one.language)
    for each in one.participating:
        yield _organisation("participating-org", each, role=each.role, **_given({"activity-id": each.activity}))
    for other in one.other_identifiers:
        owner = [_x("owner-org", ref=other.owner)] if other.owner else []
        yield _x("other-identifier", *owner, ref=other.ref, type=other.type)
    yield _x("activity-status", code=one.status)
    for date in one.dates:
        says = [_told("narrative", [Narrative("", date.says)])[0]] if date.says else []
        yield _x("activity-date", *says, type=date.type, **{"iso-date": date.day})


def _x(tag: str, /, *inside: etree._Element, **attributes: str) -> etree._Element:
    made = etree.Element(tag, attributes)
    made.extend(inside)
    return made


def _given(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}


def _told(tag: str, narratives: Iterable[Narrative], language: str = "") -> etree._Element:
    """Return an element with its narratives, or with an empty one: the standard asks for one."""
    made = etree.Element(tag)
    for one in [*narratives] or [Narrative("", "")]:
        spoken = {_LANG: one.language} if one.language not in ("", language) else {}
        etree.SubElement(made, "narrative", spoken).text = one.text
    return made


def _organisation(tag: str, one: Organisation, **more: str) -> etree._Element:
    named = list(_told(tag, [Narrative("", one.name)])) if one.name else []
    kept = {"ref": one.ref, "type": one.type} if tag == "reporting-org" else _given({"ref": one.ref, "type": one.type})
    return _x(tag, *named, **kept, **more)


def _codes(tag: str, codes: Iterable[Code], *, vocabulary: bool = True) -> Iterator[etree._Element]:
    for one in codes:
        kept = {"vocabulary": one.vocabulary} if vocabulary else {}
        share = {} if one.percentage is None else {"percentage": f"{one.percentage:f}"}
        named = list(_told(tag, [Narrative("", one.name)])) if one.name else []
        yield _x(tag, *named, **kept, code=one.code, **share)


def _budget(tag: str, one: Budget, **more: str) -> etree._Element:
    period = [_x("period-start", **{"iso-date": one.start})]
    period += [_x("period-end", **{"iso-date": one.end})] if one.end else []
    return _x(tag, *period, _money(one.money), type=one.type, **more)


def _money(one: Money) -> etree._Element:
    made = _x("value", **_given({"currency": one.currency}), **{"value-date": one.value_date})
    made.text = f"{one.amount:f}"
    return made


def _transaction(one: Transaction) -> etree._Element:
    made = _x("transaction", _x("transaction-type", code=one.type), _x("transaction-date", **{"iso-date": one.day}))
    made.append(_money(one.money))
    if one.words:
        made.append(_told("description", [Narrative("", one.words)]))
    for tag, side in (("provider", one.provider), ("receiver", one.receiver)):
        if side:
            made.append(_organisation(f"{tag}-org", side, **_given({f"{tag}-activity-id": side.activity})))
    made.extend(_codes("sector", one.sectors))
    return made
