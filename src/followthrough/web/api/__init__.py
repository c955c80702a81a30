"""The API for other systems: everybody reads what is published, and a token writes what its person may write."""
