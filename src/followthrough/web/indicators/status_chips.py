"""How a method's word is shown: a shape, the word and a colour; never a colour alone."""

from __future__ import annotations

from django.utils.safestring import SafeString

from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import Result
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.lists import chip

_LOOKS = ((3, "good", "check"), (2, "info", "full"), (1, "warn", "half"), (0, "bad", "down"))


_not_assessed = fragment("indicators/cells.jinja", "not_assessed")


def status_chip(one: Result) -> SafeString:
    """Show a status with its reason; one that was not assessed says why on the spot."""
    if not one.assessed:
        return _not_assessed(one.reason)
    method = METHODS[one.method]
    levels = method.levels[method.words.index(one.status)]
    middle = sorted(levels)[len(levels) // 2]
    kind, icon = next((kind, icon) for level, kind, icon in _LOOKS if level == middle)
    return chip(kind, icon, one.status.replace("-", " "))
