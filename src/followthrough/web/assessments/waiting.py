"""What waits in rounds that are open: for who runs them, for their coders, and for the parties concerned."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from followthrough.web.accounts.models import Grant
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import ids
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.agreements.policy import documents_where
from followthrough.web.assessments.models import (
    PUBLISHED,
    RATING,
    REPLY,
    AdjudicatedRating,
    Rating,
    RatingUnit,
    Reply,
)
from followthrough.web.assessments.policy import own_ratings, visible_assessments, visible_cells


class CoderRound(NamedTuple):
    """A round in which somebody has ratings to give: how many are open, of how many."""

    id: str
    title: str
    open: int
    of: int


class ReplyRound(NamedTuple):
    """A round in which a party may reply: the final ratings of it that have no reply yet, and until when."""

    id: str
    title: str
    party: str
    party_name: str
    until: date | None
    open: int


class RunRound(NamedTuple):
    """A round that somebody runs: its ratings, those that are final, and those for which all coders are in.

    ``differ`` are those of the last on which coders disagree; ``silent`` the parties that have not replied.
    """

    id: str
    title: str
    state: str
    opened: Any
    until: date | None
    cells: int
    final: int
    complete: int
    differ: int
    silent: int

    @property
    def parties_may_reply(self) -> bool:
        """Whether publication waits for a party."""
        return (
            self.state == REPLY and bool(self.silent) and self.until is not None and timezone.localdate() < self.until
        )

    @property
    def waits(self) -> int:
        """How much waits for who runs it: ratings to make final, else the next step, where it can be taken."""
        if self.state == RATING and self.final < self.cells:
            return self.complete
        return 0 if self.parties_may_reply else 1


def coder_rounds(by: Actor) -> list[CoderRound]:
    """Return the open rounds in which ``by`` is a coder, with one query."""
    held = own_ratings(by).filter(cell__assessment__state=RATING)
    about = held.values("cell__assessment", "cell__assessment__title")
    counted = about.annotate(open=Count("pk", filter=Q(submitted=None)), of=Count("pk")).order_by("cell__assessment")
    rows: Any = counted.values_list("cell__assessment", "cell__assessment__title", "open", "of")
    return [CoderRound(*row) for row in rows]


def cells_to_reply(by: Actor) -> QuerySet[RatingUnit]:
    """Return the final ratings on which ``by`` may still reply for a party, and nobody did for it."""
    granted = Grant.objects.filter(
        Q(document=None) | Q(document=OuterRef("assessment__document")),
        user=getattr(by, "pk", None), user__is_active=True, role=Role.CONTRIBUTOR.value, party=OuterRef("party"),
    )  # fmt: skip
    replied = Reply.objects.filter(cell=OuterRef("pk"))
    settled = AdjudicatedRating.objects.filter(cell=OuterRef("pk"))
    return visible_cells(by).filter(Exists(granted), Exists(settled), ~Exists(replied), assessment__state=REPLY)


def reply_rounds(by: Actor) -> list[ReplyRound]:
    """Return the rounds in which ``by`` may reply for a party and has not on every rating, with one query."""
    about = ("assessment", "assessment__title", "party", "party__name", "assessment__reply_until")
    counted = cells_to_reply(by).order_by().values(*about).annotate(open=Count("pk"))
    rows: Any = counted.order_by("assessment__reply_until", "assessment", "party").values_list(*about, "open")
    return [ReplyRound(*row) for row in rows]


def cells_to_settle(by: Actor) -> QuerySet[RatingUnit]:
    """Return the ratings that ``by`` adjudicates: all coders are in, and none is final."""
    run = ids(documents_where(by, Permission.ADJUDICATE))
    return _complete(visible_cells(by).filter(assessment__document__in=run, assessment__state=RATING))


def _complete(cells: QuerySet[RatingUnit]) -> QuerySet[RatingUnit]:
    waiting = Rating.objects.filter(cell=OuterRef("pk"), submitted=None)
    settled = AdjudicatedRating.objects.filter(cell=OuterRef("pk"))
    return cells.filter(~Exists(waiting), ~Exists(settled))


def _differing(cells: QuerySet[RatingUnit]) -> QuerySet[RatingUnit]:
    return cells.annotate(low=Min("ratings__value"), high=Max("ratings__value")).exclude(low=F("high"))


def run_rounds(by: Actor) -> list[RunRound]:
    """Return the rounds that ``by`` runs and that are not published, with one query."""
    held = RatingUnit.objects.filter(assessment=OuterRef("pk")).order_by()
    settled = AdjudicatedRating.objects.filter(cell=OuterRef("pk"))
    replied = RatingUnit.objects.filter(assessment=OuterRef("assessment"), replies__isnull=False).values("party")
    rounds = visible_assessments(by).filter(document__in=ids(documents_where(by, Permission.ADJUDICATE)))
    counted = rounds.exclude(state=PUBLISHED).annotate(
        cells_=_count(held),
        final=_count(held.filter(Exists(settled))),
        complete=_count(_complete(held)),
        differ=_count(held.filter(pk__in=ids(_differing(_complete(RatingUnit.objects.all()))))),
        silent=_count(held.exclude(party__in=replied), "party"),
    )
    columns = ("id", "title", "state", "opened", "reply_until", "cells_", "final", "complete", "differ", "silent")
    rows: Any = counted.order_by("-opened").values_list(*columns)
    return [RunRound(*row) for row in rows]


def _count(cells: QuerySet[Any], of: str = "pk") -> Coalesce:
    """Return how many cells of a round these are, or how many different ``of`` they have, to stand in a query."""
    counted = cells.values("assessment").annotate(number=Count(of, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


def replies_in(rounds: list[str], by: Actor) -> dict[str, tuple[list[str], list[str]]]:
    """Return by round the names of the parties that replied and of those that did not, with one query."""
    cells = visible_cells(by).filter(assessment__in=rounds).order_by("party__name")
    rows: Any = cells.values_list("assessment", "party__name").annotate(said=Count("replies"))
    found: dict[str, tuple[list[str], list[str]]] = {}
    for key, name, replies in rows:
        found.setdefault(key, ([], []))[not replies].append(name)
    return found
