"""Data repositories of Open SDG sites: read, checked as their own builder checks them, measured, and written."""
