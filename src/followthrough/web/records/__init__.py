"""Records of an agreement entered in the browser: its parties, lineage, targets, meetings, instruments and money."""
