"""Observations -> progress, by named and versioned methods; each result with its inputs."""
