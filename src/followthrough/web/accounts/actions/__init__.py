"""What is done with accounts, a file a noun."""
