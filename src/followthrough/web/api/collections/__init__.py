"""The collections that the API reads, a file for each part of the register."""

from followthrough.web.api.collections import activities, agreements, evidence, indicators, results

COLLECTIONS = (
    *agreements.COLLECTIONS,
    *activities.COLLECTIONS,
    *evidence.COLLECTIONS,
    *indicators.COLLECTIONS,
    *results.COLLECTIONS,
)
"""All of them, in the order in which the documentation has them."""
