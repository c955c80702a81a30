"""An IATI file of any size into the register, portion by portion; one that was cut goes on where it stood."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from followthrough.sources.iati.reading import Accepted, Refused, read_activities
from followthrough.web.accounts.policy import Actor
from followthrough.web.exchange.actions.iati_files import (
    PORTION,
    IatiFile,
    Imported,
    Standing,
    import_portion,
    stands_at,
)
from followthrough.web.exchange.iati_known import KnownForIati, known_for_iati

_READ = 1 << 20


def iati_file(path: Path, url: str, today: str) -> IatiFile:
    """Return a file with its digest; ``url`` is where it was published, or empty."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while read := file.read(_READ):
            digest.update(read)
    return IatiFile(path.name, digest.hexdigest(), url, today)


def import_file(path: Path, file: IatiFile, *, by: Actor) -> Iterator[Imported]:
    """Bring the activities of a file into the register, and yield what each portion did.

    Where an activity names a whole that comes after it, the file is gone through a second time; that changes nothing
    else. Raises ``NotAllowed``, and ``InputRefused`` where it is no activity file.
    """
    stands, known = stands_at(file), known_for_iati(by)
    if not stands.again:
        for behind, made in _round(path, file, known, stands, by):
            stands = behind
            yield made
        stands = replace(stands, after=None, again=True) if stands.waiting else stands
    if stands.again:
        for _, made in _round(path, file, known, stands, by):
            yield replace(made, refused=[], told=[], unchanged={})


def _round(
    path: Path, file: IatiFile, known: KnownForIati, standing: Standing, by: Actor
) -> Iterator[tuple[Standing, Imported]]:
    for portion, last in _portions(read_activities(path, file.today, standing.after)):
        standing = replace(standing, after=portion[-1].after, done=last)
        made = import_portion(file, portion, known, standing, by=by)
        standing = replace(standing, waiting=standing.waiting + made.waiting)
        yield standing, made


def _portions(outcomes: Iterable[Accepted | Refused]) -> Iterator[tuple[list[Accepted | Refused], bool]]:
    """Yield so many outcomes at a time, and whether they are the last."""
    held: list[Accepted | Refused] = []
    for one in outcomes:
        if len(held) == PORTION:
            yield held, False
            held = []
        held.append(one)
    if held:
        yield held, True
