"""The element of an activity, which the schema has accepted, into its record: one pass over what a record takes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lxml import etree

from followthrough.sources.iati.records import (
    OURS,
    OWN,
    ActivityDate,
    Budget,
    Code,
    DocumentLink,
    IatiActivity,
    Identifier,
    Money,
    Narrative,
    Organisation,
    Transaction,
)

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def extract(activity: etree._Element) -> IatiActivity:
    """Return the record of an activity; what its own attributes state holds for what does not state it."""
    get = activity.get
    currency, language = _flat(get("default-currency")), (get(LANG) or "").lower()
    made = IatiActivity(language=language, updated=get("last-updated-datetime", ""), hierarchy=get("hierarchy", ""))
    made.own = {name: value for name in OWN if (value := get(f"{{{OURS}}}{name}"))}
    found: dict[str, list[Any]] = {name: [] for _, name in _SEVERAL.values()}
    for element in activity:
        tag = element.tag
        if tag in _SEVERAL:
            read, name = _SEVERAL[tag]
            found[name].append(read(element, currency))
        elif tag == "title":
            made.titles = _narratives(element, language)
        elif tag == "description":
            made.descriptions += _narratives(element, language)
        elif tag in _SINGLE:
            _SINGLE[tag](made, element)
    for name, several in found.items():
        setattr(made, name, tuple(several))
    return made


def _flat(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _narratives(element: etree._Element, language: str) -> tuple[Narrative, ...]:
    told = ((one.get(LANG) or language, _flat(one.text)) for one in element if one.tag == "narrative")
    return tuple(Narrative(spoken.lower(), words) for spoken, words in told if words)


def _words(element: etree._Element) -> str:
    """Return the first narrative of an element that is not empty."""
    for one in element:
        if one.tag == "narrative" and (words := _flat(one.text)):
            return words
    return ""


def _set_identifier(made: IatiActivity, element: etree._Element) -> None:
    made.identifier = _flat(element.text)


def _set_reporting(made: IatiActivity, element: etree._Element) -> None:
    made.reporting = _organisation(element, "")
    made.secondary = element.get("secondary-reporter") in ("1", "true")


def _set_status(made: IatiActivity, element: etree._Element) -> None:
    made.status = element.get("code", "").strip()


def _set_results(made: IatiActivity, element: etree._Element) -> None:
    for one in element.iterfind("indicator/period"):
        start, end = one.find("period-start"), one.find("period-end")
        days = tuple("" if side is None else side.get("iso-date", "").strip() for side in (start, end))
        if days[0][:10] > days[1][:10]:
            made.odd_periods += ((days[0], days[1]),)


def _organisation(element: etree._Element, _: str, activity: str = "activity-id") -> Organisation:
    get = element.get
    name = _words(element) if len(element) else ""
    return Organisation(_flat(get("ref")), get("type", ""), name, get("role", "").strip(), _flat(get(activity)))


def _identifier(element: etree._Element, _: str) -> Identifier:
    owner = element.find("owner-org")
    whose = "" if owner is None else _flat(owner.get("ref"))
    return Identifier(element.get("type", "").strip(), _flat(element.get("ref")), whose)


def _date(element: etree._Element, _: str) -> ActivityDate:
    return ActivityDate(element.get("type", "").strip(), element.get("iso-date", "").strip(), _words(element))


def _code(element: etree._Element, _: str) -> Code:
    get = element.get
    share = get("percentage")
    name = _words(element) if len(element) else ""
    return Code(get("vocabulary", "1").strip(), _flat(get("code")), None if share is None else Decimal(share), name)


def _money(element: etree._Element, currency: str) -> Money:
    own = _flat(element.get("currency"))
    return Money(Decimal(element.text or "0"), own or currency, element.get("value-date", "").strip())


def _budget(element: etree._Element, currency: str) -> Budget:
    start = end = ""
    money = Money(Decimal(0), currency, "")
    for one in element:
        tag = one.tag
        if tag == "value":
            money = _money(one, currency)
        elif tag == "period-start":
            start = one.get("iso-date", "").strip()
        elif tag == "period-end":
            end = one.get("iso-date", "").strip()
    return Budget(element.get("type", "1").strip(), element.get("status", "1").strip(), start, end, money)


def _transaction(element: etree._Element, currency: str) -> Transaction:
    kind = day = words = ""
    money, provider, receiver = Money(Decimal(0), currency, ""), None, None
    sectors: list[Code] = []
    for one in element:
        tag = one.tag
        if tag == "value":
            money = _money(one, currency)
        elif tag == "transaction-type":
            kind = one.get("code", "").strip()
        elif tag == "transaction-date":
            day = one.get("iso-date", "").strip()
        elif tag == "description":
            words = _words(one)
        elif tag == "provider-org":
            provider = _organisation(one, "", "provider-activity-id")
        elif tag == "receiver-org":
            receiver = _organisation(one, "", "receiver-activity-id")
        elif tag == "sector":
            sectors.append(_code(one, ""))
    return Transaction(kind, day, money, provider, receiver, tuple(sectors), words)


def _document(element: etree._Element, _: str) -> DocumentLink:
    title = element.find("title")
    categories = tuple(one.get("code", "") for one in element.iterfind("category"))
    words = "" if title is None else _words(title)
    return DocumentLink(_flat(element.get("url")), element.get("format", ""), words, categories)


_SINGLE: dict[str, Callable[[IatiActivity, etree._Element], None]] = {
    "iati-identifier": _set_identifier,
    "reporting-org": _set_reporting,
    "activity-status": _set_status,
    "result": _set_results,
}
_SEVERAL: dict[str, tuple[Callable[[etree._Element, str], Any], str]] = {
    "participating-org": (_organisation, "participating"),
    "other-identifier": (_identifier, "other_identifiers"),
    "related-activity": (_identifier, "related"),
    "activity-date": (_date, "dates"),
    "recipient-country": (_code, "countries"),
    "recipient-region": (_code, "regions"),
    "sector": (_code, "sectors"),
    "tag": (_code, "tags"),
    "budget": (_budget, "budgets"),
    "planned-disbursement": (_budget, "planned"),
    "transaction": (_transaction, "transactions"),
    "document-link": (_document, "documents"),
}
"""What an activity may have several of: how one is read, and the field of the record that holds them."""
