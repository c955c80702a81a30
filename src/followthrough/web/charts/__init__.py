"""Pictures: plain values in, coordinates out; templates draw them. Every picture stands on ``scales``."""
