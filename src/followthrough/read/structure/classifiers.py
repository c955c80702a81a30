"""Classifiers of one block of words: does it open a preamble, enact, or end the text?"""

from __future__ import annotations

import re

from followthrough.read.structure.headings import FUNCTION_WORDS

_PARTICIPLES = r"""(?:
    acknowledging | acting | adhering | affirming | alarmed | anxious | appreciating | aspiring | attaching
    | aware | bearing | believing | building | calling | celebrating | cherishing | cognizant |
    commemorating | commending | committed | concerned | condemning | confident | confirming | conscious |
    considering | continuing | convinced | deploring | desiring | desirous | determined | determining |
    disturbed | dedicated | deeming | emphasising | emphasizing | encouraged | encouraging | endorsing |
    expecting | expressing | fulfilling | gathered | grateful | gravely | guided | having | heartened |
    highlighting | honouring | honoring | inspired | invoking | keeping | looking | marking | meeting |
    mindful | motivated | noting | observing | paying | persuaded | pledging | proud | realising | realizing
    | reaffirming | recalling | recognising | recognizing | recommending | referring | reflecting |
    regretting | reiterating | rejecting | relying | remaining | remembering | reminding | renewing |
    resolved | respecting | saluting | satisfied | seeking | seized | sharing | stressing | striving |
    supporting | taking | thanking | underlining | underscoring | understanding | united | upholding |
    urging | viewing | welcoming | wishing
    )"""
