"""What people do to agreements, each with its audit event; a file a noun."""
