"""The words of RTF: groups that hold no text are cut out by their braces, and what is left is freed of its marks."""

from __future__ import annotations

import re

from followthrough.verify.source_words import SourceWords

_SILENT = re.compile(
    rb"\{\s*(?:\\\*\s*\\(?!footnote|listtext|pntext|shpinst|do\b|moMath|annotation)|\\(?:fonttbl|colortbl|stylesheet|info|pict"
    rb"|themedata|datastore|listtable|listoverridetable|rsidtbl|generator|fldinst|xmlnstbl|latentstyles|bkmkstart|bkmkend"
    rb"|atnid|atnauthor|revtbl|filetbl|objdata|objclass|objname|objalias|objsect|sp|shprslt|m[A-Za-z]{1,20}Pr)\b)"
)
_BESIDE = re.compile(rb"\{\s*(?:\\\*\s*)?\\(?:footnote|header[lrf]?|footer[lrf]?|annotation|shptxt|dptxbxtext)\b")
_STRUCK = re.compile(rb"\{[^{}]{0,300}\\(?:deleted|v)(?![a-z0-9])[^{}]*+\}")
"""A group of deleted or hidden text, which may stand in the middle of a word that is shown."""
_ALONG = re.compile(rb"gtextUNICODE\s{0,9}\}\s{0,9}\{\\sv\s([^{}\\]{1,200})\}")
"""Letters drawn along a path, which a property of a shape holds: a watermark."""
_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_HEX = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+")
_UNICODE = re.compile(r"\\u(-?\d{1,6}) ?(?:\?|\\'[0-9a-f]{2}|(?=[^?\\]))?", re.I)
_BREAK = re.compile(r"\\(?:par|line|tab|cell|row|sect|page|nestcell|nestrow|v|xe|tc|deleted)(?![a-z])-?\d* ?|[\t]")
_DASH = re.compile(r"\\(?:emdash|endash|bullet|[lr]d?blquote|[lr]quote|emspace|enspace)(?![a-z]) ?")
_GAP = "\x1f"
"""What stands for a blank until the marks are gone, since a mark takes the blank behind it with it."""
_CONTROL = re.compile(r"\\[A-Za-z]{1,32}-?\d{0,10} ?|\\[^A-Za-z]|[{}\r\n]")


def rtf_words(data: bytes) -> SourceWords:
    """Return the words of an RTF file; running heads and notes come behind everything."""
    page = _PAGE.search(data[:4096])
    encoding = f"cp{int(page.group(1))}" if page else "cp1252"
    body, _ = _cut(data, _SILENT)
    body, beside = _cut(body, _BESIDE)
    beside += _STRUCK.findall(body)
    body = _STRUCK.sub(b"", body)
    return SourceWords(
        "removal of marks", tuple(_plain(part, encoding) for part in (body, *beside, *_ALONG.findall(data)))
    )


def _cut(data: bytes, opening: re.Pattern[bytes]) -> tuple[bytes, list[bytes]]:
    """Return ``data`` without the groups that begin with ``opening``, and these groups."""
    kept, cut, at = [], [], 0
    while (found := opening.search(data, at)) is not None:
        end = _closing(data, found.start())
        kept.append(data[at : found.start()])
        cut.append(data[found.start() : end])
        at = end
    return b"".join((*kept, data[at:])), cut


def _closing(data: bytes, start: int) -> int:
    """Return the place behind the brace that closes the group at ``start``."""
    depth = 0
    for brace in re.compile(rb"\\[{}\\]|[{}]").finditer(data, start):
        if len(brace.group()) == 1:
            depth += 1 if brace.group() == b"{" else -1
        if depth == 0:
            return brace.end()
    return len(data)


def _plain(data: bytes, encoding: str) -> str:
    def characters(match: re.Match[bytes]) -> bytes:
        raw = bytes.fromhex(match.group().replace(b"\\'", b"").decode("ascii"))
        try:
            words = raw.decode(encoding, "replace")
        except LookupError:
            words = raw.decode("cp1252", "replace")
        return "".join(f"\\u{ord(char)} " for char in words).encode("ascii")

    text = re.sub(rb"(\\u-?\d{1,6} ?)\\'[0-9a-fA-F]{2}", rb"\1?", data)
    text = _HEX.sub(characters, text)
    said = _BREAK.sub(_GAP, text.decode("latin-1"))
    said = _UNICODE.sub(lambda found: chr(int(found.group(1)) % 65536), said)
    return _CONTROL.sub("", _DASH.sub(_GAP, said))
