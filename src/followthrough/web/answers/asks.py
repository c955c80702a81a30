"""What can be asked, and how: the input of each tool, with the words that describe it to a machine."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from followthrough.web.answers.asking import Portion

LONGEST = 200
"""Code points of a text that is asked with."""
MOST = 50
"""Items of one answer."""


class Ask(BaseModel):
    """What every tool takes; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=LONGEST, str_strip_whitespace=True)


class AskOne(Ask):
    """A question about one agreement."""

    agreement: str = Field("", description="Id of the agreement. Left out: the one that the site shows first.")


class AskDay(AskOne):
    """A question about one agreement on a day."""

    as_of: str = Field("", description="The day it speaks of: 2025-12-31, 2025-12 or 2025. Left out: today.")


class AskSome(AskOne):
    """A question that a list answers."""

    limit: int = Field(20, ge=1, le=MOST, description="How many items at most.")
    skip: int = Field(0, ge=0, le=1_000_000, description="How many to pass over: next_skip of the answer before.")

    @property
    def portion(self) -> Portion:
        """The part of the list."""
        return Portion(self.limit, self.skip)


class AskSomeOnDay(AskSome):
    """A question that a list answers, on a day."""

    as_of: str = Field("", description="The day it speaks of: 2025-12-31, 2025-12 or 2025. Left out: today.")


class AskSearch(Ask):
    """A search over the whole register."""

    words: str = Field(min_length=1, description="Words in any language; also the number of a paragraph.")
    limit: int = Field(20, ge=1, le=MOST, description="How many items at most.")


class AskAgreements(Ask):
    """A question for the agreements on record."""

    words: str = Field("", description="Words of the title or the place.")
    limit: int = Field(20, ge=1, le=MOST, description="How many items at most.")
    skip: int = Field(0, ge=0, le=1_000_000, description="How many to pass over.")


PLACE = "Number of a section, paragraph or item (4.3), or of a commitment (4.3b), as pages and answers print it."
PARTY = "Code of a party, such as the ISO 3166 code of a state."


class AskPlace(AskOne):
    """A question for one provision or commitment."""

    place: str = Field(min_length=1, description=PLACE)


class AskCoverage(AskDay):
    """A question for implementation stages."""

    section: str = Field("", description="Number of one section; left out: the whole agreement and each section.")
    party: str = Field("", description=f"{PARTY} Only evidence that names it then counts.")
    unit: Literal["paragraphs", "commitments"] = Field("paragraphs", description="What is counted.")
    rollup: Literal["any", "all", "mean", "joint"] = Field(
        "any", description="Attribution: any party, all parties, average of parties, joint body."
    )
    basis: Literal["suggested", "confirmed"] = Field(
        "suggested", description="Whether links that nobody has confirmed yet count too."
    )


class AskEvidence(AskSome):
    """A question for evidence items."""

    id: str = Field("", description="Id of one evidence item.")
    place: str = Field("", description=PLACE)
    party: str = Field("", description=PARTY)
    kind: str = Field(
        "", description="Kind: policy, statistic, meeting, output, agreement, funding, activity, outcome."
    )
    stance: str = Field("", description="Stance: favourable, neutral, unfavourable, comparison.")
    source: str = Field("", description="Id of a source.")
    period: str = Field(
        "", description="A year, month or day, such as 2024 or 2024-05: the event's date begins with it."
    )
    figure: str = Field("", description="A figure as printed, such as 9.78: who says it. A star: any figure.")
    words: str = Field("", description="Words that it holds, each of them.")


class AskContested(AskSome):
    """A question for what sources disagree on."""

    id: str = Field("", description="Id of one question.")
    place: str = Field("", description=PLACE)
    words: str = Field("", description="Words of the question.")


class AskActivities(AskSome):
    """A question for activities and projects."""

    id: str = Field("", description="Id of one activity.")
    place: str = Field("", description=PLACE)
    party: str = Field("", description=PARTY)
    kind: str = Field("", description="Kind, such as project, training, meeting.")
    state: str = Field("", description="State in the project cycle, such as running or completed.")
    fund: str = Field("", description="Id of the fund that pays for it.")
    words: str = Field("", description="Words of its title or statement.")


class AskMoney(AskSomeOnDay):
    """A question for the money of funds."""

    fund: str = Field("", description="Id of a fund; left out: every fund.")
    kind: str = Field("", description="Kind of figure, such as contribution, cumulative, pledge, allocation.")
    year: str = Field("", pattern=r"^(\d{4})?$", description="The year that the figure is of.")


class AskTargets(AskSomeOnDay):
    """A question for targets."""

    id: str = Field("", description="Id of one target.")
    place: str = Field("", description=PLACE)
    state: str = Field(
        "", description="met, missed, contested, insufficient data, not yet due, no date set, superseded."
    )
    due: str = Field("", pattern=r"^(\d{4})?$", description="The year in which it is due.")


class AskIndicators(AskSome):
    """A question for indicators and their figures."""

    indicator: str = Field("", description="Id of one indicator; left out: a list of all.")
    party: str = Field("", description=PARTY)
    year: str = Field("", pattern=r"^(\d{4})?$", description="The year of the figure.")
    place: str = Field("", description=PLACE)


class AskMeetings(AskSome):
    """A question for meetings."""

    body: str = Field("", description="The body that met, as it is printed.")
    place: str = Field("", description=PLACE)
    period: str = Field("", description="A year, month or day: the date begins with it.")
    words: str = Field("", description="Words of the body, the venue or the result.")


class AskInstruments(AskSomeOnDay):
    """A question for instruments, with the treaty status of parties."""

    instrument: str = Field("", description="Id of one instrument; left out: a list of all.")
    party: str = Field("", description=f"{PARTY} Its status with each instrument.")
    kind: str = Field("", description="Kind, such as treaty, agreement, fund, institution.")
    place: str = Field("", description=PLACE)


class AskReports(AskSome):
    """A question for what parties reported of themselves."""

    party: str = Field("", description=PARTY)
    place: str = Field("", description=PLACE)


class AskLife(AskSomeOnDay):
    """A question for where commitments are in their life."""

    place: str = Field("", description=PLACE)
    state: str = Field("", description="active, due_for_review, implemented, superseded, retired.")


class AskMatters(AskSomeOnDay):
    """A question for earlier decisions and what was heard of them."""

    meeting: str = Field("", description="Id of the meeting that they are for; decisions before it then.")
    section: str = Field("", description="Number of one section.")
    group: Literal["", "unreported", "open", "concluded"] = Field("", description="Where they stand.")
    words: str = Field("", description="Words of the decision, or of where it was taken.")
