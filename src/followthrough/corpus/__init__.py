"""Batch processing of a folder into one table: parallel, resumable, and robust to files that cannot be read."""
