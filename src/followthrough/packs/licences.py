"""The addresses of licences of data."""

from __future__ import annotations

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODC-BY-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""The addresses of the licences that a pack names by their SPDX ids."""


def licence_address(licence: str) -> str:
    """Return the address of a licence that a pack names, or what it says where that is none of the known."""
    return LICENCES.get(licence, licence)
