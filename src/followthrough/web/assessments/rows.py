"""Plain rows of a round: what a coder has to do, what waits to be settled, and results with what they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import QuerySet

from followthrough.assess.agreement import Agreement, alpha
from followthrough.assess.ratings import MISSING, Ratings
from followthrough.assess.scales import Scale
from followthrough.assess.scoring import Missing, Score, Scores, score
from followthrough.model.letters import to_letters
from followthrough.web.accounts.models import User
from followthrough.web.agreements.rows import tail
from followthrough.web.assessments.models import AdjudicatedRating, Assessment, Rating, Reply
from followthrough.web.assessments.policy import own_ratings
from followthrough.web.assessments.stamps import verdict_stamp
from followthrough.web.assessments.values import REASONS, marked, scale_of

LOOKS = ("r4", "r2", "r1", "warned", "contrary")


def shade(scale: Scale, word: str) -> str:
    """Return the look of a value: from the best to the worst; nothing that is no rating has a colour."""
    places = [one.word for one in scale.values]
    if word not in places:
        return "r0"
    at = places.index(word)
    if at == len(places) - 1:
        return LOOKS[-1]
    return LOOKS[0] if at == 0 else LOOKS[min(2 if len(places) == 3 else at, 3)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a coder is: cells in order, each with whether this coder has submitted or begun."""

    cells: list[tuple[int, str, str, str]]
    done: int

    @property
    def next(self) -> int | None:
        """The first cell that this coder has not submitted."""
        return next((cell for cell, _, _, state in self.cells if state != "submitted"), None)


def progress_of(assessment: Assessment, coder: User) -> Progress:
    """Return a coder's own progress; nothing of the other coders is read."""
    rows = own_ratings(coder).filter(cell__assessment=assessment).order_by("cell__position")
    cells = [
        (cell, tail(commitment), party, "submitted" if submitted else "begun" if value else "open")
        for cell, commitment, party, submitted, value in rows.values_list(
            "cell_id", "cell__commitment_id", "cell__party_id", "submitted", "value"
        )
    ]
    return Progress(cells, sum(state == "submitted" for *_, state in cells))


@dataclass(slots=True)
class Counts:
    """How far a round is, without a value: cells, those for which all coders are in, settled and disputed ones."""

    cells: int = 0
    complete: int = 0
    settled: int = 0
    coders: list[tuple[str, int, int]] = field(default_factory=list)


def counts_of(assessment: Assessment) -> Counts:
    """Return how far a round is."""
    found = Counts(cells=assessment.cells.count())
    waiting = Rating.objects.filter(cell__assessment=assessment, submitted=None)
    found.complete = found.cells - waiting.values("cell").distinct().count()
    found.settled = assessment.cells.filter(verdicts__number=1).count()
    by_coder: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows = Rating.objects.filter(cell__assessment=assessment).values_list("coder__username", "letter", "submitted")
    for name, letter, submitted in rows:
        by_coder[name or letter][1] += 1
        by_coder[name or letter][0] += submitted is not None
    found.coders = [(name, done, of) for name, (done, of) in sorted(by_coder.items())]
    return found


