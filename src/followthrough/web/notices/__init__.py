"""Notices: the outbox of letters to people, its sender, and what is planned by the clock."""
