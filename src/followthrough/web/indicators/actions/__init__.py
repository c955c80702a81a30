"""What is done with indicators, each with its audit event; a file a noun."""
