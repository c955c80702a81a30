"""The structure of a text, whatever its format: ``structure(source, sha256)`` makes a document of its lines.

``blocks`` join wrapped lines; ``provisions`` name each block, by what ``classifiers`` and ``headings`` tell of it;
``metadata`` finds title, date and place, and ``parties`` the kind of text and who adopted it.
"""

from __future__ import annotations

from followthrough.model.document import Document, Notice
from followthrough.model.vocabulary import ProvisionKind
from followthrough.read.lines import Source
from followthrough.read.structure.blocks import Block, blocks
from followthrough.read.structure.metadata import document_metadata
from followthrough.read.structure.parties import with_kind_and_parties
from followthrough.read.structure.provisions import ProvisionBuilder, first_clause

__all__ = ["structure"]


def structure(source: Source, sha256: str) -> tuple[Document, tuple[Notice, ...]]:
    """Return the document that ``source`` holds, and what there is to warn of.

    ``sha256`` is the digest of the file's bytes in hexadecimal. Provisions come in the order of the text, their
    slices never overlap, and site furniture and notes are in none of them.
    """
    found, boilerplate, notes = blocks(source)
    first = first_clause(source, found)
    builder = ProvisionBuilder(source)
    builder.build(found[first:])
    words = [source.text[block.body : block.end] for block in found]
    metadata = document_metadata(_front(source, found[:first]), words[first : first + 3], words[-3:], source.metadata)
    document = with_kind_and_parties(
        Document(metadata.title, metadata.date, metadata.place, sha256, source.text, tuple(builder.provisions))
    )
    notices = [
        Notice("furniture", f"{source.text[line.start : line.end][:60]!r} is site furniture, not text", line.start)
        for line in boilerplate
    ]
    notices += [
        Notice("note", f"{source.text[line.start : line.end][:60]!r} is a note, outside every provision", line.start)
        for line in notes
    ]
    if not any(provision.kind in {ProvisionKind.PARAGRAPH, ProvisionKind.ITEM} for provision in builder.provisions):
        notices.append(Notice("no-provisions", "no operative paragraph was found in this text", None))
    return document, tuple(notices)


def _front(source: Source, found: tuple[Block, ...]) -> list[str]:
    return [source.text[block.start : block.end].replace("\n", " ") for block in found]