@dataclass(slots=True)
class RatingUnitRow:
    """One cell of the results: its verdicts, the newest last, coders' values by letter, and replies."""

    id: int
    commitment: str
    party: str
    verdicts: list[AdjudicatedRating] = field(default_factory=list)
    ratings: list[tuple[str, Rating]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The number of its commitment."""
        return tail(self.commitment)

    @property
    def last(self) -> AdjudicatedRating | None:
        """The verdict that holds."""
        return self.verdicts[-1] if self.verdicts else None

    @property
    def stamp(self) -> str:
        """The stamp of the verdict that holds."""
        return verdict_stamp(self.last)

    @property
    def agreed(self) -> bool:
        """Whether all coders gave one value."""
        return len({rating.value for _, rating in self.ratings}) <= 1


@dataclass(slots=True)
class Results:
    """A round with its cells, its scores, and how far its coders agreed."""

    assessment: Assessment
    scale: Scale
    cells: list[RatingUnitRow]
    scores: Scores
    agreement: Agreement
    commitments: list[str]
    parties: list[str]

    @property
    def lines(self) -> list[tuple[str, list[RatingUnitRow | None], Score]]:
        """The heat map: a commitment a line, a party a column."""
        held = {(cell.commitment, cell.party): cell for cell in self.cells}
        return [
            (key, [held.get((key, party)) for party in self.parties], self.scores.commitments[key])
            for key in self.commitments
        ]

    @property
    def replies(self) -> list[tuple[RatingUnitRow, Reply]]:
        """What parties replied."""
        return [(cell, one) for cell in self.cells for one in cell.replies]

    @property
    def changed(self) -> list[tuple[RatingUnitRow, AdjudicatedRating, AdjudicatedRating, str]]:
        """Verdicts that were changed: before, after, and why in words."""
        return [
            (cell, before, after, REASONS.get(after.reason, after.reason))
            for cell in self.cells
            for before, after in zip(cell.verdicts, cell.verdicts[1:], strict=False)
        ]

    def mark(self, word: str) -> str:
        """Return a value as it is printed."""
        return marked(self.scale, word)


def results_of(assessment: Assessment, na: Missing = "exclude") -> Results:
    """Return all of a round: for those who settle it, and after its publication for everybody.

    ``na`` says what means do with what is not rated; a scale that only counts leaves it out whatever is asked.
    """
    cells = cells_of(assessment)
    scale = scale_of(assessment.scale)
    commitments = list(dict.fromkeys(cell.commitment for cell in cells))
    parties = sorted({cell.party for cell in cells})
    ratings = _verdicts_as_ratings(cells, scale, commitments, parties)
    policy: Missing = "exclude" if scale.arithmetic == "counts" else na
    scores = score(ratings, scale, policy, sections=_sections(assessment))
    return Results(assessment, scale, cells, scores, agreement_of(cells, scale), commitments, parties)


def _sections(assessment: Assessment) -> dict[str, str]:
    """Return the section of each commitment that stands in one."""
    parent = "commitment__provision__parent"
    cells = assessment.cells.filter(**{f"{parent}__isnull": False}).order_by()
    rows = cells.values_list("commitment_id", f"{parent}__num", f"{parent}__title").distinct()
    return {key: f"{num} {title}".strip() for key, num, title in rows}


def cells_of(assessment: Assessment, only: int | None = None) -> list[RatingUnitRow]:
    """Return the cells of a round in order, or one of them; values only of cells for which all coders are in.

    A coder has one letter throughout a round.
    """
    cells = assessment.cells.all() if only is None else assessment.cells.filter(pk=only)
    found = {
        key: RatingUnitRow(key, commitment, party)
        for key, commitment, party in cells.values_list("id", "commitment_id", "party_id")
    }
    inside = cells.order_by().values("pk")
    for key, verdicts in verdicts_of(inside).items():
        found[key].verdicts = verdicts
    for one in Reply.objects.filter(cell__in=inside).order_by("at"):
        found[one.cell_id].replies.append(one)
    coded = Rating.objects.filter(cell__assessment=assessment, coder__isnull=False).order_by("coder_id")
    coders = coded.values_list("coder_id", flat=True)
    letters = {coder: to_letters(at).upper() for at, coder in enumerate(coders.distinct(), 1)}
    held: dict[int, list[tuple[str, Rating]]] = defaultdict(list)
    for rating in Rating.objects.filter(cell__in=inside).order_by("coder_id", "letter"):
        letter = rating.letter if rating.coder_id is None else letters[rating.coder_id]
        held[rating.cell_id].append((letter, rating))
    for key, ratings in held.items():
        if all(rating.submitted for _, rating in ratings):
            found[key].ratings = ratings
    return list(found.values())


def verdicts_of(cells: QuerySet[Any, Any] | Sequence[int]) -> dict[int, list[AdjudicatedRating]]:
    """Return what was settled for cells that came through the door, by their ids, the newest last."""
    found: dict[int, list[AdjudicatedRating]] = defaultdict(list)
    for one in AdjudicatedRating.objects.filter(cell__in=cells).order_by("number"):
        found[one.cell_id].append(one)
    return found


def _verdicts_as_ratings(
    cells: Sequence[RatingUnitRow], scale: Scale, commitments: list[str], parties: list[str]
) -> Ratings:  # fmt: skip
    places = {one.word: at for at, one in enumerate(scale.values)}
    value = [places.get(cell.last.value, MISSING) if cell.last else MISSING for cell in cells]
    at_commitment, at_party = ({key: at for at, key in enumerate(keys)} for keys in (commitments, parties))
    return Ratings(
        commitments, parties,
        np.array([at_commitment[cell.commitment] for cell in cells], dtype=np.int64),
        np.array([at_party[cell.party] for cell in cells], dtype=np.int64),
        np.array(value, dtype=np.int64),
    )  # fmt: skip


def agreement_of(cells: Iterable[RatingUnitRow], scale: Scale) -> Agreement:
    """Return how far coders agreed, cell by cell; answers that are no rating are left out."""
    places = {one.word: len(scale.values) - 1 - at for at, one in enumerate(scale.values)}
    codes = [
        (str(cell.id), letter, places[rating.value])
        for cell in cells
        for letter, rating in cell.ratings
        if rating.value in places
    ]
    values = np.arange(len(scale.values), dtype=np.float64)
    level: Any = scale.level
    return alpha(codes, values, level)
