"""The published rules of rating, with worked arithmetic."""

from __future__ import annotations

from followthrough.assess.conversions import conversions
from followthrough.assess.scales import scales
from followthrough.model.rules import Rule


def _scales() -> str:
    """Describe the values and the percentage formula of every scale."""
    return " ".join(
        f"{one.id} ({one.title}): {', '.join(_value(value.word, value.number) for value in one.values)}; per cent: "
        f"{one.formula}."
        for one in scales().values()
    )


def _value(word: str, number: float | None) -> str:
    return word if number is None else f"{number:+g} {word}".replace("-", "−").replace("+0", "0")


def _conversions() -> str:
    """Describe what each conversion loses."""
    said = (f"{one.source.id} to {one.target.id}: {one.loses}" for one in conversions().values())
    return " ".join(["Only these are declared, and each loses something.", *said])


RULES = (
    Rule("Q1", 1, "ratings", "Scales", _scales(), "followthrough.assess.scales.scales"),
    Rule(
        "Q2",
        1,
        "ratings",
        "What is not rated",
        "A missing rating is left out of every mean and never zero, and beside each mean stands how many of how many "
        "were rated. Where some published tables count it as zero, both means are given: of −1, n/a, 0, n/a, 1, 1, 1 "
        "the mean is 2/5 = 0.40 with n/a left out, and 2/7 = 0.29 with n/a as zero.",
        "followthrough.assess.scoring.score",
    ),
    Rule(
        "Q3",
        1,
        "ratings",
        "Per cent",
        "One mean has several percentages: 0.814 is 81.4 by mean x 100 and 90.7 by (mean + 1)/2 x 100. The formula is "
        "printed with the figure. Eleven times +1 and four times 0 have the mean 11/15, and 87 per cent by the second.",
        "followthrough.assess.scales.Scale",
    ),
    Rule(
        "Q4",
        1,
        "ratings",
        "Agreement between coders",
        "Krippendorff's alpha: 1 less observed over expected disagreement, over all pairs of values within a unit; "
        "units with one value are left out. Nominal, ordinal (by mid-ranks) or interval, as the scale says. The "
        "interval is the middle 95 per cent of 1,000 draws of units with replacement, from a fixed seed.",
        "followthrough.assess.agreement.alpha",
    ),
    Rule("Q6", 1, "ratings", "Conversions", _conversions(), "followthrough.assess.conversions.convert"),
    Rule(
        "Q5",
        1,
        "ratings",
        "How a rating comes about",
        "What would count as kept, in part and not kept is written and frozen first. Two coders or more rate without "
        "seeing one another; every rating has a reason and, unless it says that there is no evidence, a claim. A "
        "third person, who rated none of it, settles what they disagree on. The party concerned may reply before "
        "publication. A later change carries its reason: new evidence, recalibration, correction or appeal upheld; "
        "the earlier value stays.",
        "followthrough.web.assessments.actions.adjudication.adjudicate",
    ),
)
