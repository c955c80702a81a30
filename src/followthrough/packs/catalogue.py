"""The description of a pack for catalogues of open data: JSON-LD in the words of schema.org and of DCAT."""

from __future__ import annotations

import json
from typing import Any

from followthrough.packs.database import citation
from followthrough.packs.licences import licence_address
from followthrough.packs.reading import DESCRIPTOR, Pack
from followthrough.packs.schema import TABLES

CONTEXT = {
    "schema": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
LANGUAGE = "http://publications.europa.eu/resource/authority/language/ENG"
THEME = "http://publications.europa.eu/resource/authority/data-theme/INTR"
"""The authority tables that DCAT-AP asks for: the language of our words, and the theme of international issues."""
KEYWORDS = ["commitments", "international agreements", "implementation", "monitoring"]
BESIDE = (
    ("values", "values.csv", "text/csv", "one value a row: document, commitment, party, variable, value, unit, date"),
    ("codebook", "codebook.csv", "text/csv", "what the columns and variables of values.csv mean"),
    ("dictionary", "dictionary.csv", "text/csv", "what every column of the tables holds"),
)
"""The files beside the tables: key, name, media type, and what each holds."""


def catalogue(pack: Pack, as_of: str, base: str = "") -> bytes:
    """Return the description as JSON-LD; ``base`` is the address of the folder where the pack will be."""
    licence = licence_address(pack.licence)
    dates = sorted(str(row["date"]) for table in ("claims", "meetings") for row in pack.rows[table] if row["date"])
    adopted = sorted(str(row["adopted"]) for row in pack.rows["documents"] if row["adopted"])
    span = f"{(adopted or dates or [as_of])[0]}/{as_of}"
    held = [table for table in TABLES if pack.rows[table.name]]
    files = [
        (DESCRIPTOR, DESCRIPTOR, "application/json", "what each column holds"),
        *((one.name, f"{one.name}.csv", "text/csv", one.says) for one in held), *BESIDE,
    ]  # fmt: skip
    dataset: dict[str, Any] = {
        "@context": CONTEXT, "@id": base or f"urn:followthrough:pack:{pack.name}:{pack.version}",
        "@type": ["schema:Dataset", "dcat:Dataset"],
        **_both("name", "title", pack.title), **_both("description", "description", pack.description or pack.title),
        "schema:version": pack.version, "dcat:version": pack.version, "dct:identifier": pack.name,
        "schema:dateModified": as_of, "dct:modified": {"@value": as_of, "@type": "xsd:date"},
        "schema:inLanguage": "en", "dct:language": {"@id": LANGUAGE}, "dcat:theme": {"@id": THEME},
        "schema:keywords": KEYWORDS, "dcat:keyword": [{"@value": one, "@language": "en"} for one in KEYWORDS],
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _day(span.partition("/")[0]),
                         "dcat:endDate": _day(as_of)},
        "schema:temporalCoverage": span, "schema:citation": citation(pack, as_of),
        "schema:isAccessibleForFree": True,
        "dct:publisher": {"@type": ["foaf:Agent", "schema:Organization"], **_both("name", "title", "Followthrough"),
                          "foaf:name": "Followthrough"},
        **({"schema:license": licence, "dct:license": {"@id": licence}} if licence else {}),
        "schema:distribution": [{"@id": f"{base}#{key}"} for key, *_ in files],
        "dcat:distribution": [_file(base, *one, licence) for one in files],
    }  # fmt: skip
    return (json.dumps(dataset, ensure_ascii=False, indent=1) + "\n").encode()


def _both(schema: str, terms: str, value: str) -> dict[str, Any]:
    """Return one property in both vocabularies."""
    return {f"schema:{schema}": value, f"dct:{terms}": {"@value": value, "@language": "en"}}


def _day(date: str) -> dict[str, str]:
    """Return a date in the type that its exactness has."""
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(date), "date")
    return {"@value": date, "@type": f"xsd:{kind}"}


def _file(base: str, key: str, name: str, media: str, says: str, licence: str) -> dict[str, Any]:
    at = f"{base.rstrip('/')}/{name}" if base else name
    return {
        "@id": f"{base}#{key}", "@type": ["schema:DataDownload", "dcat:Distribution"],
        **_both("name", "title", name), **_both("description", "description", says),
        "schema:contentUrl": at, "dcat:downloadURL": {"@id": at}, "dcat:accessURL": {"@id": at},
        **({"dct:license": {"@id": licence}, "schema:license": licence} if licence else {}),
        "schema:encodingFormat": media, "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
    }  # fmt: skip
