"""What is done with files: each with permission and an audit event in the same transaction."""
