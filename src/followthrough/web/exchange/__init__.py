"""Packs into the register and out of it: the import, row by row, with its differences, and the export."""
