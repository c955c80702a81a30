"""Drafts: an uploaded text becomes a catalogue of commitments, is corrected, published or discarded."""
