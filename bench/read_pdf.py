"""How well PDF files are read whose words are known: five makers, one to three columns, five looks each.

Makes the files in a temporary folder (or in the folder that is given, which is kept), reads them, and prints for each
maker and number of columns: words kept, paragraphs invented and paragraphs that are there word for word.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from followthrough.read import pdf
from pdf_makers import MAKERS, ROWS
from pdf_texts import LOOKS, Look, Piece, look, text

COLUMNS = (1, 2, 3)
WIDE = " ".join(["The annex of wide works."] * 40)


@dataclass(slots=True)
class Score:
    """Sums over files: words and those kept, paragraphs and those whole, and paragraphs that hold no such words."""

    files: int = 0
    words: int = 0
    kept: int = 0
    paragraphs: int = 0
    whole: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)


def expected(pieces: Sequence[Piece], made: Look, able: frozenset[str]) -> list[str]:
    """Return the paragraphs that a reading of the file should have, in their order, footnotes last."""
    out = [piece.printed for piece in pieces]
    if made.has("table") and "table" in able:
        out += [" | ".join(row) for row in ROWS]
    if made.has("wide") and "wide" in able:
        out.append(WIDE)
    notes = [piece.note for piece in pieces if piece.note] if "notes" in able else []
    return out + [f"{at + 1} {note}" for at, note in enumerate(notes)]


def words_of(said: str) -> list[str]:
    """Return the words of ``said`` in small letters."""
    return re.findall(r"\w+", said.casefold())


def score(path: Path, should: Sequence[str], into: Score) -> None:
    """Read the file at ``path`` and add what is right in it to ``into``."""
    source = pdf.source(path.read_bytes(), path.name)
    read = [source.text[line.start : line.end] for line in source.lines if not line.blank]
    want, have = Counter(words_of(" ".join(should))), Counter(words_of(" ".join(read)))
    running = " ".join(words_of(" ".join(should)))
    left = Counter(read)
    into.files += 1
    into.words += want.total()
    into.kept += (want & have).total()
    for paragraph in should:
        into.paragraphs += 1
        if left[paragraph] > 0:
            left[paragraph] -= 1
            into.whole += 1
        else:
            into.wrong.append(f"{path.name}: not whole: {paragraph[:90]!r}")
    for paragraph in read:
        said = " ".join(words_of(paragraph))
        if f" {said} " not in f" {running} ":
            into.invented += 1
            into.wrong.append(f"{path.name}: invented: {paragraph[:90]!r}")


def main(folder: Path, detail: bool) -> None:
    """Make the files in ``folder``, read them and print the table."""
    folder.mkdir(exist_ok=True)
    scores: dict[tuple[str, int], Score] = defaultdict(Score)
    for name, (make, able) in MAKERS.items():
        orders = []
        for columns in COLUMNS:
            for at in range(len(LOOKS)):
                made = look(at, columns)
                pieces = text(1000 * columns + at, made.has("notes") and "notes" in able)
                orders.append((folder / f"{name}-{columns}-{at}.pdf", pieces, made))
        missing = [order for order in orders if not order[0].exists()]
        if missing:
            make(missing)
        for path, pieces, made in orders:
            score(path, expected(pieces, made, able), scores[name, made.columns])
    report(scores, detail)


def report(scores: dict[tuple[str, int], Score], detail: bool) -> None:
    """Print the table; ``detail`` adds each paragraph that is not right."""
    print(f"{'maker':<14}{'columns':>8}{'files':>7}{'words kept':>13}{'invented':>10}{'whole':>9}")
    for (name, columns), one in scores.items():
        row = f"{name:<14}{columns:>8}{one.files:>7}{one.kept / one.words:>13.4%}{one.invented:>10}"
        print(f"{row}{one.whole / one.paragraphs:>9.1%}")
    for columns in COLUMNS:
        several = [one for (_, count), one in scores.items() if count == columns]
        kept, words = sum(one.kept for one in several), sum(one.words for one in several)
        whole, all_of_them = sum(one.whole for one in several), sum(one.paragraphs for one in several)
        files, invented = sum(one.files for one in several), sum(one.invented for one in several)
        print(f"{'all':<14}{columns:>8}{files:>7}{kept / words:>13.4%}{invented:>10}{whole / all_of_them:>9.1%}")
    if detail:
        print(*(line for one in scores.values() for line in one.wrong), sep="\n")


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if each != "--detail"]
    if arguments:
        main(Path(arguments[0]), "--detail" in sys.argv)
    else:
        with tempfile.TemporaryDirectory() as made_here:
            main(Path(made_here), "--detail" in sys.argv)
