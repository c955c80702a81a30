"""The follow-up cycle: parties report on what was agreed, the secretariat reviews it, and publishes it."""
