"""The published rules of reading."""

from __future__ import annotations

from followthrough.model.rules import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "R1",
        2,
        "read",
        "Text and encoding",
        "The text is the file's text with newlines as one character and no byte-order mark. Marked UTF-8, UTF-16 and "
        "UTF-32 and unmarked UTF-8 are read so. An older encoding is told from the words: Windows-1252 unless they "
        "speak against it, and a guess other than Windows-1252 or EUC-KR is reported. Markdown is read without its "
        "markup.",
        "followthrough.read.decode.decode",
    ),
    Rule(
        "R2",
        1,
        "read",
        "Blocks",
        "A block ends at a blank line, at a number or bullet that continues a numbering, and at a line break that "
        "the width of the copy did not force. Wrapped lines stay one block.",
        "followthrough.read.structure.blocks.blocks",
    ),
    Rule(
        "R3",
        1,
        "read",
        "Site furniture",
        "Navigation, share buttons, cookie and copyright lines and links back to the top belong to no provision and "
        "are reported. So are footnotes and endnotes: their words are kept behind the text, their marks are not.",
        "followthrough.read.structure.boilerplate.is_boilerplate",
    ),
    Rule(
        "R4",
        1,
        "read",
        "Preamble",
        "Clauses before the operative part that name the adopting body or open with a participle are preamble; the "
        "formula that enacts ('Hereby agree to:') stands apart.",
        "followthrough.read.structure.structure",
    ),
    Rule(
        "R5",
        1,
        "read",
        "Sections, paragraphs, items",
        "A short numbered or unnumbered line without a full stop that governs what follows is a section; other "
        "numbers and unnumbered blocks are paragraphs; letters, roman numbers and bullets below one are items.",
        "followthrough.read.structure.structure",
    ),
    Rule(
        "R6",
        1,
        "read",
        "Names of provisions",
        "Each provision has an Akoma Ntoso style eId made of its kind and printed number below its parent's "
        "(sec_4__para_4-3), made unique by a suffix, and a slice of its own words that overlaps no other.",
        "followthrough.read.structure.eids.EidGenerator",
    ),
    Rule(
        "R7",
        1,
        "read",
        "Title, date and place",
        "The title is the heading before the first clause; date and place are those at which the text says the "
        "parties met or adopted it. Nothing is guessed: what the text does not say stays empty.",
        "followthrough.read.structure.metadata.document_metadata",
    ),
    Rule(
        "R8",
        1,
        "read",
        "Language",
        "The language is what a record states of itself (Akoma Ntoso), else what script and common words tell, else "
        "what the file states. The rules of the register read English alone: a text in another language has its "
        "provisions, no commitment and one warning. Of a bilingual text one language is read and the other is named.",
        "followthrough.read.language.with_language",
    ),
)
