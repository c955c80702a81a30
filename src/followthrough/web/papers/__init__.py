"""The papers of an agreement: gathered from what its pages show, and handed out."""
