"""Detection of legacy encodings, for text without a byte-order mark that is not UTF-8."""

from __future__ import annotations

from followthrough.read.plausible_letters import chinese, other_script, regional, western

WESTERN = "cp1252"
CANDIDATES = (
    "cp1250",
    "cp1251",
    WESTERN,
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp874",
    "cp949",
    "johab",
    "big5",
    "big5hkscs",
    "gb18030",
    "cp932",
    "euc_jp",
    "koi8_r",
    "koi8_u",
    "mac_roman",
    "mac_cyrillic",
    "cp437",
    "cp850",
    "cp852",
    "cp866",
    "iso8859_2",
    "iso8859_5",
    "iso8859_15",
)
"""Encodings that occur in official texts; fewer candidates reduce errors on short texts."""
_FEWEST = 6
"""Minimum number of non-ASCII bytes for detection: a single accented name is not enough."""
_SAMPLE = 64 * 1024
"""Maximum sample in bytes, of lines with non-ASCII bytes only: others carry no information."""


def korean(data: bytes) -> str | None:
    """Return the text of ``data`` if it is EUC-KR and most of its non-ASCII letters are Hangul, else ``None``."""
    try:
        text = data.decode("euc_kr")
    except UnicodeDecodeError:
        return None
    hangul = sum(1 for char in text if "\uac00" <= char <= "\ud7a3")
    mostly = hangul >= 2 and hangul * 2 > sum(1 for char in text if char > "\x7f")
    return text if mostly and not chinese(data) else None


def guess(data: bytes) -> str:
    """Return the name of the most probable encoding of ``data``, one of ``CANDIDATES``.

    Windows-1252 is preferred wherever it is plausible, since letters shared by several code pages do not distinguish
    them. The library is imported here because few files need it, and the import takes 0.1 s.
    """
    sample = lines_beyond_ascii(data)
    if told := other_script(sample) or western(sample) or regional(sample):
        return told
    if chinese(sample):
        return "gb18030"
    if sum(byte > 0x7F for byte in sample[:4096]) < _FEWEST:
        return WESTERN
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=list(CANDIDATES))
    if any(WESTERN in (match.encoding, *match.could_be_from_charset) for match in matches):
        return WESTERN
    best = matches.best()
    return best.encoding if best else WESTERN


def lines_beyond_ascii(data: bytes) -> bytes:
    """Return the lines of ``data`` with non-ASCII bytes, up to ``_SAMPLE`` bytes."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(lines)
