"""An invented declaration of any length, for the benchmarks."""

from __future__ import annotations

SENTENCES = (
    "Mend the weirs of the lower river by 2030, and strengthen the Reed Network (RN) with a view to cleaner water.",
    "Calls upon all villages to share seed, to report floods and to keep their banks, noting that rain returns.",
    "We will promote and facilitate rowing, raise the banks through joint works, and consider a Marsh Accord.",
    "Reaffirm the need to count otters, to protect 30 per cent of the reeds, and to pursue quiet evenings.",
)


def declaration(paragraphs: int) -> str:
    """Return an invented declaration of so many numbered paragraphs."""
    body = "\n\n".join(f"{at + 1}. {SENTENCES[at % len(SENTENCES)]}" for at in range(paragraphs))
    return f"Declaration of the River Villages\n\nHereby agree to:\n\n{body}\n"
