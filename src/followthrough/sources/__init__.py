"""Data providers as configuration, connectors that read their responses, and an archive of the raw responses."""
