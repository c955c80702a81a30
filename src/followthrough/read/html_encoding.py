"""The encoding of a web page: by byte-order mark, by declaration, or detected from the text."""

from __future__ import annotations

import codecs
import re

from followthrough.read.decode import decode, decode_with_encoding, refuse_size

_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.I)
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|cp\d{3,4}|windows-\d{3,4}|iso-?8859-\d{1,2}|big5|gb18030|euc-jp|koi8-[ru]"
)


def page_text(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of the web page ``data``, and its encoding if it was guessed from the text, else ``""``.

    Raises ``InputRefused`` for a file called ``name`` that is empty, too large, binary or undecodable.
    """
    refuse_size(name, len(data))
    if data.startswith(MARKS):
        return _unnamed(decode(data, name)), ""
    named = _CHARSET.search(data[:8192])
    label = named.group(1).decode("ascii", "replace").lower() if named else ""
    label = _ALIASES.get(label, label)
    for encoding in ("utf-8", label if _KNOWN.fullmatch(label) else "utf-8", "cp949"):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if encoding != "cp949" or label == "cp949" or _korean(text):
            return _unnamed(decode(text.encode("utf-8", "replace"), name)), ""
    text, guessed = decode_with_encoding(data, name)
    return _unnamed(text), guessed


def _korean(text: str) -> bool:
    beyond = [char for char in text if char > "\x7f"]
    return sum("가" <= char <= "힣" for char in beyond) > 0.6 * len(beyond)


def _unnamed(text: str) -> str:
    """Return ``text`` without the XML declaration, whose encoding no longer applies."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
