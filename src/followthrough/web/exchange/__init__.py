"""Packs into the register and out of it: the import with its differences, the export, official texts."""
