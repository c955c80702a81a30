"""Template tags of the follow-up cycle."""
