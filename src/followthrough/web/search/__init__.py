"""The index over the register, and the answers to a search."""
