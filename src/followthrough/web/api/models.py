"""Tokens by which programs act for a person, and what they were answered, so that nothing is written twice."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """A program acts for its person by this until ``until``, that day included, or until it is ``revoked``.

    ``digest`` is the SHA-256 of the secret, which is random and shown once; ``begins`` are its first letters, by which
    people tell their tokens apart. ``used`` is when it was used last, to the hour.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    begins = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    until = models.DateField()
    used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins}…)"


class Answered(models.Model):
    """What a token was answered to a write with this key; ``asked`` is the SHA-256 of the request."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answered")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key")]

    def __str__(self) -> str:
        return f"{self.key} of {self.token_id}"
