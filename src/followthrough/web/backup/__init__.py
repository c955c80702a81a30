"""Everything in one file, and an empty register filled from it."""
