"""How well declarations are catalogued: one table over every catalogue and every set of sentences made by hand.

``python bench/catalogue.py [--faults NAME]`` prints precision, recall, F1 at IoU 0.5, both ends within 12 characters,
kind, strength and instruments for each document, and the share of sentences that are right. ``--faults`` shows what
differs in one document or one set of sentences.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import catalogue_measure as measure  # noqa: E402
import sentence_measure as sentences  # noqa: E402
from accuracy_measure import documents, sets  # noqa: E402


def main() -> None:
    """Print the table, or the faults of one document or set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", metavar="NAME")
    parser.add_argument("--only", metavar="KIND", choices=("documents", "sentences"))
    wanted = parser.parse_args()
    if wanted.only != "sentences":
        _documents(wanted.faults)
    if wanted.only != "documents":
        _sentences(wanted.faults)


def _documents(faults: str | None) -> None:
    print(f"{'document':50} {'n':>4} {'prec':>5} {'rec':>5} {'F1':>5} {'ends':>5} {'kind':>5} {'str':>5} {'inst':>5}")
    groups: dict[str, list[tuple[int, list[float]]]] = {}
    for name, (words, truth) in documents().items():
        if faults is not None and not name.endswith(faults):
            continue
        found = measure.read_entries(words, "document.md" if name.startswith("o:2") else "document.txt")
        seen = measure.compare(truth, found)
        hit = len(seen.pairs)
        figures = [hit / max(1, len(found)), hit / len(truth)]
        figures += [seen.f1, seen.both_ends, seen.kind, seen.strength, seen.instruments]
        print(f"{name[:50]:50} {len(truth):4} " + " ".join(f"{figure:5.3f}" for figure in figures))
        groups.setdefault(name[0], []).append((len(truth), figures))
        if faults is not None:
            _differences(words, truth, found, seen)
    for group, rows in groups.items():
        total = sum(count for count, _ in rows)
        means = [sum(count * figures[at] for count, figures in rows) / total for at in range(7)]
        print(f"{'all ' + group:50} {total:4} " + " ".join(f"{figure:5.3f}" for figure in means))


def _differences(words: str, truth: list[measure.Entry], found: list[measure.Entry], seen: measure.Figures) -> None:
    left, right = {pair[0] for pair in seen.pairs}, {pair[1] for pair in seen.pairs}
    lines = [
        (entry.start, f"missed {entry.kind}: {words[entry.start : entry.end]!r}")
        for entry in truth
        if entry not in left
    ]
    lines += [
        (entry.start, f"extra {entry.kind}: {words[entry.start : entry.end]!r}")
        for entry in found
        if entry not in right
    ]
    for a, b in seen.pairs:
        if abs(a.start - b.start) > 12 or abs(a.end - b.end) > 12:
            lines.append((a.start, f"ends\n    want {words[a.start : a.end]!r}\n    got  {words[b.start : b.end]!r}"))
        if a.kind != b.kind or a.strength != b.strength:
            said = f"want {a.kind} {a.strength} got {b.kind} {b.strength}"
            lines.append((a.start, f"kind {said}: {words[a.start : a.end]!r}"))
        if a.instruments != b.instruments:
            lines.append((a.start, f"inst want {sorted(a.instruments)} got {sorted(b.instruments)}"))
    for at, line in sorted(lines):
        print(at, line)


def _sentences(faults: str | None) -> None:
    for name, chosen in sets().items():
        if faults is not None and name != faults:
            continue
        outcomes = [sentences.outcome(example) for example in chosen]
        groups: dict[str, list[bool]] = {}
        for outcome in outcomes:
            groups.setdefault(outcome.example.group, []).append(outcome.right)
        parts = " ".join(f"{group} {sum(rights)}/{len(rights)}" for group, rights in groups.items())
        right, placed = sum(one.right for one in outcomes), sum(one.placed for one in outcomes)
        print(
            f"{name}: {right} of {len(outcomes)} right ({right / len(outcomes):.1%}), {placed} with right ends: {parts}"
        )
        for outcome in outcomes if faults is not None else ():
            if not outcome.right:
                print(f"  {outcome.example.group}: {outcome.example.words}")
                print("    want", *(f"[{words}] {kind};" for kind, words in outcome.example.rows))
                print("    got ", *(f"[{words}] {kind};" for kind, words in outcome.found))


if __name__ == "__main__":
    main()
