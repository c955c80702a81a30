"""Documents, provisions, commitments, parties, instruments and sources: the register itself and its lists."""
