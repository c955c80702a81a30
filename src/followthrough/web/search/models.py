"""The index of everything that can be found, kept in the database beside the register it is made from."""

from __future__ import annotations

from django.db import models

KIND = 10**12
"""Ids of one kind of entry stand together: an id is the number of the kind times this, plus a place in line."""

SIZE, BLOCKS = 8_192, 16
"""Entries of a block of a kind, and its blocks, the last without an end: PostgreSQL looks words up block by block."""


class Entry(models.Model):
    """One thing that can be found; ``words`` are its folded words, each once, which the database indexes.

    ``document`` is the agreement under which it is shown, empty where it belongs to none; ``exact`` is its folded text
    where that holds letters beyond ASCII, whose parts are found anywhere in a word.
    """

    id = models.BigIntegerField(primary_key=True)
    group = models.PositiveSmallIntegerField()
    record = models.CharField(max_length=200)
    document = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    exact = models.TextField(blank=True)
    link = models.CharField(max_length=1200, blank=True)
    name = models.CharField(max_length=600)
    says = models.TextField(blank=True)
    about = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["group", "record"], name="search_entry_group_record"),
            models.Index(fields=["document"], name="search_entry_document"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.record}"


class Word(models.Model):
    """A word of the index: what a beginning stands for, and what a typing error was meant for.

    ``letters`` are those it has, one bit each; ``entries`` is how many were written with it. A word stays when the last
    entry that had it goes: what is offered is looked for first.
    """

    word = models.CharField(max_length=60, primary_key=True)
    size = models.PositiveSmallIntegerField(db_index=True)
    letters = models.IntegerField()
    entries = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class AlikeWords(models.Model):
    """A set of words that a search treats alike, where it differs from the packaged one with its key, or is another.

    ``words`` is written as ``followthrough.register.alike_words`` says; where it is empty, the set is not in use.
    ``before`` is what stood there before the last change.
    """

    id = models.CharField(max_length=60, primary_key=True)
    words = models.TextField(blank=True)
    before = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.id


class Upto(models.Model):
    """How far the index has followed the register: the last audit event that it knows. One row."""

    event = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.event)
