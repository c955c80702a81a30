"""What the library raises: one family of errors, each printing as one clear line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class FollowthroughError(Exception):
    """Base of every error that this library raises on purpose."""


class InputRefused(FollowthroughError):
    """A file or table that cannot be taken.

    ``file`` names the input, ``where`` a row, line or offset in it (or ``None`` for the whole), ``what`` says what is
    wrong and ``do`` what the person can do about it. ``str(error)`` is one line holding all four.
    """

    def __init__(self, file: str, what: str, do: str, where: str | None = None) -> None:
        self.file = file
        self.where = where
        self.what = what
        self.do = do
        place = f"{file}, {where}" if where else file
        super().__init__(" ".join(f"{place}: {what}; {do}".split()))

    def to_dict(self) -> dict[str, str | None]:
        """Return the JSON object of a list of problems."""
        return {"file": self.file, "where": self.where, "what": self.what, "do": self.do}


class ManyRefused(FollowthroughError):
    """An input of which several things are wrong: ``problems`` holds one ``InputRefused`` each, the text a line each.

    With ``most`` no more than so many are named, and the others counted.
    """

    def __init__(self, problems: Sequence[InputRefused], most: int | None = None) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(lines_of(self.problems, most)))


def lines_of(problems: Sequence[InputRefused], most: int | None = None) -> Iterator[str]:
    """Yield a line for each of the first ``most`` problems, and one that counts the others."""
    named = problems[:most]
    yield from map(str, named)
    if len(problems) > len(named):
        yield f"and {len(problems) - len(named)} problems more"
