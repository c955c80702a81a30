"""Meetings, projects and other activities, the funds that pay for them, and the states they pass through."""
