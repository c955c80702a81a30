"""The four papers: the implementation matrix, the progress report, the matters arising and the party brief."""

from __future__ import annotations

from collections.abc import Callable

from followthrough.report.document import Paper
from followthrough.report.papers.brief import brief
from followthrough.report.papers.matrix import matrix
from followthrough.report.papers.matters import matters
from followthrough.report.papers.progress import progress, with_matrix
from followthrough.report.record import Register

MADE_BY: dict[str, Callable[[Register], Paper]] = {
    "report": with_matrix, "matrix": matrix, "progress": progress, "matters": matters, "brief": brief,
}  # fmt: skip
"""What makes each paper; ``report`` is the progress report with the implementation matrix behind it."""
