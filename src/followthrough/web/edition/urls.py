"""The addresses that an edition has beside those of the site; no server answers them."""

from __future__ import annotations

A_TO_Z, RESTORE, FORMAT = "/edition/a-z", "/edition/restore", "/edition/pack-format"
OF_FILES = "/edition"
"""Where the files of the edition itself lie."""
DOCS = "/docs/"
"""Where the documentation stands in an edition that takes it along."""
