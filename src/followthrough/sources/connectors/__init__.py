"""Connectors: one module for each kind of provider, which requests a series and reads the responses."""
