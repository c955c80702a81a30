"""What is done with saved views: each with its audit event in the same transaction."""
