"""The description of a pack for catalogues of open data: JSON-LD in the words of schema.org and of DCAT."""

from __future__ import annotations

import json
from typing import Any

from followthrough.packs.database import citation
from followthrough.packs.reading import DESCRIPTOR, Pack
from followthrough.packs.schema import TABLES

CONTEXT = {
    "schema": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODC-BY-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""The addresses of the licences that a pack names by their SPDX ids."""


def catalogue(pack: Pack, as_of: str, base: str = "") -> bytes:
    """Return the description as JSON-LD; ``base`` is the address of the folder where the pack will be."""
    licence = LICENCES.get(pack.licence, pack.licence)
    dates = sorted(str(row["date"]) for table in ("claims", "meetings") for row in pack.rows[table] if row["date"])
    adopted = sorted(str(row["adopted"]) for row in pack.rows["documents"] if row["adopted"])
    span = f"{(adopted or dates or [as_of])[0]}/{as_of}"
    held = [table for table in TABLES if pack.rows[table.name]]
    dataset: dict[str, Any] = {
        "@context": CONTEXT, "@id": base or f"urn:followthrough:pack:{pack.name}:{pack.version}",
        "@type": ["schema:Dataset", "dcat:Dataset"],
        **_both("name", "title", pack.title), **_both("description", "description", pack.description or pack.title),
        "schema:version": pack.version, "dcat:version": pack.version, "dct:identifier": pack.name,
        "schema:dateModified": as_of, "dct:modified": {"@value": as_of, "@type": "xsd:date"},
        "schema:temporalCoverage": span, "schema:citation": citation(pack, as_of),
        "schema:isAccessibleForFree": True,
        "dct:publisher": {"@type": ["foaf:Agent", "schema:Organization"], **_both("name", "title", "Followthrough"),
                          "foaf:name": "Followthrough"},
        **({"schema:license": licence, "dct:license": {"@id": licence}} if licence else {}),
        "schema:distribution": [{"@id": f"{base}#{one}"} for one in (DESCRIPTOR, *(table.name for table in held))],
        "dcat:distribution": [_file(base, DESCRIPTOR, DESCRIPTOR, "application/json", "what each column holds"),
                              *(_file(base, one.name, f"{one.name}.csv", "text/csv", one.says) for one in held)],
    }  # fmt: skip
    return (json.dumps(dataset, ensure_ascii=False, indent=1) + "\n").encode()


def _both(schema: str, terms: str, value: str) -> dict[str, Any]:
    """Return one property in both vocabularies."""
    return {f"schema:{schema}": value, f"dct:{terms}": {"@value": value, "@language": "en"}}


def _file(base: str, key: str, name: str, media: str, says: str) -> dict[str, Any]:
    at = f"{base.rstrip('/')}/{name}" if base else name
    return {
        "@id": f"{base}#{key}", "@type": ["schema:DataDownload", "dcat:Distribution"],
        **_both("name", "title", name), **_both("description", "description", says),
        "schema:contentUrl": at, "dcat:downloadURL": {"@id": at}, "dcat:accessURL": {"@id": at},
        "schema:encodingFormat": media, "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
    }  # fmt: skip
