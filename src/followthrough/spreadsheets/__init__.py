"""Anybody's spreadsheet: what its sheets and columns are, a map of them, and the rows of a pack that they become.

``grid.read_grid`` -> ``understanding.understand`` -> ``mapping.Map`` -> ``rows.apply``. Nothing here knows a database:
what the register holds is handed in as a ``known.KnownRegister``.
"""
