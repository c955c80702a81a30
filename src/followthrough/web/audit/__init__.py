"""The record of who did what: an append-only chain of events, and how each is told in a sentence."""
