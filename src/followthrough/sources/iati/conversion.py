"""An activity of IATI 1.x in the form of 2.03, in so far as a record takes it, where what it means is certain.

Words become narratives, code words numbers, an identifier in the text an attribute; elements stand in their order.
What a record does not take (contacts, places, results, conditions) is left out. A code that has no sure equivalent
refuses the activity by name; what 2.03 requires and 1.x did not is for the schema to say.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from lxml import etree

from followthrough.sources.iati.schema import children_in_order

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TOLD = frozenset(
    (
        "reporting-org",
        "participating-org",
        "title",
        "description",
        "recipient-country",
        "recipient-region",
        "sector",
        "provider-org",
        "receiver-org",
    )
)
"""Elements whose text is a narrative in 2.03."""
_DATED = frozenset(("activity-date", "transaction-date", "period-start", "period-end"))
_TAKEN = frozenset(
    (
        "iati-identifier",
        "other-identifier",
        "activity-status",
        "budget",
        "planned-disbursement",
        "transaction",
        "document-link",
        "related-activity",
        "activity-date",
    )
)
"""Elements of an activity that stay, beside those of ``_TOLD``."""
_LEFT = frozenset(("disbursement-channel", "flow-type", "finance-type", "aid-type", "tied-status"))
_PLAIN = frozenset(("activity-status", "transaction-type", "related-activity", "category"))
"""Elements whose text only repeats the name of their code."""


class NotCertain(ValueError):
    """What an activity of 1.x says has no sure equivalent in 2.03; the message says what."""


def convert(activity: etree._Element) -> None:
    """Turn an activity of 1.x into 2.03, in place. Raises ``NotCertain``."""
    for one in list(activity):
        if one.tag not in _TAKEN | _TOLD:
            activity.remove(one)
    reporting = activity.find("reporting-org")
    publisher = "" if reporting is None else reporting.get("ref", "")
    for one in list(activity.iter()):
        if one is not activity:
            _convert(one, publisher)
    _one_title(activity)
    if activity.find("description") is None:  # 1.x did not ask for one
        etree.SubElement(etree.SubElement(activity, "description"), "narrative")
    _put_in_order(activity, "iati-activity")
    for kind in ("transaction", "budget", "planned-disbursement", "document-link"):
        for one in activity.iterfind(kind):
            _put_in_order(one, kind)
    activity.attrib.pop("version", "")


def _convert(element: etree._Element, publisher: str) -> None:
    tag = str(element.tag)
    parent = element.getparent()
    if tag in _LEFT and parent is not None:
        parent.remove(element)
        return
    for name in [str(one) for one in element.attrib]:
        if f"{tag} {name}" in _codes():
            element.set(name, _code(tag, name, str(element.attrib[name])))
    if tag in _DATED:
        _date(element)
    if tag in _TOLD:
        _tell(element)
    elif tag in _PLAIN | _DATED:
        element.text = None
    elif tag == "other-identifier":
        _identifier(element, publisher)
    elif tag == "document-link":
        _tell_language(element)


def _code(tag: str, name: str, said: str) -> str:
    codes = _codes()[f"{tag} {name}"]
    found = codes.get(said.strip().lower())
    if found is None and said.strip() not in codes.values():
        raise NotCertain(f"the {name} “{said}” of its {tag} has no sure equivalent in 2.03")
    return found or said.strip()


def _date(element: etree._Element) -> None:
    """Take the day from the text where no attribute has it."""
    written = (element.text or "").strip()
    if "iso-date" not in element.attrib:
        if not _DAY.fullmatch(written[:10]):
            raise NotCertain(f"the date “{written}” of its {element.tag} is no day such as 2012-12-31")
        element.set("iso-date", written[:10])


def _tell(element: etree._Element) -> None:
    words = " ".join((element.text or "").split())
    element.text = None
    if words:
        narrative = etree.Element("narrative")
        narrative.text = words
        if _LANG in element.attrib:
            narrative.set(_LANG, str(element.attrib[_LANG]))
        element.insert(0, narrative)
    element.attrib.pop(_LANG, "")


def _identifier(element: etree._Element, publisher: str) -> None:
    """Turn the identifier that another organisation, or the publisher by itself, gives an activity."""
    owner, name = element.attrib.pop("owner-ref", ""), element.attrib.pop("owner-name", "")
    element.set("ref", " ".join((element.text or "").split()))
    element.set("type", "A1" if owner == publisher else "A9")
    element.text = None
    whose = etree.SubElement(element, "owner-org", {"ref": str(owner)} if owner else {})
    if name:
        etree.SubElement(whose, "narrative").text = str(name)


def _tell_language(element: etree._Element) -> None:
    if language := element.attrib.pop("language", ""):
        etree.SubElement(element, "language", {"code": str(language)})


def _one_title(activity: etree._Element) -> None:
    """Gather the titles of several languages in one."""
    titles = activity.findall("title")
    for one in titles[1:]:
        titles[0].extend(list(one))
        activity.remove(one)


def _put_in_order(element: etree._Element, kind: str) -> None:
    places = {name: at for at, name in enumerate(children_in_order(kind))}
    children = list(element)
    ranks = [places.get(str(one.tag), len(places)) for one in children]
    element[:] = [children[at] for at in sorted(range(len(children)), key=ranks.__getitem__)]


@cache
def _codes() -> dict[str, dict[str, str]]:
    loaded = tomllib.loads(files(__package__).joinpath("codes_1x.toml").read_text(encoding="utf-8"))
    return {kind: {str(word): str(code) for word, code in codes.items()} for kind, codes in loaded.items()}
