"""Add, change and remove sets of words that a search treats alike, and put back what stood there before."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.register.alike_words import (
    ENGLISH,
    LONGEST,
    key_of_set,
    packaged_sets,
    read_set,
    write_set,
    wrong_in,
)
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.search.models import AlikeWords

KIND = "alikewords"
FIELD = "search_words.words"


def words_stamp(key: str) -> str:
    """Return the stamp of a set as it stands."""
    return edit_conflicts.stamp(key, _standing(key))


def add_set(written: str, *, by: Actor) -> str:
    """Add a set and return its key. Raises ``NotAllowed``; ``InvalidEntry`` for no set, or one that is there."""
    require(by, Permission.EDIT)
    key = key_of_set(_checked(written))
    with transaction.atomic():
        if _standing(key):
            said = _("“%(key)s” heads a set already: change that") % {"key": key}
            raise InvalidEntry({FIELD: said})
        _put(key, written, by)
    return key


def change_set(key: str, written: str, *, by: Actor, seen: str | None = None) -> None:
    """Change the words of a set. Raises ``NotAllowed``, ``InvalidEntry``, ``EditConflict``."""
    require(by, Permission.EDIT)
    _checked(written)
    with transaction.atomic():
        _compare(key, seen)
        _put(key, written, by)


def remove_set(key: str, *, by: Actor, seen: str | None = None) -> None:
    """Treat the words of a set alike no longer. Raises ``NotAllowed``, ``EditConflict``."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        _compare(key, seen)
        _put(key, "", by)


def undo_change(key: str, *, by: Actor, seen: str | None = None) -> None:
    """Put back what stood there before the last change of a set; doing it again puts that back.

    Raises ``NotAllowed``, ``EditConflict``; ``InvalidEntry`` for a set that nobody changed.
    """
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = AlikeWords.objects.select_for_update(no_key=True).filter(pk=key).first()
        if held is None:
            raise InvalidEntry({FIELD: _("nothing of it was changed")})
        _compare(key, seen)
        _put(key, held.before, by)


def _checked(written: str) -> dict[str, list[str]]:
    """Return the set that was written. Raises ``InvalidEntry`` with what is wrong in it."""
    said = ""
    words = read_set(written)
    if wrong := wrong_in(written):
        said = _("“%(part)s” names no language: write en: aviation, air services; ko: 항공") % {"part": wrong}
    elif not words.get(ENGLISH):
        said = _("write at least one English word: en: aviation")
    elif sum(map(len, words.values())) < 2:
        said = _("one word alone is like no other: write a second one")
    elif len(written) > LONGEST:
        said = _("write at most %(count)s letters") % {"count": LONGEST}
    if said:
        raise InvalidEntry({FIELD: said})
    return words


def _standing(key: str) -> str:
    """Return the words of a set as they are in use now, on one line; nothing where it is not in use."""
    held = AlikeWords.objects.filter(pk=key).values_list("words", flat=True).first()
    return write_set(packaged_sets().get(key, {})) if held is None else held


def _compare(key: str, seen: str | None) -> None:
    list(AlikeWords.objects.select_for_update(no_key=True).filter(pk=key))
    edit_conflicts.compare(seen, words_stamp(key), KIND, key, [("Words", _standing(key))])


def _put(key: str, written: str, by: Actor) -> None:
    """Write a set, and the event with what stood there."""
    before, words = _standing(key), write_set(read_set(written))
    held, new = AlikeWords.objects.update_or_create(pk=key, defaults={"words": words, "before": before})
    event = EventType.ALIKEWORDS_ADDED if new else EventType.ALIKEWORDS_CHANGED
    record(name_of(by), event, KIND, held.pk, {"changes": {"words": [before, words]}})
