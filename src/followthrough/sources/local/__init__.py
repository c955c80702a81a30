"""Data in local files: saved responses, tables of many series, and tables that somebody uploads."""
