"""Notices to people, each with its way to them, and which kinds somebody has switched off."""

from __future__ import annotations

from django.db import models

from followthrough.web.notices.kinds import SWITCHABLE, NoticeKind, Way


class Notice(models.Model):
    """One notice to one person: written in the transaction of what it tells, and sent by the sender at most once.

    ``key`` says what is told to whom: what was told under it is never told again. ``facts`` are what the letter says,
    as they were then; ``link`` is the path of the record, without the name of the site. ``email`` is set where the
    person has no account yet. ``claim`` is the mark of the sender that took it, from ``claimed`` on.
    """

    key = models.CharField(max_length=250, unique=True)
    kind = models.CharField(max_length=20, choices=[(one.value, one.label) for one in NoticeKind])
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="notices")
    email = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300)
    record = models.CharField(max_length=200)
    link = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    made = models.DateTimeField()
    way = models.CharField(max_length=20, default=Way.WAITING, choices=[(one.value, one.label) for one in Way])
    next_try = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=40, blank=True)
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["way", "next_try"], name="notice_by_way"),
            models.Index(fields=["user", "-id"], name="notice_by_person"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def address(self) -> str:
        """Where its letter goes: to the address that the account has now."""
        return self.user.email if self.user else self.email


class Webhook(models.Model):
    """An address of another program that is told what changed; its secret is derived, and kept in no table.

    ``upto`` is the last event that it took; ``pending`` the last of the delivery that is under way, so that a delivery
    that is tried again is the same. ``stopped`` is set by a person, or after three days in which nothing was taken.
    """

    url = models.CharField(max_length=500)
    made = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    salt = models.CharField(max_length=40)
    upto = models.BigIntegerField()
    pending = models.BigIntegerField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    failing = models.DateTimeField(null=True, blank=True)
    claimed = models.DateTimeField(null=True, blank=True)
    taken = models.DateTimeField(null=True, blank=True)
    stopped = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url


class Muted(models.Model):
    """A kind of notice that somebody does not want by mail; it still stands on their page."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="muted")
    kind = models.CharField(max_length=20, choices=[(one.value, one.label) for one in SWITCHABLE])

    class Meta:
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_switch_a_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} without {self.kind}"
