"""The tracker that people use: Django, and the only place that imports it."""
