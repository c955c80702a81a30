"""No agreement, party or place of a bundled pack stands in the code: the next agreement is another pack."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import followthrough
from followthrough.packs.bundled import bundled_packs
from support import text_of

SOURCE = Path(followthrough.__file__).parent
FURTHER = ("CLMV", "Busan", "Korea", "Laos", "Lao PDR", "Vietnam", "Burma", "AKCF")
"""Names of parties and places as people write them, beside those that stand in the tables."""
ADJECTIVES = ("Korean", "Cambodian", "Laotian", "Vietnamese", "Indonesian", "Malaysian", "Filipino", "Singaporean")
ALLOWED: dict[str, tuple[tuple[str, ...], str]] = {
    "tokens.py": (("Korean",), "the names of languages that are written without spaces"),
    "components.html": (("Korean", "Vietnamese"), "the names of languages, each with a line of its script"),
    "decode.py": (("Korean",), "the name of a language and of its encodings"),
    "tokens.css": (("Myanmar",), "the names of two typefaces"),
    "wording.py": (("Philippines",), "the states whose English names have an article"),
    "scales.toml": (("ASEAN",), "a published scale is called by the name of its publisher"),
    "mail_url.py": (("TLS",), "the name of a protocol"),
    "parties.py": (("ASEAN",), "the acronyms of organisations that speak in statements"),
}
"""Name of a file -> the words that may stand in it, and why."""
WORD_LISTS = ("*.csv", "register/*.toml")
"""Lists of words as data: names of states, organisations, instruments and speakers in general."""
GENERATED = (".pyc", ".mo", ".po", ".pot")


@cache
def words() -> re.Pattern[str]:
    """Return the names and ids that only a pack may hold: of its documents, parties and places."""
    found = {*FURTHER, *ADJECTIVES}
    for pack in bundled_packs():
        found |= {pack.folder.name}
        for table, columns in (("documents", ("id", "place")), ("parties", ("id", "name", "short_name"))):
            with (pack.folder / f"{table}.csv").open(encoding="utf-8-sig") as lines:
                found |= {row[column] for row in csv.DictReader(lines) for column in columns}
    longest_first = sorted(filter(None, found), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z])")


def sources() -> Iterator[Path]:
    """Yield every text file of the software except the packs and the word lists."""
    packs = [pack.folder for pack in bundled_packs()]
    for path in sorted(SOURCE.rglob("*")):
        is_data = any(pack in path.parents for pack in packs) or any(path.match(pattern) for pattern in WORD_LISTS)
        if path.is_file() and path.suffix not in GENERATED and not is_data:
            yield path


def named(text: str) -> set[str]:
    """Return the words of a pack in ``text``."""
    return set(words().findall(text))


def test_no_name_of_a_pack_stands_in_the_code() -> None:
    found = []
    for path in sources():
        file = path.relative_to(SOURCE).as_posix()
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if odd := named(line) - set(ALLOWED.get(path.name, ((), ""))[0]):
                found.append(f"{file}:{number}: {', '.join(sorted(odd))}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("file", ALLOWED)
def test_what_is_allowed_is_still_there(file: str) -> None:
    allowed, reason = ALLOWED[file]
    assert reason
    assert set().union(*(named(path.read_text(encoding="utf-8")) for path in SOURCE.rglob(file))) >= set(allowed)


@pytest.mark.parametrize(
    "line",
    [
        'TOGETHER = "ASEAN"',
        "the median of Cambodia, Laos, Myanmar and Viet Nam",
        'PACK = "asean_rok_2019"',
        "an id such as asean-rok-2019/4.3b",
        'if area == "KHM":',
        "adopted in Busan",
    ],
)
def test_a_name_of_a_pack_is_noticed(line: str) -> None:
    assert named(line)


def test_other_words_are_not_taken_for_names() -> None:
    assert not named("a rock, CHAOS, THAw, a plan of action for the Lake States, accord-2021/4.3a")
