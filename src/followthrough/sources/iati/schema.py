"""The schema of IATI 2.03 activity files, built from ``grammar.txt``: what libxml2 checks each activity against."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

XSD = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
_TIMES = {"": ("1", "1"), "?": ("0", "1"), "*": ("0", "unbounded"), "+": ("1", "unbounded")}
_CHILD = re.compile(r"([a-z-]+)(?:=(!?[a-z.-]+))?([?*+]?)")
_ATTRIBUTE = re.compile(r"@(xml:lang|[\w-]+)(\?)?(?::(\w+[<~]?))?")
_RULED = {"date<": "past", "string~": "plain"}
"""Types on which the rules of the standard are stricter than its schema."""
_NOT_OF_IATI = {"namespace": "##other", "processContents": "lax"}


@cache
def activity_schema(today: str = "") -> etree.XMLSchema:
    """Return the schema, compiled; it reads no file of another place.

    With ``today`` it takes nothing either that breaks those rules of the standard that a type can express.
    """
    root = _x(
        "schema",
        _x("import", namespace=XML, schemaLocation="xml"),
        _x("element", name="iati-activities", type="iati-activities"),
    )
    kinds = _kinds() if today else {kind: [one.rstrip("<~") for one in words] for kind, words in _kinds().items()}
    root.extend(_type(kind, words) for kind, words in kinds.items())
    inside = (found for one in kinds["iati-activity"] if (found := _CHILD.fullmatch(one)))
    root.extend(
        _x("element", name=found[1], type=found[2] or found[1]) for found in inside if found[1] != "document-link"
    )
    root.extend(
        _x("element", name=name, type=kind) for name, kind in (("narrative", "narrative"), ("comment", "title"))
    )
    root.extend(_ruled(today) if today else ())
    return _compiled(root)


def _ruled(today: str) -> list[etree._Element]:
    past = _x("restriction", _x("maxInclusive", value=today), base="x:date")
    plain = _x("restriction", _x("pattern", value="[^/&|?]*"), base="x:string")
    return [_x("simpleType", past, name="past"), _x("simpleType", plain, name="plain")]


def _x(tag: str, /, *inside: etree._Element, **attributes: str) -> etree._Element:
    """Return an element of XML Schema."""
    made = etree.Element(f"{{{XSD}}}{tag}", attributes, nsmap={"x": XSD})
    made.extend(inside)
    return made


def errors_of(schema: etree.XMLSchema) -> list[Any]:
    """Return what a schema had against what it looked at last, each with its ``message`` and ``line``."""
    log: Any = schema.error_log
    return list(log)


@cache
def children_in_order(kind: str) -> tuple[str, ...]:
    """Return the names of the children of a kind of element, in the order that the standard asks for."""
    return tuple(found[1] for one in _kinds()[kind] if (found := _CHILD.fullmatch(one)))


def _kinds() -> dict[str, list[str]]:
    lines = files(__package__).joinpath("grammar.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {kind: words.split() for kind, words in split}


def _type(kind: str, words: list[str]) -> etree._Element:
    text = next((one[1:] for one in words if one.startswith("#")), "")
    attributes = [_attribute(found) for one in words if (found := _ATTRIBUTE.fullmatch(one))]
    if "^" not in words:
        attributes.append(_x("anyAttribute", **_NOT_OF_IATI))
    if text:
        return _x("complexType", _x("simpleContent", _x("extension", *attributes, base=_named(text))), name=kind)
    children = [_child(found) for one in words if (found := _CHILD.fullmatch(one))]
    others = _x("any", minOccurs="0", maxOccurs="unbounded", **_NOT_OF_IATI)
    return _x("complexType", _x("sequence", *children, others), *attributes, name=kind)


def _named(text: str, space: str = "x:") -> str:
    """Return the name of a type: one of ours, one of XML Schema, or behind ``!`` one of those for a whole element."""
    return f"x:{text[1:]}" if text.startswith("!") else _RULED.get(text, space + text)


def _child(found: re.Match[str]) -> etree._Element:
    least, most = _TIMES[found[3]]
    return _x("element", name=found[1], type=_named(found[2] or found[1], ""), minOccurs=least, maxOccurs=most)


def _attribute(found: re.Match[str]) -> etree._Element:
    use = "optional" if found[2] else "required"
    if found[1] == "xml:lang":
        return _x("attribute", ref="xml:lang", use=use)
    return _x("attribute", name=found[1], type=_named(found[3] or "string"), use=use)


class _XmlLang(etree.Resolver):
    """Gives the schema of ``xml:lang`` when libxml2 asks for it: nothing is read from a file or a network."""

    def resolve(self, *asked: Any) -> Any:
        """Return the schema of the namespace of XML, whatever is asked for: address, public name, context."""
        tell: Any = self.resolve_string
        return tell(_XML_SCHEMA, asked[-1])


_XML_SCHEMA = f"""<x:schema xmlns:x="{XSD}" targetNamespace="{XML}"><x:attribute name="lang"><x:simpleType>
<x:union memberTypes="x:language"><x:simpleType><x:restriction base="x:string"><x:enumeration value=""/></x:restriction>
</x:simpleType></x:union></x:simpleType></x:attribute></x:schema>"""


def _compiled(root: etree._Element) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    parser.resolvers.add(_XmlLang())
    return etree.XMLSchema(etree.fromstring(etree.tostring(root), parser))
