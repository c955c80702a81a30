"""Marks that begin an item of a list without a number, among them those of fonts that hold marks for letters."""

from __future__ import annotations

_PLAIN = "•●▪◦‣·∙○■□*+–—-⁃➢➣➤►▶▸❖✓✔✗✘✦◆◇★☆→⇒☐☑☒❑❒➔➜"
_SYMBOL = {
    0xF0B7: "bullet",
    0xF02D: "minus",
    0xF03E: "greater than",
    0xF0AE: "arrow",
    0xF0DE: "double arrow",
    0xF0A8: "lozenge, diamond",
}
"""Codes of the font Symbol as Word and its kin store them (the private area from U+F000) that are met as bullets."""
_WINGDINGS = {
    0xF06C: "black circle",
    0xF06D: "circle",
    0xF06E: "black square",
    0xF06F: "square",
    0xF071: "shadowed square",
    0xF075: "black diamond",
    0xF076: "four diamonds",
    0xF077: "small diamond",
    0xF09E: "middle dot",
    0xF09F: "small bullet",
    0xF0A0: "bullet",
    0xF0A1: "ring",
    0xF0A7: "small black square",
    0xF0AB: "star",
    0xF0D8: "three-dimensional arrow head",
    0xF0DC: "circled arrow",
    0xF0E0: "arrow",
    0xF0E8: "heavy arrow",
    0xF0F0: "outlined arrow",
    0xF0FB: "ballot cross",
    0xF0FC: "check mark",
    0xF0FD: "boxed cross",
    0xF0FE: "boxed check mark",
}
"""Codes of the font Wingdings, in the same way."""
PRIVATE = "".join(chr(code) for code in {**_SYMBOL, **_WINGDINGS})
BULLETS = "".join(dict.fromkeys(_PLAIN + PRIVATE))
"""Every mark; the last part needs its font to be seen."""
_DRAWN = frozenset(BULLETS) - frozenset("*+–—-")  # those that stand for nothing else at the head of a word


def plain_mark(text: str) -> str:
    """Return ``text`` with a mark of Symbol or Wingdings at its head as a plain bullet, and a blank after any mark."""
    if not text or text[0] not in _DRAWN or not text[1:].strip():
        return text
    return f"{'•' if text[0] in PRIVATE else text[0]} {text[1:].lstrip()}"
