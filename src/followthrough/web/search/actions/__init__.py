"""Every change of what a search treats alike."""
