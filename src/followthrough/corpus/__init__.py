"""A folder of documents in, one table out: all cores, resumable, a bad file named and never in the way."""
