"""Claims of sources: entering, correcting, checking and withdrawing them, and conflicts between them."""
