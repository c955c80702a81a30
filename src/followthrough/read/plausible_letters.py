"""How plausible a decoded text is: where its letters and marks stand, and whether its language has such letters."""

from __future__ import annotations

import re
import unicodedata

from followthrough.read.language import told

_ALPHABETS = {
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "hr": "čćđšž",
    "sl": "čšž",
    "ro": "ăâîșțşţ",
    "sq": "ëç",
    "tr": "çğıöşüâî",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äõöüšž",
}
"""The letters beyond ASCII of languages that are not written in Windows-1252, by their code of ISO 639-1."""
_REGIONAL = ("cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_13", "cp852", "mac_latin2")
_COMMON = {
    "оеаинтсрвлкм": ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"),
    "αοιετσνρηκπμ": ("cp1253",),
    "اليمنوترهبسد": ("cp1256",),
}
"""The twelve commonest small letters of Russian, Greek and Arabic, with the encodings that have them."""
_COMMON_WESTERN = "áéíóúñçãõâêôàèìòùüöäåæøëïîûßœ"
_COMMON_CHINESE = "的一是在不了有和我们年为国中大上个以要会与对于等其行及将各方加强合作发展联合"
_COMMON_KOREAN = "이는을의에다하로고가한기지사를은대해여국정협력공동과와"
_MARKS = "–—“”„’‘«»"
_WESTERN = ("mac_roman", "cp437", "cp850")
_BEYOND = re.compile(r"\w?[^\x00-\x7f]\w?")
_LETTER_ALONE = frozenset("àáéèêíóôúýæøåÀÁÉÈÊÍÓÔÚÝÆØÅªºµ")
_APOSTROPHES = frozenset("’‘·'")


def oddities(text: str) -> int:
    """Return how often a letter or mark beyond ASCII stands in ``text`` where none would be printed; 0 is plausible.

    Odd are a mark or a no-break space inside a word, a control character, a capital after a small letter, a letter of
    another script in a Latin word, and a letter alone that is no word.
    """
    return sum(_odd(match.group(), match.start(), text) for match in _BEYOND.finditer(text))


def _odd(found: str, start: int, text: str) -> int:
    place = start + next(at for at, char in enumerate(found) if char > "\x7f")
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if unicodedata.category(char) in {"Cc", "Co", "Cn"} or "\u2500" <= char <= "\u25ff":
        return 1
    inside = before.isalpha() and after.isalpha()
    if not char.isalpha():
        return int(char not in _APOSTROPHES and (inside or (char == "\xa0" and before.isalpha() and after == " ")))
    if char.isupper() and before.isalpha() and before.islower():
        return 1
    if not before.isalpha() and not after.isalpha():
        return int(char not in _LETTER_ALONE and char.isascii() is False and ord(char) < 0x250)
    beside = before if before.isalpha() else after
    return int(beside.isascii() and not unicodedata.name(char, "").startswith("LATIN"))


def western(data: bytes) -> str | None:
    """Return the old Western encoding in which ``data`` is plausible while it is not in Windows-1252, or ``None``."""
    odd = oddities(data.decode("cp1252", "replace"))
    if not odd or _density(data) > 0.3:
        return None
    found = {name: data.decode(name) for name in _WESTERN}
    best = min(found, key=lambda name: (oddities(found[name]), -_share(found[name], _COMMON_WESTERN)))
    return best if oddities(found[best]) * 3 < odd else None


def regional(data: bytes) -> str | None:
    """Return the encoding whose text tells a language and has its letters, as Windows-1252 has not, or ``None``."""
    found: dict[str, float] = {}
    for name in _REGIONAL:
        text = data.decode(name, "replace")
        letters = _ALPHABETS.get(told(text) or "", "")
        if letters and _share(text, letters) > max(0.8, _share(data.decode("cp1252", "replace"), letters)):
            found[name] = _share(text, letters)
    return max(found, key=lambda name: found[name], default=None)


def other_script(data: bytes) -> str | None:
    """Return the encoding in which most of ``data`` is the commonest letters of another script, or ``None``."""
    if _density(data) < 1:
        return None
    common = {name: letters for letters, names in _COMMON.items() for name in names}
    shares = {name: _share(data.decode(name, "replace"), letters, fold=False) for name, letters in common.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.4 else None


def chinese(data: bytes) -> bool:
    """Tell whether ``data`` has many of the commonest Chinese characters in GB 18030, and in EUC-KR fewer syllables."""
    share = _share(data.decode("gb18030", "replace"), _COMMON_CHINESE)
    return share > 0.12 and share > _share(data.decode("euc_kr", "replace"), _COMMON_KOREAN)


def _density(data: bytes) -> float:
    """Return how many bytes beyond ASCII there are for each letter of ASCII."""
    plain = sum(byte < 0x80 and chr(byte).isalpha() for byte in data)
    return sum(byte > 0x7F for byte in data) / max(1, plain)


def _share(text: str, letters: str, *, fold: bool = True) -> float:
    """Return the share of what is beyond ASCII that is one of ``letters``, from 0 to 1; quotation marks apart."""
    beyond = [char for char in (text.lower() if fold else text) if char > "\x7f" and not (fold and char in _MARKS)]
    return sum(char in letters for char in beyond) / len(beyond) if beyond else 0.0
