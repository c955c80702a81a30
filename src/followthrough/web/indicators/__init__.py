"""Indicators, the figures that providers publish of them, targets, and their progress."""
