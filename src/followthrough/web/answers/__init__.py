"""Answers for machines that read: what a stranger may know of the register, each with source, quote, count and day."""
