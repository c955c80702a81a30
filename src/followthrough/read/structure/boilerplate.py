"""Lines that a web page puts around a text: navigation, sharing, cookies, copyright."""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"""^\W*(?:
    (?:back|go|return|scroll)\s+to\s+(?:the\s+)?(?:top|home(?:page)?|list|index|main(?:\s+page)?)
    | (?:skip|jump)\s+to\s+(?:main\s+|the\s+)?(?:content|navigation|menu|footer)
    | (?:share|tweet|print|e-?mail|like|follow\s+us|bookmark|download|subscribe)(?:\s+(?:this|on|to
        |via|page|article|pdf|us
        |by|our|newsletter|facebook|twitter|x|linkedin|whatsapp|telegram|e-?mail))*
    | (?:facebook|twitter|linkedin|whatsapp|instagram|youtube|telegram|kakaotalk|line|pinterest|rss)
        (?:\W+(?:facebook|twitter|linkedin|whatsapp|instagram|youtube|telegram|kakaotalk|x|e-?mail|print|rss))*
    | (?:main\s+|site\s+)?(?:menu|navigation|breadcrumbs?|sitemap|site\s+map)
    | (?:toggle|open|close)\s+(?:menu|navigation|search)
    | (?:home|about(?:\s+us)?|news|contact(?:\s+us)?|search|login|log\s+in|sign\s+in|media|events|press|careers)
        (?>(?:\s*+[|>»/·•][^\S\ ]*+[\w' &-]{2,30}+)+)
    | home | contact\s+us | about\s+us | log\s*in | sign\s+(?:in|up) | search
    | (?:previous|next|related)\s+(?:post|article|page|news|posts|articles|stories)s?\b.{0,80}
    | read\s+(?:more|also|next)\b.{0,80} | see\s+also\s*: .{0,80}
    | (?:accept|reject|manage)\s+(?:all\s+)?cookies? | cookie\s+(?:settings|policy|notice|preferences)
    | (?:privacy|terms|legal)\s+(?:policy|notice|of\s+(?:use|service)|statement|and\s+conditions)(?:\W.{0,60})?
    | page\s+\d+(?:\s+of\s+\d+)? | loading
    | (?:printer[-\s]friendly|print)\s+(?:version|page)
    | (?:views?|hits?|visits?|comments?)\s*+(?::\s*+)?\d[\d,]*+ | \d[\d,]*+\s++(?:views?|shares?|comments?)
    | (?:last\s+)?(?:updated|modified|posted|published)\s*(?:on|:)\s.{4,40}
    )\W*$""",
    re.I | re.X,
)
_PART = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,60}\b(?:\d{4}|reserved)"
    r"|^\W*all rights reserved\b"
    r"|\b(?:this|our) (?:web)?site uses cookies\b|\bwe use cookies\b|\bby continuing to (?:use"
    r"|browse)\b.{0,60}\bcookies\b"
    r"|^\W*(?:share|follow) (?:this|us) on\b",
    re.I,
)


def is_boilerplate(line: str) -> bool:
    """Tell whether ``line`` (one line or block, blanks trimmed) is boilerplate of a web page and not of the text."""
    if len(line) > 300:
        return False
    return bool(_WHOLE.match(line) or _PART.search(line))
