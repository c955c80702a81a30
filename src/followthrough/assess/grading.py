"""The grade of evidence (0 to 4) and the age of the newest."""

from __future__ import annotations

from collections.abc import Iterable

from followthrough.assess.dates import months_free, newest
from followthrough.model.rules import Rule
from followthrough.model.vocabulary import PublisherKind

GRADES = {
    4: "independent and primary",
    3: "official primary document",
    2: "official statement only, or one media report",
    1: "indirect",
    0: "none recorded",
}
_BY_PUBLISHER: dict[str, int] = {
    PublisherKind.JOINT_ORGAN: 3,
    PublisherKind.FUND: 3,
    PublisherKind.INTERNATIONAL_ORGANISATION: 3,
    PublisherKind.PARTY: 2,
    PublisherKind.MEDIA: 2,
    PublisherKind.THIRD_PARTY: 1,
}

RULES = (
    Rule(
        "G1",
        1,
        "grade",
        "Grade of evidence",
        "Suggested from who published it: a joint organ, a fund or an international organisation, 3; a party or the "
        "media, 2; a third party, 1; nothing, 0. Grade 4, independent and primary, is given by a person only. A "
        "place has the highest grade of its evidence.",
        "followthrough.assess.grading.grade",
    ),
    Rule(
        "G2",
        2,
        "grade",
        "Silence",
        "The whole months from the last day that the newest dated evidence may be of to the day of the page: only what "
        "no reading of the dates can fill is a silence. Undated evidence does not end one.",
        "followthrough.assess.grading.silent_for",
    ),
)


def grade(publisher_kind: str) -> int:
    """Return the suggested grade of a source, 0 to 3 (rule G1)."""
    return _BY_PUBLISHER.get(publisher_kind, 0)


def silent_for(dates: Iterable[str], today: str) -> int | None:
    """Return the whole months since the newest of ``dates``, or ``None`` where none has a date (rule G2)."""
    last = newest(dates, today)
    return months_free(last, today) if last else None