_OPENER = re.compile(
    r"(?:(?:and|also|further|furthermore|fully|deeply|strongly|gravely|particularly|once\ again|again|firmly|duly"
    r"|seriously|increasingly|profoundly)[,\ ]+)*" + _PARTICIPLES + r"\b",
    re.I | re.X,
)
_BODY = re.compile(
    r"The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|Conference(?: of the"
    r" Parties)?|[A-Z][\w’' -]{2,80}(?:Council|Assembly|Commission|Committee|Conference)),$"
)
_LEAD = re.compile(r"(?:[A-Z][\w-]*ly,?\s+|[A-Z][\w-]*,\s+)?(?:[A-Za-z]+-)?[A-Z]?[a-z]{2,}(?:ing|ed)\b")
_OPEN_END = re.compile(r"[,;][\"'”’]?\d{0,3}(?:\s+and)?$")
_WE = re.compile(r"We,? (?:the|as|representatives|heads|leaders|ministers|members)\b", re.I)
_MET_CLAUSE = re.compile(r"\b(?:gathered|met|meeting|convened|assembled|having met|held|participated|joined)\b", re.I)
_FORMULA = re.compile(
    r"(?:(?:we\s++)?(?:do\s++)?(?:hereby|therefore|have|now therefore)?[, ]*+(?:hereby\s+|solemnly\s+|jointly\s+)*"
    r"(?:agree(?:d)?|decide(?:d)?|declare|resolve|proclaim|commit(?: ourselves)?|adopt)\b"
    r"(?:\s+(?:to|on|that|the|as|follows|following|our|do|intent|intention|resolve|commitment))*\s*[:,]?)$",
    re.I,
)
_SENTENCE = re.compile(r"[.;:!?。；：！？।۔؟][\"'”’»)\]」』]*\d{0,3}$")
_SAYS = re.compile(
    r"\b(?:will|shall|must|should|have|has|are|is|was|were|met|agreed?|commit|committed|reaffirm(?:ed)?|welcomed?"
    r"|decided?|declared?|recogni[sz]ed?|announced?|support(?:ed)?|condemn(?:ed)?|intend|call(?:ed)? (?:up)?on)\b"
)
_SPEAKS = re.compile(
    r"\b(?:agree|resolve|decide|undertake|commit|pledge|request|invite|encourage|urge|instruct|direct|intend)(?:s|e?d)?$"
)
"""The end of a line that says who speaks, and whose items say what."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{15,}")
_BACK = re.compile(
    r"(?:\d+(?:st|nd|rd|th) (?:\(resumed\) )?(?:plenary )?meeting\b.{0,30}$"
    r"|adopted (?:at|in|by|on)\b.{0,200}$|done (?:at|in|on)\b"
    r"|in witness whereof|signed (?:at|in|by|on)\b|for the (?:government|republic|kingdom)s? of\b"
    r"|\d{1,2} [A-Z][a-z]+ \d{4}$|[A-Z][a-z]+ \d{1,2}, \d{4}$|#+$|end$|\* \* \*)",
    re.I,
)
_ADOPTION = re.compile(r"(?:\[on the report|resolution adopted by|adopted by the|agenda item|distr\.)", re.I)
_RESOLUTION = re.compile(r"(?:[A-Z]-?)?\d{1,3}/\d{1,4}")


def opens_preamble(words: str) -> bool:
    """Tell whether a block opens as a preamble clause: a participle, or 'We, the Heads of ...'."""
    if _WE.match(words):
        return words[-1:] in ",;:" or bool(_MET_CLAUSE.search(words[:400]))
    return (bool(_OPENER.match(words)) and words[-1:] in ",;:") or _opens_and_ends_open(words)


def _opens_and_ends_open(words: str) -> bool:
    """Any participle may open a clause that ends in a comma; one that ends in a semicolon may be an undertaking."""
    if _OPENER.match(words):
        return bool(_OPEN_END.search(words))
    return bool(_LEAD.match(words)) and words.rstrip("\"'”’")[-1:] == ","


def names_body(words: str) -> bool:
    """Tell whether a block only names the adopting body, as resolutions begin: 'The General Assembly,'."""
    return bool(_BODY.match(words))


def opens_with_participle(words: str) -> bool:
    """Tell whether a block opens with a participle that preambles open with, however it ends."""
    return bool(_OPENER.match(words))


def ends_open(words: str) -> bool:
    """Tell whether a block ends as a clause that another follows: with a comma, a semicolon or a colon."""
    return bool(_OPEN_END.search(words)) or words.rstrip().endswith(":")


def is_formula(words: str) -> bool:
    """Tell whether a block is the formula that enacts: 'Hereby agree to:', 'Have agreed as follows:'."""
    return len(words) < 120 and bool(_FORMULA.match(words)) and words[-1:] in ":,"


def is_sentence(words: str) -> bool:
    """Tell whether a block is running text and not a title or a heading."""
    long = len(words) > 40 or bool(_UNSPACED.search(words))  # scripts without spaces say more in fewer letters
    return (long and bool(_SENTENCE.search(words))) or len(words.split()) > 35


def is_statement(words: str) -> bool:
    """Tell whether a block is a sentence that says something, and so is no title: a full stop, and a verb or length."""
    if words.rstrip("\"'”’»)")[-1:] not in {".", "。", "।", "۔"}:
        return False
    return len(words.split()) > 25 or bool(len(words.split()) > 6 and _SAYS.search(words))


def goes_on(words: str, item: str) -> bool:
    """Tell whether an item goes on with the sentence of the line above it: by "that", or by "to" where it speaks."""
    return item.startswith("that ") or (item.startswith("to ") and bool(_SPEAKS.search(words)))


def is_adoption_line(words: str) -> bool:
    """Tell whether a line says who adopted the text and when, as the head of a resolution does."""
    return bool(_ADOPTION.match(words))


def is_resolution_number(words: str) -> bool:
    """Tell whether a line opens with the symbol of a resolution, such as 76/48."""
    return bool(_RESOLUTION.match(words))


def is_back_matter(words: str) -> bool:
    """Tell whether a block stands after the operative part: date of the meeting, signatures, annexes."""
    return len(words) < 220 and bool(_BACK.match(words))


def is_signature(words: str) -> bool:
    """Tell whether a block holds nothing but the names of persons, or of those for whom they sign."""
    content = [word for word in re.findall(r"[^\W\d_][\w.’'-]*", words) if word.lower() not in FUNCTION_WORDS]
    if not 2 <= len(content) <= 14 or re.search(r"[;:!?]|\b(?:Annex|Appendix|Action|Plan)\b", words):
        return False
    named = all(word[0].isupper() for word in content)
    return named and bool(words[-1] not in ".," or re.search(r"\b(?:Jr|Sr|[A-Z])\.$", words))
